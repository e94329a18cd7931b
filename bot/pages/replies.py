"""What a message means -> the one page that answers it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.library.models import Basic, Guide, Medicine, SideEffect, Topic, Urgency
from bot.library.names import key
from bot.matching.meaning import Meaning
from bot.pages import answers, cards, listed, shelves
from bot.pages.atlas import open_page
from bot.pages.fixed import fixed_page
from bot.pages.lists import way_back
from bot.pages.menus import ways_in
from bot.pages.page import Go, Outcome, Page, Place, Row, View
from bot.pages.text import escape, italic, paragraphs
from bot.pages.unclear import unclear
from bot.pages.urgent import urgent_page

MOST_CHOICES = 5
NOT_TO_WAIT = (Urgency.EMERGENCY, Urgency.TODAY)  # what to do comes before what a leaflet lists


def reply(view: View, meaning: Meaning, text: str) -> Page:
    """One answer. What is urgent comes first, then what only a doctor can answer, then a card, a
    choice, a question back, or one honest line."""
    topics = to_the_point(meaning.topics)
    if meaning.urgent:
        return urgent_page(view, meaning.urgent, topics)
    if meaning.asks:
        return fixed_page(view, meaning.asks, topics)
    if topics:
        return _about(view, topics, text)
    if meaning.guessed:
        return did_you_mean(view, meaning.guessed[:MOST_CHOICES])
    if meaning.small_talk:
        return Page(escape(view.edition.phrases.talk.small[meaning.small_talk]), ways_in(view))
    return unclear(view, text)


def did_you_mean(view: View, topics: Sequence[Topic]) -> Page:
    """A question back, with the likeliest as buttons."""
    talk = view.edition.phrases.talk
    text = paragraphs([escape(talk.did_you_mean), italic(view.edition.phrases.disclaimer)])
    rows = ((answers.topic_button(topic),) for topic in topics)
    return Page(text, (*rows, way_back(view, None)), outcome=Outcome.GUESS)


def _about(view: View, topics: Sequence[Topic], text: str) -> Page:
    """The page about ``topics``: of several, the one that says what they have to do together."""
    guides = [topic for topic in topics if isinstance(topic, Guide)]
    medicines = [topic for topic in topics if isinstance(topic, Medicine)]
    effects = [topic for topic in topics if isinstance(topic, SideEffect)]
    if guides:
        rest = [topic for topic in topics if topic is not guides[0]]
        return _with_first(cards.card(view, guides[0]), rest)
    if effects and effects[0].urgency in NOT_TO_WAIT:
        return _with_first(cards.card(view, effects[0]), medicines)
    if len(medicines) == 1 and effects:
        rest = [topic for topic in topics if topic is not medicines[0]]
        return _with_first(_effects_of(view, medicines[0], effects[0]), rest)
    if len(topics) == 1:
        effects_of = medicines and key(view.edition.phrases.buttons.side_effects) in key(text)
        to = listed.effects_or_card if effects_of else shelves.card
        return open_page(view, to(topics[0]))
    several = view.edition.phrases.talk.several
    return answers.choice(view, several, topics[:MOST_CHOICES])


def _effects_of(view: View, medicine: Medicine, effect: SideEffect) -> Page:
    """What the medicine's sources list, opened where ``effect`` stands, or saying that it is not
    there, which does not mean that it cannot happen."""
    page = listed.page_of_effect(medicine, effect.id)
    go = Go(Place.LISTED_EFFECTS, medicine.id, page or 0)
    if page is not None:
        return listed.side_effects(view, go)
    return listed.side_effects(view, go, missing=effect)


def _with_first(page: Page, topics: Iterable[Topic]) -> Page:
    """``page`` with buttons for ``topics`` above its own."""
    there = {button.to for row in page.rows for button in row}
    buttons = (answers.topic_button(topic) for topic in topics)
    rows: tuple[Row, ...] = tuple((button,) for button in buttons if button.to not in there)
    return replace(page, rows=(*rows[:MOST_CHOICES], *page.rows))


def to_the_point(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Without the basics where people ask about something else, and without a second word for the
    same thing."""
    ids = {topic.id for topic in topics}
    firsts = [t for t in topics if not (isinstance(t, SideEffect) and t.same_as in ids)]
    asked = tuple(topic for topic in firsts if not isinstance(topic, Basic))
    return asked or tuple(firsts)
