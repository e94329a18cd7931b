"""How names are compared: "Crohn’s", "crohns" and "CROHN'S" are one name.

The key of a name drops case, accents, apostrophes, hyphens, spaces and the plural's *s*. Both sides
of a comparison go through it, so a stem need not be a word.
"""

import re
import unicodedata

WORD = re.compile(r"[a-z0-9]+")
APOSTROPHES = str.maketrans("", "", "'’‘ʼ´`＇")
NOT_PLURAL = ("ss", "us", "is", "as", "os")  # pericarditis, virus, Candidas: no plural
SIBILANT = ("sses", "shes", "ches", "xes", "zes")


def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in lower case, without accents, apostrophes and plural endings."""
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES).casefold())
    return tuple(_singular(word) for word in WORD.findall(_without_marks(plain)))


def key(text: str) -> str:
    """What two spellings of one name have in common; empty where there is no letter or digit."""
    return "".join(words(text))


def _without_marks(text: str) -> str:
    return "".join(char for char in text if not unicodedata.combining(char))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(NOT_PLURAL):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(SIBILANT) else word[:-1]
