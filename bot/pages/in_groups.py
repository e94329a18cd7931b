"""Pages as a group sees them: short where nobody asked the bot, private where others read along."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.library.models import FixedKind, Guide, Kind, Medicine, SideEffect, Topic, Urgency
from bot.matching.meaning import Meaning
from bot.pages import links
from bot.pages.answers import choice
from bot.pages.cards import action, corrected
from bot.pages.fixed import fixed_page
from bot.pages.lists import label
from bot.pages.page import Button, Go, Outcome, Page, Place, Row, View
from bot.pages.replies import to_the_point
from bot.pages.text import bold, escape, italic, paragraphs
from bot.settings import Privately

URGENT = "u"  # on a button that hides: the answer to an emergency
MOST_OTHERS = 2
MOST_CHOICES = 3
NAME_LENGTH = 40
OFFERS = (Outcome.CHOICE, Outcome.GUESS)
ANSWERS = (Outcome.CARD, Outcome.FIXED, *OFFERS)
# The command of the menu to which a place belongs, by the first letter of the place.
COMMANDS = {
    "c": "condition",
    "e": "sideeffects",
    "f": "find",
    "g": "glossary",
    "k": "privacy",
    "m": "medicine",
    "q": "guide",
    "r": "report",
    "u": "urgent",
    "v": "visit",
    "w": "howitworks",
    "i": "about",
}
COMMAND_OF_KIND = {
    Kind.CONDITION: "condition",
    Kind.MEDICINE: "medicine",
    Kind.SIDE_EFFECT: "sideeffects",
    Kind.GUIDE: "guide",
    Kind.BASIC: "howitworks",
}


def fitted(view: View, page: Page, privately: Privately) -> Page:
    """``page`` as a message of its own in a group: what is private is left out, a fixed answer is
    short, and whoever asked can hide what has buttons."""
    if is_private(view, page, privately):
        page = _in_private(view, page)
    elif page.outcome is Outcome.FIXED:
        page = replace(page, rows=(_more(view, way_to(view, page)),))
    urgent = URGENT if page.outcome is Outcome.URGENT else ""
    if not page.rows or _is_for_admins(page):
        return page
    hide = Button(view.edition.phrases.in_groups.hide, Go(Place.HIDE, urgent))
    return replace(page, rows=(*page.rows, (hide,)))


def _is_for_admins(page: Page) -> bool:
    """Whether it is a menu of all admins, which has a button of its own to close it."""
    buttons = [button.to for row in page.rows for button in row]
    return any(isinstance(to, Go) and to.place is Place.SETTINGS for to in buttons)


def is_private(view: View, page: Page, privately: Privately) -> bool:
    """Whether a group with that setting gets one line only, and the rest is said in private."""
    if privately is Privately.NOTHING or page.outcome is Outcome.URGENT:
        return False
    if privately is Privately.EVERYTHING:
        return page.outcome in ANSWERS or page.about in view.edition.topics
    return any(topic.sensitive for topic in _shown(view, page))


def in_short(view: View, meaning: Meaning) -> Page:
    """The answer to what nobody asked the bot: a few lines about a certain topic, or a fixed
    answer."""
    topics = to_the_point(meaning.topics)
    if meaning.asks:
        return fixed_page(view, meaning.asks, topics)
    main = _main(topics)
    if main is not None:
        return short_card(view, main, topics)
    return choice(view, view.edition.phrases.talk.several, topics[:MOST_CHOICES])


def short_card(view: View, topic: Topic, named: Sequence[Topic] = ()) -> Page:
    """Title, summary and one line of disclaimer; the rest is in private. ``named``: what else the
    message was about."""
    text = [
        "\n".join([bold(topic.title), *corrected(view, topic)]),
        _emergency(view, topic),
        escape(topic.summary),
        italic(view.edition.phrases.in_groups.disclaimer),
    ]
    others = [other for other in named if other is not topic and not other.sensitive]
    rows = [_open(label(other), _card(view, other)) for other in others[:MOST_OTHERS]]
    more = _more(view, _card(view, topic))
    return Page(paragraphs(text), (more, *rows), topic.id, Outcome.CARD)


def _emergency(view: View, topic: Topic) -> str:
    if isinstance(topic, SideEffect) and topic.urgency is Urgency.EMERGENCY:
        return action(view, topic)
    return ""


def whose(view: View, go: Go, name: str) -> str:
    """For somebody who presses a button of another's menu; ``name`` is the other's, or ""."""
    phrases = view.edition.phrases.in_groups
    if not name:
        return phrases.somebodys.format(command=command_for(view, go))
    shown = name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"
    return phrases.whose.format(name=shown, command=command_for(view, go))


def command_for(view: View, go: Go) -> str:
    """The command that opens a menu like the one in which ``go`` stands."""
    topic = view.edition.topics.get(go.ref)
    if topic is not None and go.place in (Place.CARD, Place.SOURCES, Place.WRONG):
        return COMMAND_OF_KIND[topic.kind]
    return COMMANDS.get(go.place[0], "help")


def _in_private(view: View, page: Page) -> Page:
    """A line that names nothing, and the way to the answer."""
    line = escape(view.edition.phrases.in_groups.privately)
    return Page(line, (_more(view, way_to(view, page)),))


def way_to(view: View, page: Page) -> str:
    """The address of what ``page`` is about, in private; of several things, that of the menu."""
    return links.address(view, _parameter(view, page))


def _parameter(view: View, page: Page) -> str:
    topic = view.edition.topics.get(page.about)
    if topic is not None:
        return links.deep_link(topic)
    if page.outcome is Outcome.FIXED:
        guide = view.edition.fixed.answers[FixedKind(page.about)].guide
        named = [topic.id for topic in _offered(view, page) if topic.id != guide]
        return links.fixed_link(page.about, named[0] if named else "")
    return links.HOME


def _shown(view: View, page: Page) -> Iterator[Topic]:
    """The topics that ``page`` names in answer to something."""
    if page.about in view.edition.topics:
        yield view.edition.topics[page.about]
    if page.outcome in OFFERS:
        yield from _offered(view, page)


def _offered(view: View, page: Page) -> Iterator[Topic]:
    topics = view.edition.topics
    for button in (button for row in page.rows for button in row):
        if isinstance(button.to, Go) and button.to.ref in topics:
            yield topics[button.to.ref]


def _main(topics: Sequence[Topic]) -> Topic | None:
    """The one topic that a short card is about: a guide before a side effect, that before what
    has it; None where nothing stands out."""
    guides = [topic for topic in topics if isinstance(topic, Guide)]
    effects = [topic for topic in topics if isinstance(topic, SideEffect)]
    rest = [topic for topic in topics if not isinstance(topic, Guide | SideEffect)]
    if guides:
        return guides[0]
    if len(effects) == 1 and all(isinstance(topic, Medicine) for topic in rest):
        return effects[0]
    return topics[0] if len(topics) == 1 else None


def _card(view: View, topic: Topic) -> str:
    return links.address(view, links.deep_link(topic))


def _more(view: View, address: str) -> Row:
    return _open(view.edition.phrases.inline.open, address)


def _open(name: str, address: str) -> Row:
    return (Button(name, address),)
