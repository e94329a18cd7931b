"""Lists of buttons, eight to a page, and the row that leads back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.library.models import Topic
from bot.pages.page import Button, Go, Page, Place, Row, View
from bot.pages.text import escape, paragraphs

PER_PAGE = 8
LABEL_LENGTH = 40  # more than a phone shows in one row
HALF_LENGTH = 22  # what a phone shows in half a row, or nearly

Item = TypeVar("Item")


def listing(view: View, text: str, buttons: Sequence[Button], go: Go, back: Go | None) -> Page:
    """A page of a list: ``text`` (plain), at most eight ``buttons``, and the ways on and back."""
    part = part_of(buttons, go.page)
    shown = paragraphs([escape(text), counted(view, part)])
    rows = (*((button,) for button in part.items), *turns(view, go, part), way_back(view, back))
    return Page(shown, rows)


@dataclass(frozen=True)
class Part(Generic[Item]):
    """One page's worth of a longer list; ``number`` counts from 0."""

    items: tuple[Item, ...]
    number: int
    pages: int


def part_of(items: Sequence[Item], page: int, size: int = PER_PAGE) -> Part[Item]:
    """Page ``page`` (from 0) of ``items``; beyond the end, as in an old message, the last page."""
    pages = max(1, -(-len(items) // size))
    number = min(max(page, 0), pages - 1)
    return Part(tuple(items[number * size : (number + 1) * size]), number, pages)


def counted(view: View, part: Part[Item]) -> str:
    """ "Page 2 / 3", or nothing where there is only one."""
    if part.pages == 1:
        return ""
    line = view.edition.phrases.menus.page
    return escape(line.format(page=part.number + 1, pages=part.pages))


def turns(view: View, go: Go, part: Part[Item]) -> tuple[Row, ...]:
    """The row that leads to the page before and the page after."""
    labels = view.edition.phrases.buttons
    row: list[Button] = []
    if part.number > 0:
        row.append(Button(labels.previous, replace(go, page=part.number - 1)))
    if part.number < part.pages - 1:
        row.append(Button(labels.next, replace(go, page=part.number + 1)))
    return (tuple(row),) if row else ()


def page_of(position: int) -> int:
    """The page (from 0) on which the entry at ``position`` (from 0) stands."""
    return position // PER_PAGE


def way_back(view: View, back: Go | None) -> Row:
    """Back and Home; Home alone where both would lead there."""
    labels = view.edition.phrases.buttons
    home = Button(labels.home, Go(Place.HOME))
    return (home,) if back in (None, home.to) else (Button(labels.back, back), home)


def label(topic: Topic) -> str:
    """The title, without its brackets where it would not fit a button."""
    return topic.title if len(topic.title) <= LABEL_LENGTH else topic.title.partition(" (")[0]


def pairs(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Two buttons a row, and a row for each whose label would be cut there."""
    rows: list[Row] = []
    for button in buttons:
        beside = rows[-1] if rows and len(rows[-1]) == 1 else ()
        if beside and all(len(one.label) <= HALF_LENGTH for one in (*beside, button)):
            rows[-1] = (*beside, button)
        else:
            rows.append((button,))
    return tuple(rows)
