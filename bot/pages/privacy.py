"""``/privacy`` and ``/forget``: what is kept, and that it is gone."""

from bot.pages.lists import way_back
from bot.pages.menus import whom_to_tell
from bot.pages.page import Button, Go, Page, Place, View
from bot.pages.text import bold, escape, paragraphs


def privacy(view: View) -> Page:
    """``/privacy``: six lines; in private with a button that deletes what is kept of this chat."""
    phrases, labels = view.edition.phrases.privacy, view.edition.phrases.buttons
    lines = "\n".join(f"{number}. {escape(line)}" for number, line in enumerate(phrases.lines, 1))
    text = paragraphs([bold(phrases.title), lines, escape(whom_to_tell(view))])
    forget = (Button(labels.forget, Go(Place.FORGET)),)
    return Page(text, (*((forget,) if view.private else ()), way_back(view, None)))


def forgotten(view: View) -> Page:
    """What ``/forget`` has done."""
    return Page(escape(view.edition.phrases.privacy.forgotten), (way_back(view, None),))


def not_now(view: View) -> Page:
    """Something was to be kept or deleted, and the database is away."""
    return Page(escape(view.edition.phrases.privacy.not_now), (way_back(view, None),))
