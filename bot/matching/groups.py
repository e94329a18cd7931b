"""Word groups: how editors say in YAML which words, near each other, mean something.

``hair + fall*|coming out|clump*`` fits a text in which a word of each group stands within a few
words of the others, in any order. ``|`` parts alternatives, ``*`` ends a word that may go on, and
an alternative may have several words. ``nearby.py`` and ``signs.py`` find where groups stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.library.names import singular
from bot.matching.normalise import read


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of an alternative; ``begins`` where it may go on."""

    word: str
    begins: bool


Alternative = tuple[Piece, ...]


def alternatives(group: str) -> Iterator[Alternative]:
    """The alternatives of one group as it is written.

    Raises:
        ValueError: one has no word.
    """
    return map(alternative, group.split("|"))


@lru_cache(maxsize=32_768)  # lists of words stand in many groups
def alternative(written: str) -> Alternative:
    """The words of one alternative.

    Raises:
        ValueError: it has none.
    """
    pieces = tuple(piece for token in written.split() for piece in _pieces(token))
    if not pieces:
        raise ValueError("a group or an alternative has no word")
    return pieces


@lru_cache(maxsize=32_768)
def _pieces(token: str) -> tuple[Piece, ...]:
    begins = token.endswith("*")
    words = read(token.rstrip("*")).words
    return tuple(Piece(word if begins else singular(word), begins) for word in words)


def forget() -> None:
    """Give back the memory of what was read: it is needed while indexes are built."""
    alternative.cache_clear()
    _pieces.cache_clear()
