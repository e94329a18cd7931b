"""Which messages are emergencies. Comes before everything else that a message may match."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Self

from bot.library.everyday import is_english
from bot.library.library import Edition, names_of
from bot.library.models import Medicine
from bot.library.models.urgent import MEDICINES, Flag, Level, Urgent
from bot.library.names import singular
from bot.matching.calming import Calmer, Reading
from bot.matching.normalise import Words, read
from bot.matching.signs import Lists, Place, Signs, pieces_of
from bot.matching.spelling import Corrector
from bot.matching.triggers import ANYTHING, Possible, Triggers

SHORTEST = 5  # letters of a word that is corrected: shorter ones have too many neighbours
LITTLE_ELSE = 3  # words beside those that count only in a message that says little else
MOST_MISSPELT = 25  # words of a message that are corrected; more are another language, or noise


class _Role(StrEnum):
    WORDS = "words"
    CERTAIN = "certain"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class UrgentMatch:
    """The red flag that a message raises, how urgent it is, and by which words."""

    flag_id: str
    level: Level
    words_that_meant_it: str


class UrgentMatcher:
    """Finds red flags. Built once, then only read: safe to share.

    ``medicines`` are names that ``<medicine>`` stands for, besides the list in the file;
    ``irregular`` the past forms of verbs.
    """

    def __init__(
        self,
        urgent: Urgent,
        medicines: Iterable[str] = (),
        irregular: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        named = (*urgent.lists.get(MEDICINES, ()), *medicines)
        lists = Lists({**urgent.lists, MEDICINES: named}, irregular)
        self._flags = urgent.flags
        signs = list(_signs(urgent.flags))
        self._signs: Signs[tuple[int, _Role]] = Signs(signs, lists)
        raising = list(_raising(urgent.flags))
        self._raising: Signs[int] = Signs(raising, lists)
        self._calmer = Calmer(urgent, lists)
        beside = map(read, (*urgent.calming.beside, *named))
        self._beside = frozenset(word for said in beside for word in said.words)
        self._misspelt = urgent.misspelt
        written = (*(sign for sign, _ in (*signs, *raising)), *_calming(urgent))
        pieces = pieces_of(written, lists)
        shown = (
            word for flag in urgent.flags for text in flag.matches for word in read(text).words
        )
        corrector = Corrector({*(piece.word for piece in pieces), *shown})
        self._beginnings = tuple(p.word for p in pieces if p.begins and len(p.word) >= SHORTEST)
        self._correct = corrector.correct
        self.put_right = lru_cache(maxsize=8192)(self._put_right)

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """The matcher of a language, which knows the names of its medicines."""
        return cls(edition.urgent, medicine_names(edition), edition.cues.irregular)

    def find(self, words: Words, possible: Possible = ANYTHING) -> UrgentMatch | None:
        """The flag that ``words`` raise: an emergency before an urgent one, then the file's order.

        Deterministic; nothing that stands elsewhere in the message takes an alarm away.
        ``possible``: the signs to look for, by the triggers.
        """
        words = self._corrected(words)
        found: dict[int, list[Place[tuple[int, _Role]]]] = {}
        for place in self._signs.find(words, possible):
            if self._counts(place, words):
                found.setdefault(place.meant[0], []).append(place)
        if not found:
            return None
        reading = self._calmer.read(words)
        best: UrgentMatch | None = None
        for rank in sorted(found):
            match = self._match(rank, found[rank], reading, words)
            if match and match.level is Level.EMERGENCY:
                return match
            best = best or match
        return best

    @property
    def triggers(self) -> Triggers:
        """Words some of which stand in any message that raises a flag, once it is put right."""
        return self._signs.triggers

    def _match(
        self,
        rank: int,
        places: list[Place[tuple[int, _Role]]],
        reading: Reading,
        words: Words,
    ) -> UrgentMatch | None:
        flag = self._flags[rank]
        for place in sorted(places, key=lambda place: (place.start, place.end)):
            certain = place.meant[1] is _Role.CERTAIN
            if not reading.calms(place, rank, certain=certain):
                raised = flag.raised is not None and self._is_raised(rank, reading, words)
                meant = words.raw(place.start, place.end)
                return UrgentMatch(flag.id, flag.level_of(raised=raised), meant)
        return None

    def _is_raised(self, rank: int, reading: Reading, words: Words) -> bool:
        """Whether something else in the message makes the flag more urgent."""
        return any(
            place.meant == rank and not reading.speaks_of_something_else(place)
            for place in self._raising.find(words)
        )

    def _counts(self, place: Place[tuple[int, _Role]], words: Words) -> bool:
        if place.meant[1] is not _Role.ALONE:
            return True
        rest = (*words.words[: place.start], *words.words[place.end :])
        return len(rest) <= LITTLE_ELSE and self._beside.issuperset(rest)

    def _corrected(self, words: Words) -> Words:
        """``words`` with those that are misspelt put right; their places stay the same."""
        end = self._end_of_corrections(words.words)
        right = (*map(self.put_right, words.words[:end]), *words.words[end:])
        if right == words.words:
            return words
        return replace(words, words=right, stems=tuple(map(singular, right)))

    def _end_of_corrections(self, words: Sequence[str]) -> int:
        """Where the words begin that are left as they are: all but of a long message are read."""
        if len(words) > MOST_MISSPELT:
            strange = [at for at, word in enumerate(words) if self._may_be_misspelt(word)]
            if len(strange) > MOST_MISSPELT:
                return strange[MOST_MISSPELT]
        return len(words)

    def _may_be_misspelt(self, word: str) -> bool:
        if word in self._misspelt:
            return True
        long = len(word) >= SHORTEST
        return long and not is_english(word) and not word.startswith(self._beginnings)

    def _put_right(self, word: str) -> str:
        """``word`` as it is read: a misspelling of what a flag speaks of is put right."""
        if not self._may_be_misspelt(word):
            return word
        return self._misspelt.get(word) or self._correct(word) or word


def medicine_names(edition: Edition) -> Iterator[str]:
    """The names of all immunomodulators, but for those that mean other things as well."""
    for medicine in edition.of_kind(Medicine):
        if medicine.immunomodulator:
            yield from set(names_of(medicine)) - set(medicine.ambiguous)


def _signs(flags: Iterable[Flag]) -> Iterator[tuple[str, tuple[int, _Role]]]:
    for rank, flag in enumerate(flags):
        for role, written in (
            (_Role.WORDS, flag.words),
            (_Role.CERTAIN, flag.certain),
            (_Role.ALONE, flag.alone),
        ):
            yield from ((sign, (rank, role)) for sign in written)


def _raising(flags: Iterable[Flag]) -> Iterator[tuple[str, int]]:
    for rank, flag in enumerate(flags):
        yield from ((sign, rank) for sign in (flag.raised.words if flag.raised else ()))


def _calming(urgent: Urgent) -> tuple[str, ...]:
    calming = urgent.calming
    return (*calming.past, *calming.general, *calming.figurative, *calming.now)
