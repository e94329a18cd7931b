"""How names are compared: "Crohn’s", "crohns" and "CROHN'S" are one name.

The key of a name drops case, accents, apostrophes, hyphens, spaces and the plural's *s*. Both sides
of a comparison go through it, so a stem need not be a word.
"""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = str.maketrans("", "", "'’‘ʼ´`＇")
POSSESSIVE = re.compile(r"['’‘ʼ´`＇]s\b", re.IGNORECASE)
BRITISH = re.compile("haem|aemi|oede|rrhoe|oeso|paed|foet")
NOT_PLURAL = ("ss", "us", "is")  # weakness, virus, pericarditis
SIBILANT = ("sses", "shes", "ches", "xes", "zes", "ruses", "nuses")  # -es makes these many
# Letters that Unicode does not take apart into a base and a mark.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in lower case, without accents, apostrophes and plural endings."""
    return tuple(singular(word) for word in _folded(text))


def key(text: str) -> str:
    """What two spellings of one name have in common; empty where there is no letter or digit."""
    return "".join(words(text))


def spelling(text: str) -> str:
    """Like ``key``, but with endings kept: a medicine is found by its exact name alone.

    Only a possessive is dropped ("Humira's").
    """
    return "".join(_folded(POSSESSIVE.sub("", text)))


def _folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES).casefold().translate(LETTERS))
    return WORD.findall(_without_marks(plain))


def _without_marks(text: str) -> str:
    return "".join(char for char in text if not unicodedata.combining(char))


def singular(word: str) -> str:
    """The word for one, in US spelling: rash of rashes, edema of oedemas, virus of viruses."""
    word = BRITISH.sub(lambda found: found[0].replace("ae", "e").replace("oe", "e"), word)
    if len(word) < 4 or not word.endswith("s") or word.endswith(NOT_PLURAL):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(SIBILANT) and not word.endswith("aches") else word[:-1]
