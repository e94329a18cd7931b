"""Text as people type it -> words that can be compared.

What is nobody's words is cut out first: addresses, @names, code. Then case, accents, typographic
signs, invisible characters and letters drawn out ("sooo") stop mattering. Positions refer to the
text as it came, so that the words that meant something can be shown.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.library.names import LETTERS, singular

LONGEST_TEXT = 4096  # characters: Telegram's own limit for a message
LONGEST_WORD = 40  # longer ones are no words
NOT_WORDS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|uk|de|ru|me)\b\S*"
    r"|(?<!\w)@\w+|```.*?(?:```|$)|`[^`\n]*`",
    re.IGNORECASE | re.DOTALL,
)
SIGNS_OF_NOT_WORDS = ("@", "`", "/")
DOTTED = re.compile(r"\.(?:com|org|net|io|uk|de|ru|me)\b|www\.", re.IGNORECASE)
DIGITS = "0123456789"
NUMBER = "0"  # stands for every number
APOSTROPHE = re.compile("['’‘ʼ´`＇]")
WORD = re.compile(r"[^\W_]+(?:['’‘ʼ´＇][^\W_]+)*")
DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
END_OF_SENTENCE = re.compile(r"[.!?\n;]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text: as compared, their stems, and where they stand in ``text``."""

    text: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    drawn_out: frozenset[int] = frozenset()  # words in which a letter stood three times or more

    def raw(self, start: int, end: int) -> str:
        """What was typed from word ``start`` to before word ``end``."""
        return self.text[self.spans[start][0] : self.spans[end - 1][1]]


def read(text: str, cut: Sequence[tuple[int, int]] = ()) -> Words:
    """The words of ``text``; ``cut`` are spans (start, end) of characters that do not count."""
    text = text[:LONGEST_TEXT]
    seen = _blanked(text, cut)
    words, stems, spans = [], [], []
    for match in WORD.finditer(seen):
        word, stem = compared(match[0])
        if word and len(word) <= LONGEST_WORD:
            words.append(word)
            stems.append(stem)
            spans.append(match.span())
    drawn_out: frozenset[int] = frozenset()
    if DRAWN_OUT.search(seen):
        drawn_out = frozenset(
            at for at, (start, end) in enumerate(spans) if DRAWN_OUT.search(seen, start, end)
        )
    return Words(text, tuple(words), tuple(stems), tuple(spans), drawn_out)


def may_hold_no_words(text: str) -> bool:
    """Whether something in ``text`` may be an address, a @name or code."""
    return any(sign in text for sign in SIGNS_OF_NOT_WORDS) or bool(DOTTED.search(text))


def _blanked(text: str, cut: Sequence[tuple[int, int]]) -> str:
    """``text`` with spaces for what does not count; its length stays the same."""
    for start, end in cut:
        text = text[:start] + " " * len(text[start:end]) + text[end:]
    if may_hold_no_words(text):
        text = NOT_WORDS.sub(lambda found: " " * len(found[0]), text)
    return text


@lru_cache(maxsize=16_384)
def compared(raw: str) -> tuple[str, str]:
    """A typed word as it is compared, and its stem; both empty where nothing is left of it."""
    bare = raw.lower() if raw.isascii() else _folded(raw)
    word = DRAWN_OUT.sub(r"\1\1", APOSTROPHE.sub("", bare))
    return word, singular(word)


def _folded(raw: str) -> str:
    """Lower case without accents, compatibility forms and invisible characters."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKD", raw).casefold()).translate(LETTERS)
    return "".join(char for char in plain if not unicodedata.combining(char))


def unit_of(word: str) -> str:
    """What is left of "40mg" without the number, as a stem."""
    return singular(word.lstrip(DIGITS))
