"""Many words with numbers in little memory: eight bytes a pair, where a dict takes a hundred.

A word is known by 44 bits of its hash. That two words share them happens to one in some hundred
million, so it is for lists where a word too many does no harm.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

BITS = 20  # of a number: up to a million
NUMBER = 2**BITS - 1
HASH = 2**44 - 1


class Packed:
    """The numbers of words; a word may have several, or none."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        packed = [(hash(word) & HASH) << BITS | number for word, number in pairs]
        packed.sort()
        self._pairs = array("Q", packed)

    def __len__(self) -> int:
        return len(self._pairs)

    def of(self, word: str) -> Iterator[int]:
        """The numbers of ``word``, from the lowest on."""
        first = (hash(word) & HASH) << BITS
        at = bisect_left(self._pairs, first)
        while at < len(self._pairs) and self._pairs[at] <= first | NUMBER:
            yield self._pairs[at] & NUMBER
            at += 1
