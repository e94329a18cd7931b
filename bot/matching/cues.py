"""Whether a name that may mean something else means a topic here."""

from collections.abc import Collection, Iterable, Sequence

from bot.library.models import Cues
from bot.matching.groups import alternative
from bot.matching.index import Hit
from bot.matching.normalise import Words, read

NEAR = 9  # words: so far from a name a word about health still speaks of it
BESIDE = 3  # words: so near a word can give a name another meaning
SHOUTED = 0.6  # share of capital letters above which capitals mean nothing


class Judge:
    """Weighs what stands around a name."""

    def __init__(self, cues: Cues) -> None:
        parsed = list(map(alternative, cues.health))
        self._words = {alt[0].word for alt in parsed if len(alt) == 1 and not alt[0].begins}
        self._begins = tuple(alt[0].word for alt in parsed if alt[0].begins and len(alt) == 1)
        self._shortest = min(map(len, self._begins), default=0)
        self._heads = {word[: self._shortest] for word in self._begins}  # few words have one
        self._personal = {read(cue).words for cue in cues.personal}
        self._longest = max(map(len, self._personal))
        self._other: dict[tuple[str, ...], set[str]] = {}
        for name, beside in cues.other_meanings.items():
            self._other.setdefault(read(name).stems, set()).update(beside)

    def means_it(
        self, hit: Hit, words: Words, hits: Iterable[Hit], about_health: bool = False
    ) -> bool:
        """Whether ``hit`` is about its topic: a strong name always, a weak one beside a cue.

        ``about_health``: the message is known to be about health from elsewhere.
        """
        if self._means_other(hit, words):
            return False
        if not hit.name.weak:
            return True
        if hit.name.everyday and hit.name.abbreviation:
            return self._in_capitals(hit, words)
        if about_health and not hit.name.english_mark:
            return True
        others = [other for other in hits if other is not hit]
        if any(not other.name.weak for other in others):
            return True
        if any(self._means_other(other, words) is False for other in others):
            return True
        if self._in_capitals(hit, words):
            return True
        if hit.name.english_mark:
            return self._is_personal(hit, words) and self._health_near(hit, words)
        personal = self._is_personal(hit, words) and not hit.name.everyday
        return personal or self._health_near(hit, words)

    def is_about_health(self, words: Words, but: Collection[str] = ()) -> bool:
        """Whether any word of the message, ``but`` these, is about health."""
        others = [at for at, word in enumerate(words.words) if word not in but]
        return self._are_health(
            [words.words[at] for at in others], [words.stems[at] for at in others]
        )

    def _means_other(self, hit: Hit, words: Words) -> bool:
        other = self._other.get(words.stems[hit.start : hit.end])
        if not other:
            return False
        low, high = max(0, hit.start - BESIDE), hit.end + BESIDE
        around = (*words.words[low : hit.start], *words.words[hit.end : high])
        return any(word in other for word in around)

    def _in_capitals(self, hit: Hit, words: Words) -> bool:
        """An abbreviation typed as one, where not the whole message is in capitals."""
        if not hit.name.abbreviation or not words.raw(hit.start, hit.end).isupper():
            return False
        letters = [char for char in words.text if char.isalpha()]
        return sum(char.isupper() for char in letters) < SHOUTED * len(letters)

    def _is_personal(self, hit: Hit, words: Words) -> bool:
        before = words.words[max(0, hit.start - self._longest) : hit.start]
        return any(before[at:] in self._personal for at in range(len(before)))

    def _health_near(self, hit: Hit, words: Words) -> bool:
        low, high = max(0, hit.start - NEAR), hit.end + NEAR
        near = (*words.words[low : hit.start], *words.words[hit.end : high])
        stems = (*words.stems[low : hit.start], *words.stems[hit.end : high])
        return self._are_health(near, stems)

    def _are_health(self, words: Sequence[str], stems: Sequence[str]) -> bool:
        """Whether any of these words is about health."""
        exactly = not (self._words.isdisjoint(words) and self._words.isdisjoint(stems))
        return exactly or any(
            word[: self._shortest] in self._heads and word.startswith(self._begins)
            for word in words
        )
