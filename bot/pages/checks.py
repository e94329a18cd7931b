"""What can only be checked on the finished page: that a card fits a phone screen."""

from collections.abc import Iterator
from datetime import date

from bot.library import Edition, Library, Problem
from bot.library.models import FOLDERS
from bot.pages.cards import card
from bot.pages.page import View
from bot.pages.text import plain

SCREEN = 1200  # visible characters: what a phone shows without much scrolling


def page_problems(library: Library) -> list[Problem]:
    """Cards over ``SCREEN`` visible characters, disclaimer and date included."""
    return [problem for edition in library.editions.values() for problem in _too_long(edition)]


def _too_long(edition: Edition) -> Iterator[Problem]:
    view = View(edition=edition, today=date.max)  # date.max: with the longer line, "check is due"
    for topic in edition.topics.values():
        length = len(plain(card(view, topic).text))
        if length > SCREEN:
            folder = next(name for name, model in FOLDERS.items() if isinstance(topic, model))
            path = f"{edition.language}/{folder}/{topic.id}.yaml"
            yield Problem(path, 1, f"the card has {length} characters, at most {SCREEN} fit")
