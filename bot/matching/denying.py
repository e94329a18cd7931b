"""Side effects that somebody says not to have: "no headaches so far"."""

import re
from collections.abc import Collection

from bot.library.models import Cues
from bot.matching.normalise import Words, read

PARTED = re.compile(r"[,.;:!?\n(]")


class Denier:
    """Knows the words that say that there is none of what follows."""

    def __init__(self, cues: Cues) -> None:
        self._denied = {read(said).words for said in cues.denied}
        self._longest = max(map(len, self._denied), default=0)
        self._between = {word for said in cues.between for word in read(said).words}

    def denies(self, words: Words, at: int, listed: Collection[int]) -> bool:
        """Whether the side effect that begins at word ``at`` is denied.

        ``listed``: where words of side effects stand; over them a "no" reaches along a list, as in
        "no nausea, vomiting or fever". A "no" that is itself of them ("no energy") denies nothing.
        """
        while at:
            if self._ends_with_denial(words, at, listed):
                return True
            at -= 1
            if at not in listed and words.words[at] not in self._between:
                return False
        return False

    def _ends_with_denial(self, words: Words, at: int, listed: Collection[int]) -> bool:
        gap = words.text[words.spans[at - 1][1] : words.spans[at][0]]
        if at - 1 in listed or PARTED.search(gap):
            return False
        shortest = max(0, at - self._longest)
        return any(words.words[start:at] in self._denied for start in range(shortest, at))
