"""Which words everybody uses: from symspellpy's frequency list of English.

symspellpy (MIT, kept up since 2018) ships the list: 82,765 words with counts from Google's n-grams,
cut down to the words of a spelling dictionary.
"""

from functools import cache
from importlib.resources import files

MOST_USED = 4700  # "weak" is among them; "headache", "rash" and "depression" are not


def is_everyday(name: str) -> bool:
    """Whether ``name`` is a single word among the most used ones."""
    return name.casefold() in everyday_words()


@cache
def everyday_words() -> frozenset[str]:
    """The most used words, lower case."""
    text = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    counted = (line.split() for line in text.splitlines())
    ranked = sorted(counted, key=lambda pair: -int(pair[1]))
    return frozenset(word for word, _ in ranked[:MOST_USED])
