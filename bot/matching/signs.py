"""Signs: word groups that must stand close, in order, or anywhere in the message.

``fever|temperature & humira|biologic*``   both anywhere in the message
``hives|rash + dizzy|faint``               near each other, in any order
``can't|cannot > breath*``                 in this order, few words between
``<cannot> > breath*``                     with a list of words that has a name
``bleed~ > for > 2..9 hours``              every form of a verb, every number of a range

``&`` parts first, then ``+``, then ``>``. What a group is, ``groups.py`` says.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Generic, TypeVar

from bot.library.models.urgent import LIST_NAME, SEPARATORS
from bot.matching.forms import spelled_out
from bot.matching.groups import Piece, alternative
from bot.matching.nearby import Group, GroupIndex, Span
from bot.matching.normalise import Words
from bot.matching.triggers import ANYTHING, Possible, Triggers

NEAR = 9  # words between the beginnings of two groups joined by "+", at most
SOON = 3  # words between two groups joined by ">", at most
Meant = TypeVar("Meant")

Chain = tuple[Group, ...]  # joined by ">"
Run = tuple[Span, ...]  # where the groups of a chain stand
Seen = Mapping[Group, Sequence[Span]]  # in the order of the message


@dataclass(frozen=True, slots=True)
class Place(Generic[Meant]):
    """Where a sign stands: what it means, each of its groups, and the places of its "&" parts."""

    meant: Meant
    spans: Run
    also: tuple[tuple[Run, ...], ...] = ()

    @property
    def start(self) -> int:
        """Its first word."""
        return min(self.spans)[0]

    @property
    def end(self) -> int:
        """The word after its last."""
        return max(self.spans, key=itemgetter(1))[1]


@dataclass(frozen=True, slots=True)
class _Sign(Generic[Meant]):
    """The chains that stand near each other; ``also``: those that stand somewhere else.

    Several things may be meant by the same words.
    """

    meant: tuple[Meant, ...]
    chains: tuple[Chain, ...]
    also: tuple[tuple[Chain, ...], ...]
    needed: frozenset[Group]

    def places(self, seen: Seen) -> Iterator[Place[Meant]]:
        """Every place where it stands; ``seen`` has all the groups that are needed."""
        also = tuple(tuple(_together(part, seen)) for part in self.also)
        if all(also):
            for spans in _together(self.chains, seen):
                yield from (Place(meant, spans, also) for meant in self.meant)


class Lists:
    """The lists of words that have a name, and how what is written with them is spelled out.

    A list may use those that stand before it; ``irregular`` are the past forms of verbs.
    """

    def __init__(
        self, lists: Mapping[str, Sequence[str]], irregular: Mapping[str, Sequence[str]]
    ) -> None:
        self._irregular = irregular
        self._whole: dict[str, str] = {}
        for name, items in lists.items():
            self._whole[name] = self.spelled_out("|".join(items))

    def spelled_out(self, written: str) -> str:
        """A group of words with each list, each form of a verb and each number of a range."""
        short = spelled_out(written, self._irregular)
        return "|".join(whole for part in short.split("|") for whole in self._each(part))

    def _each(self, alternative: str) -> Iterator[str]:
        """``alternative`` with the words of its lists: "in <month>" is "in january" and so on."""
        name = LIST_NAME.search(alternative)
        if name is None:
            yield alternative
        elif name[0] == alternative:
            yield self._whole[name[1]]
        else:
            for words in self._whole[name[1]].split("|"):
                yield from self._each(alternative.replace(name[0], words))


class Signs(Generic[Meant]):
    """Many signs, looked for in one pass. Built once; safe to share."""

    def __init__(self, signs: Iterable[tuple[str, Meant]], lists: Lists) -> None:
        self._index = GroupIndex()
        self._lists = lists
        meanings: dict[str, list[Meant]] = {}
        for written, meant in signs:
            meanings.setdefault(written, []).append(meant)
        parsed = [self._parsed(written, tuple(meant)) for written, meant in meanings.items()]
        uses: dict[Group, int] = {}
        for sign in parsed:
            for group in sign.needed:
                uses[group] = uses.get(group, 0) + 1
        # A sign is thought of where the group stands that it shares with the fewest others.
        self._by_group: dict[Group, list[_Sign[Meant]]] = {}
        for sign in parsed:
            rarest = min(sign.needed, key=lambda group: (uses[group], group))
            self._by_group.setdefault(rarest, []).append(sign)

    @cached_property
    def triggers(self) -> Triggers:
        """The words without which no sign stands."""
        signs = (sign for signs in self._by_group.values() for sign in signs)
        return Triggers(self._index, (sign.needed for sign in signs))

    def find(self, words: Words, possible: Possible = ANYTHING) -> Iterator[Place[Meant]]:
        """Every place where a sign stands, of those that are ``possible``, in no order."""
        wanted = None
        if possible.requirements is not None:
            wanted = self.triggers.groups(possible.requirements)
        seen = self._index.find(words, wanted, possible.places)
        for group in seen:
            for sign in self._by_group.get(group, ()):
                if sign.needed <= seen.keys():
                    yield from sign.places(seen)

    def _parsed(self, written: str, meant: tuple[Meant, ...]) -> _Sign[Meant]:
        parts = [
            tuple(self._chain(chain) for chain in part.split(" + "))
            for part in written.split(" & ")
        ]
        groups = frozenset(group for part in parts for chain in part for group in chain)
        return _Sign(meant, parts[0], tuple(parts[1:]), groups)

    def _chain(self, written: str) -> Chain:
        return tuple(self._group(group) for group in written.split(" > "))

    def _group(self, written: str) -> Group:
        return self._index.add(self._lists.spelled_out(written))[0]


def pieces_of(signs: Iterable[str], lists: Lists) -> set[Piece]:
    """Every word that stands in ``signs``, or in a list of which they make use."""
    parts = {part for written in signs for part in SEPARATORS.split(written)}
    wholes = map(lists.spelled_out, parts)
    each = {written for whole in wholes for written in whole.split("|")}
    return {piece for written in each for piece in alternative(written)}


def _together(chains: tuple[Chain, ...], seen: Seen) -> Iterator[Run]:
    """Each place where all ``chains`` stand near the first of them."""
    first, *others = (_runs(chain, seen) for chain in chains)
    for run in first:
        near = [_nearest(run, other) for other in others]
        if None not in near:
            yield sum(filter(None, near), run)


def _runs(chain: Chain, seen: Seen) -> list[Run]:
    """Where the groups of ``chain`` follow each other, in the order of the message."""
    runs: list[Run] = [(span,) for span in seen[chain[-1]]]
    for group in reversed(chain[:-1]):
        starts = [run[0][0] for run in runs]
        longer: list[Run] = []
        for span in seen[group]:
            at = bisect_left(starts, span[1])
            if at < len(runs) and starts[at] - span[1] <= SOON:
                longer.append((span, *runs[at]))
        runs = longer
    return runs


def _nearest(run: Run, others: Sequence[Run]) -> Run | None:
    """The one of ``others`` that is nearest to ``run``, if it is near and stands apart."""
    at = bisect_left(others, run)
    near = [
        other
        for other in others[max(0, at - 1) : at + 2]
        if abs(other[0][0] - run[0][0]) <= NEAR and not _overlap(run, other)
    ]
    return min(near, key=lambda other: abs(other[0][0] - run[0][0]), default=None)


def _overlap(one: Run, other: Run) -> bool:
    return one[0][0] < other[-1][1] and other[0][0] < one[-1][1]
