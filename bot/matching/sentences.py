"""The sentences of a message: what stands in one of them belongs together."""

import re
from bisect import bisect_left
from functools import cached_property

from bot.library.models import Cues
from bot.matching.normalise import Words, read

ENDS = re.compile(r"[.!…;](?=[\s\"')]|$)|[?\n]")  # "2.5" has none
COMMA = re.compile(r"[,:(]|\s[-–—]")  # what follows it may be a question of its own


class Asking:
    """The words that make a question: anywhere in a sentence, after a comma, or where it begins."""

    def __init__(self, cues: Cues) -> None:
        self._anywhere = {read(said).words for said in cues.asking}
        self._after_comma = self._anywhere | {read(said).words for said in cues.after_comma}
        self._opening = self._after_comma | {read(said).words for said in cues.opening}
        self._longest = max(map(len, self._opening))
        self._firsts = {words[0] for words in self._opening}

    def asks(self, words: Words, at: int, begins: bool) -> bool:
        """Whether such words stand at ``at``, where a sentence ``begins`` or goes on."""
        if words.words[at] not in self._firsts:
            return False
        these = self._opening if begins else self._anywhere
        if not begins and COMMA.search(words.text, words.spans[at - 1][1], words.spans[at][0]):
            these = self._after_comma
        said = words.words[at : at + self._longest]
        return any(said[:many] in these for many in range(1, len(said) + 1))


class Sentences:
    """Which sentence each word of a message stands in, and which sentences ask something."""

    def __init__(self, words: Words, asking: Asking) -> None:
        self._words = words
        self._asking = asking

    @cached_property
    def _ends(self) -> list[tuple[int, bool]]:
        """Where a sentence ends, and whether in a question mark."""
        return [(end.start(), end[0] == "?") for end in ENDS.finditer(self._words.text)]

    @cached_property
    def numbers(self) -> list[int]:
        """For each word the number of its sentence."""
        stops = [end for end, _ in self._ends]
        return [bisect_left(stops, start) for start, _ in self._words.spans]

    def together(self, start: int, end: int) -> bool:
        """Whether the words from ``start`` to before ``end`` stand in one sentence."""
        return self.numbers[start] == self.numbers[end - 1]

    def asks(self, at: int) -> bool:
        """Whether the word ``at`` stands in a question, marked as one or not."""
        return self.numbers[at] in self._questions

    def leads_to_question(self, at: int) -> bool:
        """Whether the word ``at`` stands in a question or in the sentence before one."""
        return self.asks(at) or self.numbers[at] + 1 in self._questions

    @property
    def any_asks(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self._questions)

    @cached_property
    def _questions(self) -> set[int]:
        asked = {number for number, (_, asks) in enumerate(self._ends) if asks}
        before = -1
        for at, number in enumerate(self.numbers):
            if number not in asked and self._asking.asks(self._words, at, number != before):
                asked.add(number)
            before = number
        return asked
