"""Character references of Telegram's HTML: ``&lt;``, ``&#39;``, ``&#x27;``.

Errors:
    MarkupError         the text cannot be parsed; its words are those that Telegram uses
"""

import re

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
LONGEST_NUMBER = 9  # characters of "&#x10fffe", the longest reference that is still read
SURROGATE = re.compile("[\ud800-\udfff]")


class MarkupError(ValueError):
    """Not Telegram's HTML. The text is what follows "can't parse entities: " in the real answer."""


def decode(html: str, at: int) -> tuple[str, int] | None:
    """The character that ``&…;`` at ``at`` stands for, and the length of the reference."""
    if not (match := REFERENCE.match(html, at)):
        return None
    hexadecimal, decimal, name = match.groups()
    if name:
        return (NAMED[name], len(match[0])) if name in NAMED else None
    if len(match[0].rstrip(";")) > LONGEST_NUMBER:
        return None
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return (chr(code), len(match[0])) if 0 < code < 0x10FFFF else None


def joined(characters: list[str]) -> str:
    """The text; two halves of a surrogate pair, each written as a number, become one character."""
    text = "".join(characters)
    if not SURROGATE.search(text):
        return text
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        ) from None
