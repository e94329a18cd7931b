"""English words and how often they are used: from symspellpy's frequency list.

symspellpy (MIT, kept up since 2018) ships the list: 82,765 words with counts from Google's n-grams,
cut down to the words of a spelling dictionary. Of the libraries compared, pyspellchecker's list is
made from film subtitles and has no names of medicines to trip over but far fewer words, and
rapidfuzz has none; the distances themselves are rapidfuzz's.
"""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from bot.library.packed import Packed

MOST_USED = 4700  # "weak" is among them; "headache", "rash" and "depression" are not


def is_everyday(name: str) -> bool:
    """Whether ``name`` is a single word among the most used ones."""
    return rank(name) < MOST_USED


@lru_cache(maxsize=16_384)
def is_english(word: str) -> bool:
    """Whether ``word`` (lower case) is an English word at all."""
    return next(ranks().of(word), None) is not None


@lru_cache(maxsize=16_384)
def rank(word: str) -> int:
    """How many words are used more often; a very large number for what is no English word."""
    return next(ranks().of(word.casefold()), 10**9)


@cache
def ranks() -> Packed:
    """Every English word, lower case, with its rank from 0: the list comes sorted."""
    package = find_spec("symspellpy")  # found, not imported: only the list is wanted
    assert package is not None, "symspellpy is a dependency"
    assert package.origin is not None
    file = Path(package.origin).with_name("frequency_dictionary_en_82_765.txt")
    words = file.read_text(encoding="utf-8-sig").split()[::2]  # each is followed by its count
    return Packed(zip(words, range(len(words)), strict=True))
