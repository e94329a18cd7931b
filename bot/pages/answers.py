"""What the bot says when a text is no topic's name, or the name of several."""

from collections.abc import Callable, Iterable, Sequence

from bot.library.models import Medicine, Term, Topic
from bot.pages import shelves
from bot.pages.glossary import address
from bot.pages.lists import label, way_back
from bot.pages.menus import ways_in
from bot.pages.page import Button, Go, Outcome, Page, Row, View
from bot.pages.text import escape, italic, paragraphs

Address = Callable[[Topic], Go]  # what a topic opens
NAME_LENGTH = 40  # so much of what somebody typed is said back


def unknown(view: View, name: str, close: Sequence[Button], menu: Sequence[Row]) -> Page:
    """ "I don't have …", with close names as buttons, and the menu."""
    talk = view.edition.phrases.talk
    parts = [
        escape(talk.unknown.format(name=shortened(name))),
        escape(talk.did_you_mean) if close else "",
        italic(view.edition.phrases.disclaimer),
    ]
    rows = (*((button,) for button in close), *menu)
    return Page(paragraphs(parts), rows, outcome=Outcome.GUESS if close else Outcome.NOTHING)


def which(view: View, name: str, topics: Iterable[Topic], to: Address = shelves.card) -> Page:
    """A name that several topics share: all of them, as buttons."""
    text = view.edition.phrases.talk.which.format(name=shortened(name))
    return choice(view, text, topics, to)


def of_kind(view: View, name: str, medicines: Iterable[Medicine]) -> Page:
    """The medicines of a kind that somebody asked for by its name."""
    text = view.edition.phrases.talk.of_kind.format(name=shortened(name))
    return choice(view, text, medicines)


def choice(view: View, text: str, topics: Iterable[Topic], to: Address = shelves.card) -> Page:
    """``text`` (plain), and each of ``topics`` as a button."""
    rows = ((topic_button(topic, to),) for topic in topics)
    return Page(escape(text), (*rows, way_back(view, None)), outcome=Outcome.CHOICE)


def text_only(view: View) -> Page:
    """For photos, voices, stickers and places."""
    return Page(escape(view.edition.phrases.talk.text_only), ways_in(view))


def topic_button(topic: Topic, to: Address = shelves.card) -> Button:
    """A button that opens a topic's card, or what else ``to`` says."""
    name = shelves.with_brand(topic) if isinstance(topic, Medicine) else label(topic)
    return Button(name, to(topic))


def term_button(term: Term) -> Button:
    """A button that opens a word of the glossary."""
    return Button(term.term, address(term))


def shortened(name: str) -> str:
    """``name`` on one line, cut where it is long."""
    line = " ".join(name.split())
    return line if len(line) <= NAME_LENGTH else line[: NAME_LENGTH - 1] + "…"
