"""What a text could be about, told at a glance: most of what people chat about is nothing of ours.

Each layer of the matching says what a single word, or two in a row, may hint at. The answers are
kept for words as they were typed, so that chatter costs a look-up a word. A glance never decides
what a text means; it only spares the layers what they would not find.
"""

from collections.abc import Iterable, Sequence

from bot.matching.normalise import compared
from bot.matching.triggers import NOTHING, Hints, Layer, Possible

NO_BITS = 0, 0, 0
MOST_KEPT = 65_536  # words, and pairs of words; then the glance begins anew

Bits = tuple[int, int, int]  # of a word or a pair, as in Hints


class Glance:
    """Which requirements of some layers a text may meet."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers: list[tuple[int, Layer]] = []  # each with where its requirements begin
        self._ranges: list[tuple[int, int]] = []  # that, and a bit for each of them
        self._always = at = 0
        for layer in layers:
            self._layers.append((at, layer))
            self._ranges.append((at, (1 << layer.size) - 1))
            self._always |= layer.always.second << at
            at += layer.size
        self._everything = ((1 << at) - 1,) * 3
        self._forget()

    def look(self, typed: Sequence[str]) -> list[Possible]:
        """For each layer what these words may hold; empty where that is nothing at all."""
        if self._dull.issuperset(typed):
            return []
        found, speaking = self._found(typed)
        if not found:
            return []
        places = None
        if self._empty.isdisjoint(typed):  # else words and places do not count alike
            places = list(dict.fromkeys(at for at, some in speaking if some & found))
        bits = (found >> at & mask for at, mask in self._ranges)
        return [Possible(some, places) if some else NOTHING for some in bits]

    @property
    def kept(self) -> int:
        """How many words and pairs it knows."""
        return len(self._dull) + len(self._telling) + len(self._pairs)

    def _found(self, typed: Iterable[str]) -> tuple[int, list[tuple[int, int]]]:
        """The requirements that some words may meet, and at which words something speaks for which
        requirements."""
        first, second, before = 0, self._always, ""
        speaking = []
        for at, word in enumerate(typed):
            if before:
                one, other, some = self._pairs.get((before, word)) or self._learnt_pair(
                    before, word
                )
                first |= one
                second |= other
                if some:
                    speaking.append((at - 1, some))
            before = ""
            if word not in self._dull:
                one, other, some = self._telling.get(word) or self._learnt(word)
                first |= one
                second |= other
                if some:
                    speaking.append((at, some))
                if word in self._beginning:
                    before = word
        return first & second, speaking

    def _learnt(self, typed: str) -> Bits:
        if self.kept > MOST_KEPT:
            self._forget()
        form = compared(typed)
        if not form[0]:
            self._empty.add(typed)
            self._dull.add(typed)
            return NO_BITS
        bits = self._bits((at, layer.hints(form)) for at, layer in self._layers)
        begins = any(layer.begins(form) for _, layer in self._layers)
        if begins:
            self._beginning.add(typed)
        if begins or bits is not NO_BITS:
            self._telling[typed] = self._alike.setdefault(bits, bits)
        else:
            self._dull.add(typed)
        return bits

    def _learnt_pair(self, before: str, typed: str) -> Bits:
        if self.kept > MOST_KEPT:
            self._forget()
        form, after = compared(before), compared(typed)
        bits = self._everything  # where nobody sees the second: what comes after it is beside
        if after[0]:
            bits = self._bits((at, layer.hints_together(form, after)) for at, layer in self._layers)
        self._pairs[before, typed] = self._alike.setdefault(bits, bits)
        return bits

    def _forget(self) -> None:
        self._empty: set[str] = set()  # nothing is left of them
        self._dull: set[str] = set()
        self._telling: dict[str, Bits] = {}
        self._alike: dict[Bits, Bits] = {}  # each once: many words tell the same
        self._pairs: dict[tuple[str, str], Bits] = {}
        self._beginning: set[str] = set()

    @staticmethod
    def _bits(hints: Iterable[tuple[int, Hints]]) -> Bits:
        first = second = some = 0
        for at, one in hints:
            first |= one.first << at
            second |= one.second << at
            some |= one.some << at
        return (first, second, some) if first or second or some else NO_BITS
