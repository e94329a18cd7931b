"""Word groups: how editors say in YAML which words, near each other, mean something.

``hair + fall*|coming out|clump*`` fits a text in which a word of each group stands within a few
words of the others, in any order. ``|`` parts alternatives, ``*`` ends a word that may go on, and
an alternative may have several words. A single alternative, ``can't sleep``, is a phrase.
"""

from dataclasses import dataclass
from functools import lru_cache

from bot.library.names import singular
from bot.matching.normalise import read


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of an alternative; ``begins`` where it may go on."""

    word: str
    begins: bool

    def fits(self, word: str, stem: str) -> bool:
        """Whether this is that word, or one of its forms."""
        return word.startswith(self.word) if self.begins else self.word in (word, stem)


Alternative = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Groups of alternatives; ``signs.py`` and ``nearby.py`` find where they stand."""

    written: str
    groups: tuple[tuple[Alternative, ...], ...]


@lru_cache(maxsize=16_384)  # lists of words stand in many groups
def parse(written: str) -> Pattern:
    """The pattern that ``written`` describes.

    Raises:
        ValueError: an empty group or alternative.
    """
    groups = tuple(
        tuple(_alternative(part) for part in group.split("|")) for group in written.split(" + ")
    )
    return Pattern(written, groups)


@lru_cache(maxsize=16_384)
def _alternative(part: str) -> Alternative:
    pieces = [_piece(token) for token in part.split()]
    flat = tuple(piece for some in pieces for piece in some)
    if not flat:
        raise ValueError("a group or an alternative has no word")
    return flat


@lru_cache(maxsize=16_384)
def _piece(token: str) -> tuple[Piece, ...]:
    begins = token.endswith("*")
    found = read(token.rstrip("*"))
    if begins:
        return tuple(Piece(word, True) for word in found.words)
    return tuple(Piece(singular(word), False) for word in found.words)
