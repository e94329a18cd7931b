"""Questions that only a doctor can answer: a dose, stopping, skipping, combining, a diagnosis.

Which words mean one is an editor's to say, in ``fixed.yaml``; here stands how they are put
together: groups near each other in one sentence, asked where they must be, and nothing else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from bot.library.everyday import is_english, rank
from bot.library.library import Edition
from bot.library.models import Fixed, FixedAnswer, FixedKind
from bot.matching.nearby import Group, GroupIndex, Message, Seen, Span
from bot.matching.normalise import Words, read
from bot.matching.triggers import ANYTHING, Possible, Triggers
from bot.matching.urgent import medicine_names

Groups = tuple[Group, ...]
PLAIN = 900  # so many words of English are too common to say what a question is about
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

    kind: FixedKind
    groups: Groups
    without: tuple[Groups, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    """What else there is to one kind of answer, as groups of the index."""

    kind: FixedKind
    unless: tuple[Groups, ...]
    sure: frozenset[Group]


class FixedMatcher:
    """Finds which fixed answer a message asks for. Built once; safe to share."""

    def __init__(self, fixed: Fixed) -> None:
        self._index = GroupIndex()
        self._spelled_out = fixed.spelled_out
        self._asking = self._any_of(fixed.asking)
        self._opening = self._any_of(fixed.opening)
        self._medicine = self._any_of(fixed.medicine_words)
        self._brief = {word for said in fixed.brief_words for word in read(said).words}
        self._answers = tuple(self._read(kind, one) for kind, one in fixed.answers.items())
        self._rules: dict[Group, list[_Rule]] = {}  # by their first group
        for kind, answer in fixed.answers.items():
            for rule in self._rules_of(kind, answer):
                self._rules.setdefault(rule.groups[0], []).append(rule)

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """The matcher of a language, which knows the names of its medicines."""
        names = {" ".join(read(name).words) for name in medicine_names(edition)}
        return cls(edition.fixed.knowing(sorted(names)))

    @cached_property
    def triggers(self) -> Triggers:
        """The words without which nothing asks for an answer."""
        rules = (rule.groups for some in self._rules.values() for rule in some)
        return Triggers(self._index, rules)

    def find(self, words: Words, possible: Possible = ANYTHING) -> FixedMatch | None:
        """What the message asks for; where it asks for several, a sure one, the file's first.

        ``possible``: the rules to look for, by the triggers.
        """
        wanted = None
        if possible.requirements is not None:
            wanted = self.triggers.groups(possible.requirements)
        rules = self._standing(self._index.find(words, wanted, possible.places))
        if not self._asks(words):
            rules = [rule for rule in rules if not rule.asked]
        if not rules:
            return None
        seen = self._index.find(words, self._wanted(rules))
        message = Message(words, seen)
        unsure: FixedMatch | None = None
        for answer in self._answers:
            own = [rule for rule in rules if rule.kind is answer.kind]
            sure = not answer.sure.isdisjoint(seen)
            if not own or (unsure and not sure):
                continue
            place = self._place(own, answer.unless, message)
            if place and sure:
                return FixedMatch(answer.kind, sure, words.raw(*place))
            if place:
                unsure = FixedMatch(answer.kind, sure, words.raw(*place))
        return unsure

    def is_all_asked(self, words: Words, match: FixedMatch) -> bool:
        """Whether a message speaks of nothing else than what ``match`` asks: "can i skip tonight"
        does, "can i skip rehearsal" does not."""
        plain = self._brief | set(read(match.words_that_meant_it).words)
        rest = (word for word in words.words if word not in plain)
        return not any(rank(word) >= PLAIN and is_english(word) for word in rest)

    def _standing(self, seen: Seen) -> list[_Rule]:
        """The rules whose groups stand anywhere in a message."""
        return [
            rule
            for group in seen
            for rule in self._rules.get(group, ())
            if all(group in seen for group in rule.groups)
        ]

    def _wanted(self, rules: Iterable[_Rule]) -> set[Group]:
        """The groups that have a say in whether ``rules`` hold, and are sure."""
        wanted = {self._asking, self._opening}
        kinds = {rule.kind for rule in rules}
        for answer in self._answers:
            if answer.kind in kinds:
                wanted.update(answer.sure, *answer.unless)
        return wanted.union(*(part for rule in rules for part in (rule.groups, *rule.without)))

    def _asks(self, words: Words) -> bool:
        """Whether anything in a message makes a question of it."""
        if "?" in words.text:
            return True
        return bool(self._index.find(words, {self._asking, self._opening}))

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
        own = {self._any_of(answer.sure_words)} if answer.sure_words else set()
        unless = tuple(map(self._groups, answer.unless))
        return _Answer(kind, unless, frozenset({self._medicine, *own}))

    def _rules_of(self, kind: FixedKind, answer: FixedAnswer) -> Iterator[_Rule]:
        for asked, rules in ((False, answer.words), (True, answer.asked)):
            for written in rules:
                groups, *without = written.split(NOT)
                others = tuple(map(self._groups, without))
                yield _Rule(kind, self._groups(groups), others, asked)

    def _groups(self, written: str) -> Groups:
        return self._index.add(self._spelled_out(written))

    def _any_of(self, phrases: Iterable[str]) -> Group:
        (group,) = self._groups("|".join(phrases))
        return group
