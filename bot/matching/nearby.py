"""Where groups of words stand in a message, found in one pass, and which of them stand together."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property, lru_cache
from itertools import pairwise

from bot.matching.groups import Piece, alternatives
from bot.matching.normalise import DIGITS, NUMBER, Words, unit_of
from bot.matching.spelling import Corrector

NEAR = 7  # words from one group to the next, at most
ENDS = re.compile(r"[.!…;](?=[\s\"')]|$)|[?\n]")  # of a sentence; "2.5" has none
SHORT_QUESTION = 3  # words
SHORTEST_MISSPELT = 5  # letters
MOST_PLACES = 20  # of one group: whoever says a thing more often is not asking

Group = int  # the number of a group of words
Span = tuple[int, int]  # the first word, and the one after the last
Seen = dict[Group, list[Span]]  # in the order of the message
NONE: "dict[str, Step]" = {}  # what follows most steps: thousands of empty ones take memory


class Step:
    """Words that have been read of an alternative: which groups end here, and what may follow."""

    __slots__ = ("beginnings", "groups", "words")

    def __init__(self) -> None:
        self.groups: tuple[Group, ...] = ()
        self.words: dict[str, Step] = NONE
        self.beginnings: dict[str, Step] = NONE

    def followed_by(self, piece: Piece) -> "Step":
        """The step after ``piece``, made where there is none yet."""
        where = "beginnings" if piece.begins else "words"
        steps: dict[str, Step] = getattr(self, where)
        if steps is NONE:
            steps = {}
            setattr(self, where, steps)
        step = steps.get(piece.word)
        if step is None:
            step = steps[piece.word] = Step()
        return step

    def after(self, word: str, stem: str) -> "list[Step]":
        """The steps that ``word`` leads to; "40mg" is a number and a unit."""
        found = []
        if word in self.words:
            found.append(self.words[word])
        if stem != word and stem in self.words:
            found.append(self.words[stem])
        if word[0] in DIGITS:
            forms = (NUMBER, unit_of(word))
            found += [self.words[form] for form in forms if form in self.words]
        if self.beginnings:
            begun = (self.beginnings.get(word[:end]) for end in range(1, len(word) + 1))
            found += filter(None, begun)
        return found

    def all_groups(self) -> Iterator[Group]:
        """The groups that end here, or further on."""
        yield from self.groups
        for step in (*self.words.values(), *self.beginnings.values()):
            yield from step.all_groups()


class GroupIndex:
    """Groups of words, all of whose alternatives are looked for at once."""

    def __init__(self) -> None:
        self._numbers: dict[str, Group] = {}
        self._start = Step()
        self.first = lru_cache(maxsize=16_384)(self._first_steps)
        self._begun = lru_cache(maxsize=4096)(self._groups_begun)

    def add(self, written: str) -> tuple[Group, ...]:
        """The numbers of the groups of ``written``, such as ``hair + fall*|coming out``.

        Beyond what ``alternatives`` reads, ``#`` stands for any number.
        """
        return tuple(map(self._add, written.split(" + ")))

    @property
    def written(self) -> tuple[str, ...]:
        """Each group as it was written, by its number."""
        return tuple(self._numbers)

    def find(
        self,
        words: Words,
        wanted: Set[Group] | None = None,
        places: Iterable[int] | None = None,
    ) -> Seen:
        """Every group that stands in ``words``, and where; or only those ``wanted``, that begin at
        one of ``places``."""
        seen: Seen = {}
        if places is None:
            places = self._places(words, wanted)
        for at in places:
            for step in self.first(words.words[at], words.stems[at]):
                _read_on(step, words, at, at + 1, seen, wanted)
        return seen

    def _corrected(self, word: str) -> str | None:
        return self._corrector.correct(word) if len(word) >= SHORTEST_MISSPELT else None

    @cached_property
    def _corrector(self) -> Corrector:
        return Corrector(word for word in self._start.words if len(word) >= SHORTEST_MISSPELT)

    def _first_steps(self, word: str, stem: str) -> list[Step]:
        """The steps that ``word`` leads to as the first of a group, misspelt as it may be."""
        found = self._start.after(word, stem)
        if found:
            return found
        meant = self._corrected(word)
        return self._start.after(meant, meant) if meant else []

    def _places(self, words: Words, wanted: Set[Group] | None) -> Iterable[int]:
        """Where any group may begin, or one that is wanted."""
        if wanted is None:
            return range(len(words.words))
        begun = map(self._begun, words.words, words.stems)
        return [at for at, groups in enumerate(begun) if not wanted.isdisjoint(groups)]

    def _groups_begun(self, word: str, stem: str) -> frozenset[Group]:
        """The groups that may begin with a word."""
        steps = self.first(word, stem)
        return frozenset(group for step in steps for group in step.all_groups())

    def _add(self, written: str) -> Group:
        written = written.replace("#", NUMBER)
        known = len(self._numbers)
        number = self._numbers.setdefault(written, known)
        if number == known:
            for alternative in alternatives(written):
                step = self._start
                for piece in alternative:
                    step = step.followed_by(piece)
                if step.groups[-1:] != (number,):  # "day|days"
                    step.groups += (number,)
        return number


class Message:
    """One message: where its groups stand, and which of them stand together in a sentence."""

    def __init__(self, words: Words, seen: Seen) -> None:
        self.words = words
        self._seen = seen
        starts = [start for start, _ in words.spans]
        ends = list(_ends(words.text, starts))
        self._sentence = [bisect_left(ends, (start, False)) for start in starts]
        self._questions = {number for number, (_, asks) in enumerate(ends) if asks}

    def places(self, groups: Sequence[Group]) -> Iterator[Span]:
        """Each place where all ``groups`` stand near the first of them, as one span."""
        if all(group in self._seen for group in groups):
            for place in self._seen[groups[0]]:
                others = [self.beside(place, self._seen[group]) for group in groups[1:]]
                if None not in others:
                    yield joined(place, *filter(None, others))

    def all_places(self, rules: Iterable[Sequence[Group]]) -> list[Span]:
        """Each place where the groups of any of ``rules`` stand, in order."""
        return sorted(place for groups in rules for place in self.places(groups))

    def beside(self, place: Span, others: Sequence[Span]) -> Span | None:
        """The nearest of ``others`` (sorted) that is near ``place`` and in its sentence."""
        at = bisect_left(others, place)
        near = [
            other
            for other in others[max(0, at - 1) : at + 1]
            if _gap(place, other) <= NEAR and self._in_one_sentence(place, other)
        ]
        return min(near, key=lambda other: _gap(place, other), default=None)

    def asked(self, place: Span, asking: Group, opening: Group) -> Span | None:
        """``place`` with what makes a question of it: the words of ``asking`` near it, one of
        ``opening`` where the sentence begins, or a question mark where it ends."""
        found = self.beside(place, self._seen.get(asking, ()))
        if found:
            return joined(place, found)
        if self._sentence[place[0]] in self._questions:
            return place
        begun = (one for one in self._seen.get(opening, ()) if self._begins(one[0]))
        return place if any(self._in_one_sentence(one, place) for one in begun) else None

    def _begins(self, at: int) -> bool:
        """Whether a word is the first of its sentence, or comes after a comma."""
        spans = self.words.spans
        return (
            at == 0
            or self._sentence[at - 1] != self._sentence[at]
            or "," in self.words.text[spans[at - 1][1] : spans[at][0]]
        )

    def _in_one_sentence(self, one: Span, other: Span) -> bool:
        return self._sentence[one[0]] == self._sentence[other[0]]


def _ends(text: str, starts: Sequence[int]) -> Iterator[tuple[int, bool]]:
    """Where sentences end, and whether in a question mark; "Is that ok?" belongs to what it asks
    about, which is the sentence before it."""
    ends = [(found.start(), found[0] == "?") for found in ENDS.finditer(text)]
    for end, (further, asks) in pairwise([*ends, (0, False)]):
        words_between = bisect_left(starts, further) - bisect_left(starts, end[0])
        if not (asks and 0 < words_between <= SHORT_QUESTION):
            yield end


def _read_on(
    step: Step, words: Words, start: int, at: int, seen: Seen, wanted: Set[Group] | None
) -> None:
    """Note what is wanted and ends with ``step``, and go on with the words from ``at``."""
    if wanted is None or not wanted.isdisjoint(step.groups):
        for group in step.groups:
            if wanted is None or group in wanted:
                places = seen.setdefault(group, [])
                if len(places) < MOST_PLACES:
                    places.append((start, at))
    if at < len(words.words) and (step.words or step.beginnings):
        for further in step.after(words.words[at], words.stems[at]):
            _read_on(further, words, start, at + 1, seen, wanted)


def joined(*places: Span) -> Span:
    """From where the first begins to where the last ends."""
    return min(start for start, _ in places), max(end for _, end in places)


def _gap(one: Span, other: Span) -> int:
    """How many words apart two places begin."""
    return abs(one[0] - other[0])
