"""The reading of a message: which topics it means, and how sure that is."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from bot.library.library import Edition
from bot.library.models import SmallTalk, Topic
from bot.matching.described import Described
from bot.matching.fixed import FixedMatcher
from bot.matching.glance import Glance
from bot.matching.groups import forget
from bot.matching.index import Hit, Index
from bot.matching.layers import Flags, Names, Slips
from bot.matching.meaning import Meaning
from bot.matching.normalise import Typed, Words, compared, read
from bot.matching.search import Search
from bot.matching.sentences import Asking, Sentences
from bot.matching.signs import Place
from bot.matching.triggers import ANYTHING, Possible
from bot.matching.urgent import UrgentMatcher
from bot.matching.weighing import Scales

NOTHING = Meaning()
BRIEF = 7  # words of a question that is about medicine, in private, if it speaks of nothing else


class Glimpse(NamedTuple):
    """What a text may hold of each layer: see ``glance.py``."""

    named: Possible = ANYTHING
    misspelt: Possible = ANYTHING
    described: Possible = ANYTHING
    urgent: Possible = ANYTHING
    fixed: Possible = ANYTHING

    @property
    def topics(self) -> bool:
        """Whether it may hold any topic."""
        return bool(self.named or self.misspelt or self.described)


EVERYTHING = Glimpse()


class Matcher:
    """Reads messages for one edition. Built once, then only read: safe to share."""

    def __init__(self, edition: Edition) -> None:
        self._index = Index(edition)
        self._edition = edition
        self._scales = Scales(edition, self._index)
        self._described = Described(edition, self._index.corrector)
        self._asking = Asking(edition.cues)
        self._urgent = UrgentMatcher.of(edition)
        self._fixed = FixedMatcher.of(edition)
        self._small_talk: dict[tuple[str, ...], SmallTalk] = {
            read(said).words: talk
            for talk, sayings in edition.cues.small_talk.items()
            for said in sayings
        }
        self._longest_talk = max(map(len, self._small_talk), default=0)
        self._glance = Glance(
            (  # as in a Glimpse
                Names(self._index),
                Slips(self._index),
                self._described.triggers,
                Flags(self._urgent),
                self._fixed.triggers,
            )
        )
        forget()

    @cached_property
    def search(self) -> Search:
        """What ``/find`` and inline mode look things up with."""
        return Search(self._edition, self._index)

    def warm(self) -> None:
        """Build now what would be built when it is first needed."""
        self.search.find("zzzzzz")
        self.read("zzzzzz")

    def read(
        self,
        text: str,
        cut: Sequence[tuple[int, int]] = (),
        *,
        alone: bool = True,
        forwarded: bool = False,
    ) -> Meaning:
        """What ``text`` means; ``cut`` are spans that do not count (quotes, code).

        ``alone``: whether a weak name that is the whole message counts, as it does in private.
        ``forwarded``: somebody else's words, of which only a red flag counts.
        """
        typed = Typed.of(text, cut)
        possible = self._glance.look(typed.words)
        if not possible:
            return self._smalltalk(typed.words)
        return self._read(typed, Glimpse(*possible), alone=alone, forwarded=forwarded)

    def read_whole(
        self,
        text: str,
        cut: Sequence[tuple[int, int]] = (),
        *,
        alone: bool = True,
        forwarded: bool = False,
    ) -> Meaning:
        """Like ``read``, without a glance before: everything is looked for."""
        return self._read(Typed.of(text, cut), EVERYTHING, alone=alone, forwarded=forwarded)

    def _read(self, typed: Typed, possible: Glimpse, *, alone: bool, forwarded: bool) -> Meaning:
        words = Words.of(typed)
        urgent = self._urgent.find(words, possible.urgent) if possible.urgent else None
        if forwarded:
            return Meaning(urgent=urgent)
        sentences = Sentences(words, self._asking)
        fixed = self._fixed.find(words, possible.fixed) if possible.fixed else None
        brief = alone and len(words.words) <= BRIEF
        if fixed and brief and self._fixed.is_all_asked(words, fixed):
            fixed = replace(fixed, sure=True)
        topics = self._topics_of(words, sentences, alone, possible) if possible.topics else NOTHING
        talk = self._small_talk.get(words.words)
        if not (urgent or fixed or talk or topics.found):
            return topics
        question = bool(urgent or fixed or topics.found) and sentences.any_asks
        return replace(topics, urgent=urgent, fixed=fixed, small_talk=talk, question=question)

    def may_concern(self, text: str) -> bool:
        """Whether a glance at ``text`` shows anything that must be looked into."""
        return bool(self._glance.look(Typed.of(text).words))

    @property
    def words_kept(self) -> int:
        """How many words and pairs of words are known by sight."""
        return self._glance.kept

    def _smalltalk(self, words: Sequence[str]) -> Meaning:
        """What a text means that is about nothing of ours."""
        if len(words) > self._longest_talk:
            return NOTHING
        talk = self._small_talk.get(tuple(compared(word)[0] for word in words))
        return Meaning(small_talk=talk) if talk else NOTHING

    def _topics_of(
        self, words: Words, sentences: Sentences, alone: bool, possible: Glimpse
    ) -> Meaning:
        hits = self._index.find(words, possible.named.places) if possible.named else []
        drawn_out = [hit for hit in hits if _is_drawn_out_medicine(hit, words)]
        hits = [hit for hit in hits if hit not in drawn_out]
        misspelt = list(drawn_out)
        if possible.misspelt:
            taken = _covered([*hits, *drawn_out])
            misspelt += self._index.find_misspelt(words, taken, possible.misspelt.places)
        hits = [hit for hit in hits if not any(_is_within(hit, longer) for longer in misspelt)]
        described: list[Place[Topic]] = []
        if possible.described:
            described = self._described.find(words, sentences, possible.described)
        if not (hits or described or misspelt):
            return NOTHING
        return self._scales.weighed(words, sentences, hits, described, misspelt, alone)


def _is_drawn_out_medicine(hit: Hit, words: Words) -> bool:
    """A medicine with a letter too many ("humirrra") is a misspelling, and so a guess."""
    return hit.name.may_be_medicine and words.is_drawn_out(hit.start, hit.end)


def _is_within(hit: Hit, longer: Hit) -> bool:
    return longer.start <= hit.start and hit.end <= longer.end


def _covered(hits: list[Hit]) -> set[int]:
    return {at for hit in hits for at in range(hit.start, hit.end)}
