"""Pages that were made lately: most people open the same few, and the same view of the same edition
always gives the same page. They are dropped with the edition.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from bot.library.models import Topic
from bot.pages.page import Page, View

MOST = 512  # pages; some two megabytes
Args = ParamSpec("Args")
Opener = Callable[Concatenate[View, Args], Page]


def kept(make: Opener[Args]) -> Opener[Args]:
    """``make``, which is asked only for what was not asked for lately. It must not search: what
    people type is kept nowhere."""

    @wraps(make)
    def page(view: View, /, *args: Args.args, **named: Args.kwargs) -> Page:
        key = (make, *map(_name, args), *named, *map(_name, named.values()), *_facts(view))
        pages = view.edition.beside
        found = pages.get(key)
        if found is None:
            found = pages[key] = make(view, *args, **named)
            if len(pages) > MOST:
                del pages[next(iter(pages))]
        return found

    return page


def _name(argument: object) -> object:
    """What tells an argument from others of its kind; a topic's fields need not be compared."""
    return argument.id if isinstance(argument, Topic) else argument


def _facts(view: View) -> tuple[object, ...]:
    """What a page may say of its view; its edition holds the pages, and searching is none."""
    return view.today, view.contact, view.version, view.country, view.private, view.language
