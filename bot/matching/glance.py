"""What a text could be about, told at a glance: most of what people chat about is nothing of ours.

Each layer of the matching says what a single word, or two in a row, may hint at. The answers are
kept for words as they were typed, so that chatter costs a look-up a word. A glance never decides
what a text means; it only spares a layer that would find nothing.
"""

from collections.abc import Iterable, Sequence

from bot.matching.normalise import LONGEST_TEXT, WORD, compared, may_hold_no_words
from bot.matching.triggers import Hints, Layer

MOST_KEPT = 65_536  # words, and pairs of words; then the glance begins anew

Bits = tuple[int, int]


class Glance:
    """Which of some layers a text could concern. Each has a bit; some may share one."""

    def __init__(self, layers: Sequence[tuple[int, Layer]]) -> None:
        self._layers: list[tuple[int, Layer]] = []  # each with where its requirements begin
        self._ranges: list[tuple[int, int]] = []  # the bit of each, and its requirements
        self._everything = self._always = at = 0
        for bit, layer in layers:
            self._layers.append((at, layer))
            self._ranges.append((bit, ((1 << layer.size) - 1) << at))
            self._always |= layer.always.second << at
            self._everything |= bit
            at += layer.size
        self._dull: set[str] = set()
        self._telling: dict[str, Bits] = {}
        self._pairs: dict[tuple[str, str], Bits] = {}
        self._beginning: set[str] = set()

    def look(self, text: str) -> tuple[int, list[str]]:
        """The layers that ``text`` could concern, as bits, and its words as they were typed."""
        text = text[:LONGEST_TEXT]
        typed: list[str] = WORD.findall(text)
        if may_hold_no_words(text):  # what is cut out may leave half a word
            return self._everything, typed
        if self._dull.issuperset(typed):
            return 0, typed
        found = self._found(typed)
        layers = 0
        if found:
            for bit, requirements in self._ranges:
                if found & requirements:
                    layers |= bit
        return layers, typed

    @property
    def kept(self) -> int:
        """How many words and pairs it knows."""
        return len(self._dull) + len(self._telling) + len(self._pairs)

    def _found(self, typed: Iterable[str]) -> int:
        """The requirements that some words may meet."""
        first, second, before = 0, self._always, ""
        for word in typed:
            if before:
                one, other = self._pairs.get((before, word)) or self._learnt_pair(before, word)
                first |= one
                second |= other
            before = ""
            if word not in self._dull:
                one, other = self._telling.get(word) or self._learnt(word)
                first |= one
                second |= other
                if word in self._beginning:
                    before = word
        return first & second

    def _learnt(self, typed: str) -> Bits:
        if self.kept > MOST_KEPT:
            self._forget()
        form = compared(typed)
        if not form[0]:
            self._dull.add(typed)
            return 0, 0
        bits = self._bits((at, layer.hints(form)) for at, layer in self._layers)
        begins = any(layer.begins(form) for _, layer in self._layers)
        if begins:
            self._beginning.add(typed)
        if begins or any(bits):
            self._telling[typed] = bits
        else:
            self._dull.add(typed)
        return bits

    def _learnt_pair(self, before: str, typed: str) -> Bits:
        if self.kept > MOST_KEPT:
            self._forget()
        form, after = compared(before), compared(typed)
        bits = 0, 0
        if after[0]:
            bits = self._bits((at, layer.hints_together(form, after)) for at, layer in self._layers)
        self._pairs[before, typed] = bits
        return bits

    def _forget(self) -> None:
        self._dull, self._telling, self._beginning, self._pairs = set(), {}, set(), {}

    @staticmethod
    def _bits(hints: Iterable[tuple[int, Hints]]) -> Bits:
        first = second = 0
        for at, some in hints:
            first |= some.first << at
            second |= some.second << at
        return first, second
