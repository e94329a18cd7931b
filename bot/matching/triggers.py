"""The words without which nothing can be meant.

Most of what people chat about holds none of them, and is read no further. A sign stands only where
all its groups do. So of each sign the two groups are chosen that people use least: a text that
speaks for only one of the two does not have the sign. Which are chosen decides how fast a message
is read, never what it means.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Protocol

from bot.library.everyday import rank
from bot.matching.groups import Alternative, Piece, alternative
from bot.matching.nearby import Group, GroupIndex
from bot.matching.normalise import DIGITS

OFTEN = 150  # the rank that a number is given: people write many
BEGINNING = 0.002  # the share of all words that a beginning such as "inject*" is given
IN_A_ROW = 10.0  # so many times likelier than by chance two words of a phrase follow each other

Form = tuple[str, str]  # a word and its stem


@dataclass(frozen=True, slots=True)
class Hints:
    """Which requirements something speaks for, as bits: by their first group, by their second, by
    any that they have."""

    first: int = 0
    second: int = 0
    some: int = 0

    def __or__(self, other: "Hints") -> "Hints":
        return Hints(self.first | other.first, self.second | other.second, self.some | other.some)


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Possible:
    """What a text may hold of a layer: which requirements, as bits, and at which words their groups
    may begin. ``None`` stands for all there are."""

    requirements: int | None = None
    places: Sequence[int] | None = None

    def __bool__(self) -> bool:
        return self.requirements != 0


ANYTHING = Possible()
NOTHING = Possible(0)


class Layer(Protocol):
    """What a glance knows of a layer of the matching.

    A text without a first and a second hint at the same of its ``size`` requirements is none of its
    business; ``always`` holds for every text.
    """

    size: int
    always: Hints

    def hints(self, form: Form) -> Hints:
        """What a word hints at by itself."""

    def begins(self, form: Form) -> bool:
        """Whether a word may hint at more with the word after it."""

    def hints_together(self, form: Form, after: Form) -> Hints:
        """What two words in a row hint at."""


class Triggers:
    """The layer of an index of groups: each of ``needed`` is groups that must all stand."""

    def __init__(self, index: GroupIndex, needed: Iterable[Iterable[Group]]) -> None:
        self._index = index
        self._needed = tuple(map(frozenset, needed))
        self._bits: dict[Group, Hints] = {}
        common = _commonnesses(index.written)
        self.size = len(self._needed)
        alone = 0
        for number, groups in enumerate(self._needed):
            bit = 1 << number
            first, *others = sorted(groups, key=common.__getitem__)
            self._note(first, Hints(bit, 0, bit))
            for second in others[:1]:
                self._note(second, Hints(0, bit, bit))
            for group in others[1:]:
                self._note(group, Hints(0, 0, bit))
            alone |= 0 if others else bit
        self.always = Hints(0, alone)

    def groups(self, requirements: int) -> Set[Group]:
        """The groups of the requirements whose bits are set."""
        found: set[Group] = set()
        while requirements:
            lowest = requirements & -requirements
            found |= self._needed[lowest.bit_length() - 1]
            requirements ^= lowest
        return found

    def hints(self, form: Form) -> Hints:
        return self._of(group for step in self._index.first(*form) for group in step.groups)

    def begins(self, form: Form) -> bool:
        return any(step.words or step.beginnings for step in self._index.first(*form))

    def hints_together(self, form: Form, after: Form) -> Hints:
        steps = self._index.first(*form)
        return self._of(
            group for step in steps for then in step.after(*after) for group in then.all_groups()
        )

    def _note(self, group: Group, hints: Hints) -> None:
        self._bits[group] = self._bits.get(group, NO_HINTS) | hints

    def _of(self, groups: Iterator[Group]) -> Hints:
        return reduce(or_, (self._bits.get(group, NO_HINTS) for group in groups), NO_HINTS)


def _commonnesses(groups: Iterable[str]) -> list[float]:
    """Of each group about what share of all words begins with what it has."""
    known: dict[str, float] = {}  # lists of words stand in many groups
    found = []
    for group in groups:
        parts = group.split("|")
        for part in parts:
            if part not in known:
                known[part] = _commonness(alternative(part))
        found.append(sum(map(known.__getitem__, parts)))
    return found


def _commonness(one: Alternative) -> float:
    first, *rest = one
    return _share(first) * (_share(rest[0]) * IN_A_ROW if rest else 1)


def _share(piece: Piece) -> float:
    """About what share of all words a piece stands for: Zipf's law, and a guess for beginnings."""
    if piece.begins:
        return BEGINNING / len(piece.word)
    if piece.word[0] in DIGITS:
        return 1 / OFTEN
    return 1 / (rank(piece.word) + 10)
