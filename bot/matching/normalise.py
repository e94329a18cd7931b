"""Text as people type it -> words that can be compared.

What is nobody's words is cut out first: addresses, @names, code. Then case, accents, typographic
signs, invisible characters and letters drawn out ("sooo") stop mattering. Positions refer to the
text as it came, so that the words that meant something can be shown.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self

from bot.library.names import LETTERS, singular

LONGEST_TEXT = 4096  # characters: Telegram's own limit for a message
LONGEST_WORD = 40  # longer ones are no words
NOT_WORDS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|uk|de|ru|me)\b\S*"
    r"|(?<!\w)@\w+|```.*?(?:```|$)|`[^`\n]*`",
    re.IGNORECASE | re.DOTALL,
)
DOTTED = re.compile(r"\.(?:com|org|net|io|uk|de|ru|me)\b|www\.", re.IGNORECASE)
DIGITS = "0123456789"
NUMBER = "0"  # stands for every number
APOSTROPHE = re.compile("['’‘ʼ´`＇]")
WORD = re.compile(r"[^\W_]+(?:['’‘ʼ´＇][^\W_]+)*")
DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
END_OF_SENTENCE = re.compile(r"[.!?\n;]")


@dataclass(frozen=True, slots=True)
class Typed:
    """The words of one text as they were typed; ``seen``: with blanks for what does not count."""

    text: str
    seen: str
    words: list[str]

    @classmethod
    def of(cls, text: str, cut: Sequence[tuple[int, int]] = ()) -> Self:
        """Those of ``text``; ``cut`` are spans (start, end) of characters that do not count."""
        text = text[:LONGEST_TEXT]
        seen = _blanked(text, cut)
        return cls(text, seen, WORD.findall(seen))


@dataclass(frozen=True)
class Words:
    """The words of one text as they are compared, and their stems."""

    text: str
    seen: str
    words: tuple[str, ...]
    stems: tuple[str, ...]

    @classmethod
    def of(cls, typed: Typed) -> Self:
        """The words of which something is left to compare."""
        forms = [form for form in map(compared, typed.words) if form[0]]
        words, stems = zip(*forms, strict=True) if forms else ((), ())
        return cls(typed.text, typed.seen, words, stems)

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """For each word where it stands in ``text``: its first character, and the one after it."""
        found = WORD.finditer(self.seen)
        return tuple(match.span() for match in found if compared(match[0])[0])

    def raw(self, start: int, end: int) -> str:
        """What was typed from word ``start`` to before word ``end``."""
        return self.text[self.spans[start][0] : self.spans[end - 1][1]]

    def is_drawn_out(self, start: int, end: int) -> bool:
        """Whether a letter stands three times or more in one of these words ("sooo")."""
        return any(DRAWN_OUT.search(self.text, *span) for span in self.spans[start:end])


def read(text: str, cut: Sequence[tuple[int, int]] = ()) -> Words:
    """The words of ``text``; ``cut`` are spans (start, end) of characters that do not count."""
    return Words.of(Typed.of(text, cut))


def _blanked(text: str, cut: Sequence[tuple[int, int]]) -> str:
    """``text`` with spaces for what does not count; its length stays the same."""
    for start, end in cut:
        text = text[:start] + " " * len(text[start:end]) + text[end:]
    if _may_hold_no_words(text):
        text = NOT_WORDS.sub(lambda found: " " * len(found[0]), text)
    return text


def _may_hold_no_words(text: str) -> bool:
    """Whether something in ``text`` may be an address, a @name or code."""
    sign = "@" in text or "/" in text or "`" in text
    return sign or ("." in text and DOTTED.search(text) is not None)


@lru_cache(maxsize=16_384)
def compared(raw: str) -> tuple[str, str]:
    """A typed word as it is compared, and its stem; both empty where it is too long for a word, or
    nothing is left of it."""
    bare = raw.lower() if raw.isascii() else _folded(raw)
    word = DRAWN_OUT.sub(r"\1\1", APOSTROPHE.sub("", bare))
    return (word, singular(word)) if len(word) <= LONGEST_WORD else ("", "")


def _folded(raw: str) -> str:
    """Lower case without accents, compatibility forms and invisible characters."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKD", raw).casefold()).translate(LETTERS)
    return "".join(char for char in plain if not unicodedata.combining(char))


def unit_of(word: str) -> str:
    """What is left of "40mg" without the number, as a stem."""
    return singular(word.lstrip(DIGITS))
