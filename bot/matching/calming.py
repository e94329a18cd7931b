"""What takes an alarm away: said not to be, over, asked in general, a figure of speech, a story.

It is looked for near the words that raised the alarm, in their clause or sentence, never in the
whole message: "no fever but I can't breathe" is an emergency.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.library.models.urgent import Calm, Urgent
from bot.matching.clauses import Part, Spans, parts_of, quotes_of
from bot.matching.nearby import Span
from bot.matching.normalise import Words, read
from bot.matching.signs import Lists, Place, Run, Signs

UNLESS_NEAR = 8  # words between an alarm and what takes it away from its flag, at most
SAME_BREATH = 12  # words: a sentence without stops may be as long as a story
LIST_LENGTH = 8  # words of a list whose "no" stands at its beginning


class Protects(StrEnum):
    """What protects an alarm: somebody to whom it happens, and now."""

    NOW = "now"
    MINE = "mine"
    HAPPENING = "happening"


Role = Calm | Protects | tuple[str, int]  # also ("unless", flag) and ("denies", denial)
UNLESS, DENIES = "unless", "denies"
BY_PLACE = (Calm.PAST, Calm.GENERAL, Calm.FIGURATIVE, Calm.FICTION, *Protects)


class Calmer:
    """Knows what takes an alarm away. Built once; safe to share."""

    def __init__(self, urgent: Urgent, lists: Lists) -> None:
        self._signs: Signs[Role] = Signs(_roles(urgent), lists)
        calming = urgent.calming
        self._between = tuple(_bare(denial.between) for denial in calming.negation)
        self._single = _Single(
            but=_bare(calming.but),
            either=_bare(calming.either),
            told=_bare(calming.told),
            asking=_bare(calming.asking),
            asked=_bare(calming.asked),
            own=_bare(calming.own),
            person=_bare((*calming.own, *calming.person)),
            who=_bare(calming.who),
        )
        self._laughing = calming.laughing
        self._laughed_off = {n for n, flag in enumerate(urgent.flags) if flag.laughed_off}

    def read(self, words: Words) -> "Reading":
        """What of that stands in ``words``, and where."""
        places: dict[Role, list[Span]] = {}
        for place in self._signs.find(words):
            places.setdefault(place.meant, []).append((place.start, place.end))
        laughs = any(face in words.text for face in self._laughing)
        laughed_off = self._laughed_off if laughs else frozenset()
        general = places.get(Calm.GENERAL, ())
        now = places.get(Protects.NOW, ())
        places[Protects.NOW] = [span for span in now if not _within(span, general)]
        return Reading(words, places, self._between, self._single, laughed_off)


@dataclass(frozen=True, slots=True)
class _Single:
    """Single words with a meaning of their own: see ``Calming``."""

    but: frozenset[str]
    either: frozenset[str]
    told: frozenset[str]
    asking: frozenset[str]
    asked: frozenset[str]
    own: frozenset[str]
    person: frozenset[str]
    who: frozenset[str]


class Reading:
    """One message, with all that may calm."""

    def __init__(
        self,
        words: Words,
        places: Mapping[Role, Spans],
        between: Sequence[frozenset[str]],
        single: _Single,
        laughed_off: Set[int],
    ) -> None:
        self._words = words.words
        self._places = places
        self._between = between
        self._single = single
        self._laughed_off = laughed_off
        self._sentence, self._clause = parts_of(words, single.but)
        self._marked = "?" in words.text
        self._of_nobody = single.person.isdisjoint(words.words)
        self._quotes = quotes_of(words)
        self._denials = {  # right after a "no" or "not"
            end for number in range(len(between)) for _, end in self._at((DENIES, number))
        }

    def calms(self, place: Place[Any], rank: int, *, certain: bool = False) -> bool:
        """Whether the alarm of flag ``rank`` at ``place`` is none."""
        most = 0 if certain else UNLESS_NEAR
        near = self._around(place.spans, self._sentence, most)
        unless = [span for span in self._at((UNLESS, rank)) if span[0] not in self._denials]
        if rank in self._laughed_off or near.has(unless):
            return True
        if self._denies(place) or self._is_told(place):
            return True
        return not certain and self.speaks_of_something_else(place)

    def speaks_of_something_else(self, place: Place[Any]) -> bool:
        """Whether the words at ``place`` do not tell of somebody's present."""
        clause = self._around(place.spans, self._clause, SAME_BREATH)
        return (
            self._denies(place)
            or clause.has(self._at(Calm.FIGURATIVE))
            or self._is_of_a_story(clause)
            or self._is_quoted(place)
            or self._near(Calm.PAST, clause)
            or self._told_after(clause)
            or self._asks_in_general(clause)
        )

    def _is_told(self, place: Place[Any]) -> bool:
        """ "A novel about a girl who wants to die": a story, then somebody in it, nobody real."""
        clause = self._around(place.spans, self._clause, SAME_BREATH)
        stories = (at for at in self._at(Calm.FICTION) if clause.start <= at[0])
        told = max((start for start, end in stories if end <= place.start), default=None)
        if told is None or self._single.who.isdisjoint(self._words[told : place.start]):
            return False
        return self._single.own.isdisjoint(self._words[told : place.end])

    def _is_quoted(self, place: Place[Any]) -> bool:
        """ "The song goes 'I can't breathe'": what a story or a leaflet says, word by word."""
        for start, end in self._quotes:
            if start <= place.start and place.end <= end:
                says = self._rest(Part(start, end), -1)
                real = says.has(self._at(Protects.MINE))
                return not real and says.has((*self._at(Calm.FICTION), *self._at(Calm.GENERAL)))
        return False

    def _is_of_a_story(self, clause: Part) -> bool:
        """Whether the message tells of a story, and the clause of nobody real."""
        if not self._at(Calm.FICTION) or self._at(Protects.HAPPENING):
            return False
        return not clause.has(self._at(Protects.MINE))

    def _denies(self, place: Place[Any]) -> bool:
        """Whether it is said not to be, or one of its "&" parts is, wherever it stands."""
        return self._denied_one(place.spans) or any(
            all(self._denied_one(run) for run in part) for part in place.also
        )

    def _denied_one(self, spans: Run) -> bool:
        return any(self._denied(start, spans) for start, _ in spans)

    def _near(self, kind: Calm, clause: Part) -> bool:
        return clause.has(self._at(kind)) and not clause.has(self._at(Protects.NOW))

    def _told_after(self, clause: Part) -> bool:
        """ "It dropped, that was years ago": told as past, and the same sentence says when."""
        told = not self._single.told.isdisjoint(self._words[clause.start : clause.end])
        if not told or clause.has(self._at(Protects.NOW)):
            return False
        return self._rest(clause, 1).has(self._at(Calm.PAST))

    def _asks_in_general(self, clause: Part) -> bool:
        """A general question; also one before the clause, if nobody is spoken of since."""
        if self._at(Protects.HAPPENING) or clause.has(self._at(Protects.NOW)):
            return False
        asked = self._at(Calm.GENERAL)
        if clause.has(asked) or (self._of_nobody and self._begins_asking(clause)):
            return True
        before = self._rest(clause, -1)
        last = max((end for start, end in asked if before.has([(start, end)])), default=None)
        since = Part(last or 0, clause.end)
        return last is not None and not since.has(self._at(Protects.MINE))

    def _begins_asking(self, clause: Part) -> bool:
        first = self._words[self._rest(clause, -1).start]
        return first in self._single.asking or (self._marked and first in self._single.asked)

    def _rest(self, clause: Part, step: int) -> Part:
        """What stands before (step -1) or after (step 1) ``clause`` in its sentence."""
        edge = clause.start if step < 0 else clause.end - 1
        at = edge
        while (
            0 <= at + step < len(self._sentence)
            and self._sentence[at + step] == self._sentence[edge]
            and abs(at - edge) < SAME_BREATH
        ):
            at += step
        return Part(at, clause.start) if step < 0 else Part(clause.end, at + 1)

    def _denied(self, at: int, own: Run) -> bool:
        """Whether the word ``at`` is denied, by words that are not the alarm's ``own``."""
        inside = {number for start, end in own for number in range(start, end)}
        for number, between in enumerate(self._between):
            ends = {end for start, end in self._at((DENIES, number)) if start not in inside}
            if any(before in ends for before in self._back(at, between)):
                return True
            if at and self._words[at - 1] in self._single.either and self._listed(at, ends):
                return True
        return False

    def _back(self, at: int, between: frozenset[str]) -> Iterator[int]:
        """From the word ``at`` back over words of ``between``, within the clause."""
        clause = self._clause[at]
        yield from (at,) if at and self._clause[at - 1] == clause else ()
        while at > 1 and self._words[at - 1] in between and self._clause[at - 2] == clause:
            at -= 1
            yield at

    def _listed(self, at: int, ends: set[int]) -> bool:
        """ "No fever, chills or chest pain": a denial at the beginning of a list."""
        first = max(1, at - LIST_LENGTH)
        return any(
            end in ends and self._sentence[end - 1] == self._sentence[at]
            for end in range(first, at)
        )

    def _around(self, spans: Run, parts: Sequence[int], most: int) -> Part:
        """The part of the message that the words at ``spans`` stand in, not too far from them."""
        first = start = min(start for start, _ in spans)
        end = max(end for _, end in spans)
        last = end - 1
        while start > 0 and parts[start - 1] == parts[first] and first - start < most:
            start -= 1
        while end < len(parts) and parts[end] == parts[last] and end - last <= most:
            end += 1
        return Part(start, end)

    def _at(self, role: Role) -> Spans:
        return self._places.get(role, ())


def _within(span: Span, others: Spans) -> bool:
    """Whether ``span`` is a part of one of ``others``: the "just" of "just wondering"."""
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _roles(urgent: Urgent) -> Iterator[tuple[str, Role]]:
    for kind in BY_PLACE:
        yield from ((sign, kind) for sign in getattr(urgent.calming, kind))
    for number, denial in enumerate(urgent.calming.negation):
        yield denial.words, (DENIES, number)
    for rank, flag in enumerate(urgent.flags):
        yield from ((sign, (UNLESS, rank)) for sign in flag.unless)


def _bare(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word for written in words for word in read(written).words)
