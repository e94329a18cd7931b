"""The name after a command -> the topics that bear it, or those whose names come close."""

import re
from collections.abc import Iterable, Iterator, Mapping
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


def look_up(edition: Edition, name: str, *kinds: type[Topic]) -> Lookup:
    """Topics called ``name``, of ``kinds`` if there are any, else of any kind. What comes close is
    of these kinds; what is only partly alike, of the first."""
    bearers = edition.called(name) or edition.called(name.partition(" (")[0])
    exact = tuple(t for t in bearers if isinstance(t, kinds)) or bearers
    if exact:
        return Lookup(exact=_first_words(exact))
    named = [(_written(kind, name), _names(edition, kind)) for kind in kinds or (None,)]
    slips = [topic for written, names in named for topic in _slips(written, names)]
    most = MOST_CLOSE_MEDICINES if Medicine in kinds else MOST_CLOSE
    return Lookup(close=_first([*slips, *_alike(*named[0], most)], most))


def _written(kind: type[Topic] | None, name: str) -> str:
    return spelling(name) if kind is Medicine else key(name)


def _names(edition: Edition, kind: type[Topic] | None) -> Mapping[str, tuple[Topic, ...]]:
    """The names of the topics of ``kind``, or of all."""
    if kind is None:
        return edition.names
    return {name: topics for name, topics in edition.names.items() if isinstance(topics[0], kind)}


def look_up_term(edition: Edition, word: str) -> tuple[Term | None, tuple[Term, ...]]:
    """The word of the glossary of that name, or at most three that come close."""
    exact = edition.terms_by_name.get(key(word))
    if exact:
        return exact, ()
    names = {name: (term,) for name, term in edition.terms_by_name.items()}
    written = key(word)
    close = [*_slips(written, names), *_alike(written, names, MOST_CLOSE)]
    return None, _first(close, MOST_CLOSE)


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

    The kind is a family or a class, else the mechanism that they share; none where there is
    no such.
    """
    wanted = key(name)
    labels = edition.phrases.menus.families
    medicines = edition.of_kind(Medicine)
    of_class = tuple(m for m in medicines if wanted in {key(labels[m.family]), *_classes(m)})
    mechanisms = {topic.id for topic in edition.called(name) if isinstance(topic, Basic)}
    return of_class or tuple(m for m in medicines if mechanisms & set(m.mechanisms))


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


def _slips(name: str, names: Mapping[str, Iterable[Found]]) -> Iterator[Found]:
    """Whose names are a slip of the finger away, nearest first."""
    nearest = min(A_SLIP, len(name) // 2)
    near = process.extract(name, names.keys(), scorer=OSA.distance, score_cutoff=nearest, limit=20)
    return (found for slip in near for found in names[slip[0]])


def _alike(name: str, names: Mapping[str, Iterable[Found]], most: int) -> Iterator[Found]:
    """Whose names are partly alike."""
    near = process.extract(
        name, names.keys(), scorer=fuzz.WRatio, score_cutoff=CLOSE_ENOUGH, limit=most
    )
    return (found for part in near for found in names[part[0]])


def _first(found: Iterable[Found], most: int) -> tuple[Found, ...]:
    """The first ``most`` of them, each once."""
    return tuple({id(one): one for one in found}.values())[:most]
