"""``/find``: everything that fits some words, best first, eight a page."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.library.models import Topic
from bot.matching.normalise import read
from bot.pages import shelves
from bot.pages.lists import label, listing, way_back
from bot.pages.menus import ways_in
from bot.pages.page import Button, Go, Outcome, Page, Place, View
from bot.pages.text import escape

Find = Callable[[str], Sequence[Topic]]
JOINED = "+"
MOST_BYTES = 44  # of the words, so that the address fits into callback data


def address(words: str) -> Go:
    """The address of what is found for ``words``: they travel in it, and are kept nowhere."""
    packed = ""
    for word in read(words).words:
        longer = f"{packed}{JOINED}{word}" if packed else word
        if len(longer.encode()) > MOST_BYTES:
            break
        packed = longer
    return Go(Place.FOUND, packed)


def found(view: View, go: Go) -> Page:
    """One page of what fits, each with its kind.

    Raises:
        KeyError: the view cannot search, or there are no words.
    """
    words = go.ref.replace(JOINED, " ")
    if view.find is None or not words:
        raise KeyError(go.ref)
    topics = view.find(words)
    talk, kinds = view.edition.phrases.talk, view.edition.phrases.kinds
    if not topics:
        text = escape(talk.found_nothing.format(words=words))
        return Page(text, ways_in(view), outcome=Outcome.NOTHING)
    buttons = [
        Button(f"{label(topic)} ({kinds[topic.kind]})", shelves.card(topic)) for topic in topics
    ]
    page = listing(view, talk.found.format(words=words), buttons, go, None)
    return replace(page, about=topics[0].id)


def what(view: View) -> Page:
    """``/find`` without words."""
    return Page(escape(view.edition.phrases.talk.find_what), (way_back(view, None),))
