"""Plain text -> Telegram's HTML, and the small forms that every page uses."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape as _escape
from html import unescape

from bot.library.phrases import Dates
from bot.pages.page import View

TAG = re.compile(r"<[^>]*>")


def escape(text: str) -> str:
    """``text`` with the three signs escaped that mean something in Telegram's HTML."""
    return _escape(text, quote=False)


def bold(text: str) -> str:
    """Escaped, in bold."""
    return f"<b>{escape(text)}</b>"


def italic(text: str) -> str:
    """Escaped, in italics."""
    return f"<i>{escape(text)}</i>"


def link(text: str, url: str) -> str:
    """Escaped, leading to ``url``."""
    return f'<a href="{_escape(url)}">{escape(text)}</a>'


def plain(html: str) -> str:
    """What a person sees of ``html``."""
    return unescape(TAG.sub("", html))


def paragraphs(parts: Iterable[str]) -> str:
    """The parts that are not empty, with a blank line between them."""
    return "\n\n".join(part for part in parts if part)


def bullets(lines: Iterable[str]) -> str:
    """One line each, with a bullet; the lines are plain text."""
    return "\n".join(f"• {escape(line)}" for line in lines)


def written(day: date, dates: Dates) -> str:
    """``day`` as people of this language write it."""
    return dates.date.format(day=day.day, month=dates.months[day.month - 1], year=day.year)


def emergency_numbers(view: View) -> str:
    """Those of the person's country, else those that work in most places: "112, 911 or 999".

    In a group with a country of its own both, since not everybody there lives in it.
    """
    helplines = view.edition.helplines
    own, others = helplines.emergency_in(view.country), one_of(view, helplines.emergency)
    if own is None:
        return others
    if view.private:
        return one_of(view, own.numbers)
    both = view.edition.phrases.numbers.own_first
    return both.format(own=one_of(view, own.numbers), others=others)


def one_of(view: View, numbers: Sequence[str]) -> str:
    """ "112, 911 or 999"; a single number as it is."""
    *first, last = numbers
    listed = view.edition.phrases.dates.list_or
    return listed.format(first=", ".join(first), last=last) if first else last
