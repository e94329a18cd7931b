"""The name after a command -> the topics that bear it, or those whose names come close."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz, process

from bot.library.library import Edition
from bot.library.models import SideEffect, Term, Topic
from bot.library.names import key

MOST_CLOSE = 3
CLOSE_ENOUGH = 60  # of 100, rapidfuzz's WRatio: "crones" and "crohns" have 67
Found = TypeVar("Found")


@dataclass(frozen=True)
class Lookup:
    """``exact``: the topics of that very name; ``close``: at most three, where none is exact."""

    exact: tuple[Topic, ...] = ()
    close: tuple[Topic, ...] = ()


def look_up(edition: Edition, name: str, kind: type[Topic] | None = None) -> Lookup:
    """Topics called ``name``, of ``kind`` if there is one, else of any kind."""
    bearers = edition.names.get(key(name), ())
    exact = tuple(t for t in bearers if kind is None or isinstance(t, kind)) or bearers
    if exact:
        return Lookup(exact=_first_words(exact))
    names = {k: ts for k, ts in edition.names.items() if kind is None or isinstance(ts[0], kind)}
    return Lookup(close=_close(key(name), names))


def look_up_term(edition: Edition, word: str) -> tuple[Term | None, tuple[Term, ...]]:
    """The word of the glossary of that name, or at most three that come close."""
    exact = edition.terms_by_name.get(key(word))
    if exact:
        return exact, ()
    return None, _close(key(word), {k: (term,) for k, term in edition.terms_by_name.items()})


def _first_words(topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """Where two topics are one thing (``same_as``), only the one that the other points to."""
    ids = {topic.id for topic in topics}
    return tuple(
        topic for topic in topics if not (isinstance(topic, SideEffect) and topic.same_as in ids)
    )


def _close(name: str, names: Mapping[str, Iterable[Found]]) -> tuple[Found, ...]:
    if not name:
        return ()
    ranked = process.extract(name, names.keys(), scorer=fuzz.WRatio, score_cutoff=CLOSE_ENOUGH)
    found: dict[int, Found] = {}
    for near, _, _ in ranked:
        for one in names[near]:
            found.setdefault(id(one), one)
    return tuple(found.values())[:MOST_CLOSE]
