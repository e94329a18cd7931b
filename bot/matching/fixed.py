"""Questions that only a doctor can answer: a dose, stopping, skipping, combining, a diagnosis.

Which words mean one is an editor's to say, in ``fixed.yaml``; here stands how they are put
together: groups near each other in one sentence, asked where they must be, and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from bot.library.library import Edition
from bot.library.models import Fixed, FixedAnswer, FixedKind
from bot.matching.nearby import Group, GroupIndex, Message, Seen, Span
from bot.matching.normalise import Words, read
from bot.matching.triggers import Triggers
from bot.matching.urgent import medicine_names

Groups = tuple[Group, ...]
NOT = " - "  # between the groups of a rule and those that must not stand near them


@dataclass(frozen=True, slots=True)
class FixedMatch:
    """What was asked. ``sure``: about medicine by its words alone; else a topic must be named."""

    kind: FixedKind
    sure: bool
    words_that_meant_it: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """Groups that ask for an answer where they stand near each other, and ``without`` is not."""

    groups: Groups
    without: tuple[Groups, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    """What asks for one kind of answer, as groups of the index."""

    kind: FixedKind
    rules: Mapping[Group, Sequence[_Rule]]  # by their first group
    unless: tuple[Groups, ...]
    sure: frozenset[Group]

    def possible(self, seen: Seen, asks: bool) -> list[_Rule]:
        """The rules whose groups stand anywhere in a message."""
        return [
            rule
            for group in seen
            for rule in self.rules.get(group, ())
            if (asks or not rule.asked) and all(group in seen for group in rule.groups)
        ]


class FixedMatcher:
    """Finds which fixed answer a message asks for. Built once; safe to share."""

    def __init__(self, fixed: Fixed) -> None:
        self._index = GroupIndex()
        self._spelled_out = fixed.spelled_out
        self._asking = self._any_of(fixed.asking)
        self._opening = self._any_of(fixed.opening)
        self._medicine = self._any_of(fixed.medicine_words)
        self._answers = tuple(self._read(kind, one) for kind, one in fixed.answers.items())

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """The matcher of a language, which knows the names of its medicines."""
        names = {" ".join(read(name).words) for name in medicine_names(edition)}
        return cls(edition.fixed.knowing(sorted(names)))

    @cached_property
    def triggers(self) -> Triggers:
        """Words one of which stands in any message that asks for an answer."""
        rules = (
            rule for answer in self._answers for some in answer.rules.values() for rule in some
        )
        return Triggers(self._index, (rule.groups for rule in rules))

    def find(self, words: Words) -> FixedMatch | None:
        """What the message asks for; where it asks for several, a sure one, the file's first."""
        seen = self._index.find(words)
        asks = "?" in words.text or self._asking in seen or self._opening in seen
        message: Message | None = None
        unsure: FixedMatch | None = None
        for answer in self._answers:
            rules = answer.possible(seen, asks)
            sure = not answer.sure.isdisjoint(seen)
            if not rules or (unsure and not sure):
                continue
            message = message or Message(words, seen)
            place = self._place(rules, answer.unless, message)
            if place and sure:
                return FixedMatch(answer.kind, sure, words.raw(*place))
            if place:
                unsure = FixedMatch(answer.kind, sure, words.raw(*place))
        return unsure

    def _place(
        self, rules: Sequence[_Rule], unless: Sequence[Groups], message: Message
    ) -> Span | None:
        """Where one of ``rules`` holds, and nothing near makes it something else."""
        places = tuple(place for rule in rules for place in self._places(rule, message))
        if not places:
            return None
        others = message.all_places(unless)
        return next((place for place in places if not message.beside(place, others)), None)

    def _places(self, rule: _Rule, message: Message) -> Iterator[Span]:
        """Where ``rule`` holds, with what makes a question of it."""
        for place in message.places(rule.groups):
            asked = message.asked(place, self._asking, self._opening) if rule.asked else place
            if asked and not message.beside(asked, message.all_places(rule.without)):
                yield asked

    def _read(self, kind: FixedKind, answer: FixedAnswer) -> _Answer:
        words = [self._rule(written, asked=False) for written in answer.words]
        asked = [self._rule(written, asked=True) for written in answer.asked]
        own = {self._any_of(answer.sure_words)} if answer.sure_words else set()
        rules: dict[Group, list[_Rule]] = {}
        for rule in (*words, *asked):
            rules.setdefault(rule.groups[0], []).append(rule)
        return _Answer(
            kind=kind,
            rules=rules,
            unless=tuple(map(self._groups, answer.unless)),
            sure=frozenset({self._medicine, *own}),
        )

    def _rule(self, written: str, *, asked: bool) -> _Rule:
        groups, *without = written.split(NOT)
        return _Rule(self._groups(groups), tuple(map(self._groups, without)), asked)

    def _groups(self, written: str) -> Groups:
        return self._index.add(self._spelled_out(written))

    def _any_of(self, phrases: Iterable[str]) -> Group:
        (group,) = self._groups("|".join(phrases))
        return group
