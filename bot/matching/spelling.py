"""Misspelt words: the word that was meant, by distance and by sound.

Candidates come from an index of deletions (Garbe's SymSpell), so that a word is compared with a
handful of others and not with thousands; distances are rapidfuzz's (Damerau-Levenshtein, optimal
string alignment). The sound is a key of our own: what English spells in many ways, folded to one.
"""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

from bot.library.everyday import is_english, rank
from bot.library.names import singular
from bot.library.packed import Packed

SHORTEST = 4  # letters: shorter words have too many neighbours
LONG = 8  # from here on two edits are a slip
INDEXED = 7  # letters of a word that the deletions are made of
LONGEST = 30
RUN_TOGETHER = ("nt", "re", "ve", "ll")  # "wasnt", "youre", "youve", "youll"
VERY_COMMON = 300  # the rank of a word before them, at most
# Spellings of one sound, applied in order. "Crones" and "Crohn's", "humera" and "Humira",
# "rumatoid" and "rheumatoid", "azathioprin" and "azathioprine" come out alike.
SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("rh"), "r"),
    (re.compile("(?<=[aeiou])h(?=n|m|$)"), ""),
    (re.compile("ch|ck|qu?|c(?![eiy])"), "k"),
    (re.compile("c(?=[eiy])|z|sc(?=[eiy])"), "s"),
    (re.compile("x"), "ks"),
    (re.compile("(?<=.)e$"), ""),
    (re.compile("ae|oe|ea|ee|ie|ei"), "e"),
    (re.compile("[aeiouy]+"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)


class Corrector:
    """Finds, for a word that is no English word, the likeliest words of a vocabulary."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._words = {word for word in vocabulary if SHORTEST <= len(word) <= LONGEST}
        self.near = lru_cache(maxsize=8192)(self._near)

    @cached_property
    def _deletions(self) -> Packed:
        """The places of words in ``_sorted``, by the words with letters left out; built at the
        first odd word."""
        return Packed(
            (key, place)
            for place, word in enumerate(self._sorted)
            for key in _deletions(word, 2 if len(word) > SHORTEST else 1)
        )

    @cached_property
    def _sorted(self) -> tuple[str, ...]:
        return tuple(sorted(self._words))

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for word in sorted(self._words):
            index.setdefault(sound(word), []).append(word)
        return index

    def correct(self, word: str) -> str | None:
        """The vocabulary word that ``word`` surely is a slip of, or None where it is none."""
        if self.is_known(word):
            return None
        near = self.near(word)
        return near[0] if near and is_slip(word, near[0]) else None

    def is_known(self, word: str) -> bool:
        """Whether ``word`` is of the vocabulary or English: then it is no misspelling."""
        if word in self._words or is_english(word) or is_english(singular(word)):
            return True
        return word.endswith(RUN_TOGETHER) and rank(word[:-2]) < VERY_COMMON

    def _near(self, word: str) -> tuple[str, ...]:
        """Vocabulary words that ``word`` may stand for, likeliest first; none for short words."""
        if not SHORTEST <= len(word) <= LONGEST or word.isdecimal():
            return ()
        most = 2 if len(word) > SHORTEST else 1
        found: dict[str, float] = {}
        for candidate in self._candidates(word):
            distance = OSA.distance(word, candidate, score_cutoff=most)
            if distance <= most:
                found[candidate] = distance + (word[0] != candidate[0]) / 2
        for candidate in self._sounds.get(sound(word), ()):
            found[candidate] = min(found.get(candidate, 9), 1.2)
        return tuple(sorted(found, key=lambda candidate: (found[candidate], candidate)))

    def _candidates(self, word: str) -> set[str]:
        keys = _deletions(word, 2 if len(word) > SHORTEST else 1)
        return {self._sorted[place] for key in keys for place in self._deletions.of(key)}


def is_slip(word: str, meant: str) -> bool:
    """Whether ``word`` is near enough to ``meant`` to be taken for it: one edit in a short word,
    two in a long one, or the same sound."""
    most = 2 if len(meant) >= LONG else 1
    return OSA.distance(word, meant, score_cutoff=most) <= most or sound(word) == sound(meant)


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A key that words share which sound alike."""
    for pattern, replacement in SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def _deletions(word: str, most: int) -> set[str]:
    """The beginning of ``word`` with up to ``most`` letters left out."""
    once = {word[:INDEXED]}
    found = set(once)
    for _ in range(most):
        once = {part[:at] + part[at + 1 :] for part in once for at in range(len(part))}
        found |= once
    return found
