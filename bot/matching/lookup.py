"""The name after a command -> the topics that bear it, or those whose names come close."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.library.library import Edition
from bot.library.models import Basic, Guide, Medicine, SideEffect, Term, Topic
from bot.library.names import key, spelling

MOST_CLOSE = 3
MOST_CLOSE_MEDICINES = 5  # so many look-alikes stand one letter apart
A_SLIP = 2  # letters: so far apart a misspelling and its name may be
CLOSE_ENOUGH = 75  # of 100, rapidfuzz's WRatio, for names that are only partly alike
Found = TypeVar("Found")


@dataclass(frozen=True)
class Lookup:
    """``exact``: the topics of that very name; ``close``: the likeliest, where none is exact."""

    exact: tuple[Topic, ...] = ()
    close: tuple[Topic, ...] = ()


def look_up(edition: Edition, name: str, kind: type[Topic] | None = None) -> Lookup:
    """Topics called ``name``, of ``kind`` if there is one, else of any kind."""
    bearers = edition.called(name) or edition.called(name.partition(" (")[0])
    exact = tuple(t for t in bearers if kind is None or isinstance(t, kind)) or bearers
    if exact:
        return Lookup(exact=_first_words(exact))
    names = {k: ts for k, ts in edition.names.items() if kind is None or isinstance(ts[0], kind)}
    medicines = kind is Medicine
    most = MOST_CLOSE_MEDICINES if medicines else MOST_CLOSE
    return Lookup(close=_close(spelling(name) if medicines else key(name), names, most))


def look_up_term(edition: Edition, word: str) -> tuple[Term | None, tuple[Term, ...]]:
    """The word of the glossary of that name, or at most three that come close."""
    exact = edition.terms_by_name.get(key(word))
    if exact:
        return exact, ()
    names = {name: (term,) for name, term in edition.terms_by_name.items()}
    return None, _close(key(word), names, MOST_CLOSE)


def guides_about(edition: Edition, name: str) -> tuple[Topic, ...]:
    """Where ``name`` is no guide's: the guides that lead to what it is the name of, and that."""
    called = edition.called(name)
    if any(isinstance(topic, Guide) for topic in called):
        return ()
    ids = {topic.id for topic in called}
    guides = tuple(guide for guide in edition.of_kind(Guide) if ids & set(guide.related))
    return (*guides[:MOST_CLOSE], *called) if guides else ()


def medicines_of_kind(edition: Edition, name: str) -> tuple[Medicine, ...]:
    """The medicines of a kind that people ask for by its name: "TNF blocker", "steroids".

    The kind is a family, a class, or the mechanism that they share; none where there is no such.
    """
    wanted = key(name)
    labels = edition.phrases.menus.families
    mechanisms = {topic.id for topic in edition.called(name) if isinstance(topic, Basic)}
    return tuple(
        medicine
        for medicine in edition.of_kind(Medicine)
        if wanted == key(labels[medicine.family])
        or wanted in _classes(medicine)
        or mechanisms & set(medicine.mechanisms)
    )


def _classes(medicine: Medicine) -> set[str]:
    """The keys of a class and of its parts: "Immunosuppressant (thiopurine)" is a thiopurine."""
    parts = re.split(r"[()/]", medicine.drug_class)
    return {key(part) for part in (medicine.drug_class, *parts)} - {""}


def _first_words(topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """Where two topics are one thing (``same_as``), only the one that the other points to."""
    ids = {topic.id for topic in topics}
    return tuple(
        topic for topic in topics if not (isinstance(topic, SideEffect) and topic.same_as in ids)
    )


def _close(name: str, names: Mapping[str, Iterable[Found]], most: int) -> tuple[Found, ...]:
    """Whose names are a slip of the finger away, nearest first; then whose are partly alike."""
    if not name:
        return ()
    slips = process.extract(
        name, names.keys(), scorer=OSA.distance, score_cutoff=min(A_SLIP, len(name) // 2), limit=20
    )
    alike = process.extract(
        name, names.keys(), scorer=fuzz.WRatio, score_cutoff=CLOSE_ENOUGH, limit=most
    )
    found: dict[int, Found] = {}
    for near, *_ in (*slips, *alike):
        for one in names[near]:
            found.setdefault(id(one), one)
    return tuple(found.values())[:most]
