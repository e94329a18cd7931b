"""Entities: which part of a message is bold, a link, a command. Offsets count UTF-16 units, as
Telegram does: an emoji is two.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from bot.sandbox.refusal import Json

OPAQUE = {"code", "pre"}  # nothing is formatted, and nothing is found, inside of these
QUOTES = {"blockquote", "expandable_blockquote"}

FOUND = re.compile(
    r"""
      (?P<email>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<url>\b
        (?:https?://[^\s<>"]*[^\s<>".,;:!?)']
        | (?:[\w-]+\.)+(?:com|org|net|edu|gov|int|info|io|eu|uk|de|fr|es|me)\b
          (?:/[^\s<>"]*[^\s<>".,;:!?)'])?))
    | (?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))
    | (?P<mention>(?<!\w)@[A-Za-z]\w{3,31}\b)
    | (?P<hashtag>(?<!\w)\#\w*[^\W\d_]\w*)
    """,
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True)
class Entity:
    """One span. ``url`` belongs to text_link, ``language`` to pre, ``user_id`` to text_mention."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user_id: int | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def overlaps(self, other: Self) -> bool:
        return self.offset < other.end and other.offset < self.end

    def contains(self, other: Self) -> bool:
        return self.offset <= other.offset and other.end <= self.end

    def to_json(self) -> Json:
        """As Telegram sends it; of a mentioned user, only what is known here: the id."""
        fields: Json = {"type": self.type, "offset": self.offset, "length": self.length}
        for name in ("url", "language", "custom_emoji_id"):
            if (value := getattr(self, name)) is not None:
                fields[name] = value
        if self.user_id is not None:
            fields["user"] = {"id": self.user_id, "is_bot": False, "first_name": ""}
        return fields


def utf16_length(text: str) -> int:
    """How many UTF-16 units ``text`` takes. Never raises, whatever the text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def part(text: str, entity: Entity) -> str:
    """The piece of ``text`` that ``entity`` covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "replace")


def found_in(text: str) -> Iterator[Entity]:
    """What Telegram finds by itself: commands, links, e-mail addresses, mentions, hashtags."""
    for match in FOUND.finditer(text):
        kind = match.lastgroup or ""
        yield Entity(kind, utf16_length(text[: match.start()]), utf16_length(match.group()))


def with_found(text: str, entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """``entities`` and whatever is found beside them. What is code or a link already stays so."""
    given = list(entities)
    taken = [entity for entity in given if entity.type in OPAQUE | {"text_link", "text_mention"}]
    new = [entity for entity in found_in(text) if not any(map(entity.overlaps, taken))]
    return tidy([*given, *new])


def tidy(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Sorted, outer before inner, without what Telegram silently drops: formatting inside of code,
    and a quotation inside of a quotation."""
    ordered = sorted(entities, key=lambda entity: (entity.offset, -entity.length, entity.type))
    opaque = [entity for entity in ordered if entity.type in OPAQUE]
    kept: list[Entity] = []
    for entity in ordered:
        shut = QUOTES if entity.type in QUOTES else OPAQUE
        around = [outer for outer in kept if outer.type in shut]
        if entity.type not in OPAQUE:
            around += opaque
        if not any(outer.contains(entity) for outer in around):
            kept.append(entity)
    return tuple(kept)


def trimmed(text: str, entities: Iterable[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """Without white space around, as Telegram stores every message."""
    start = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    length = utf16_length(text)
    cut = (_cut(entity, start, length) for entity in entities)
    return text, tuple(entity for entity in cut if entity.length > 0)


def _cut(entity: Entity, start: int, length: int) -> Entity:
    first = max(entity.offset - start, 0)
    last = min(entity.end - start, length)
    return replace(entity, offset=first, length=last - first)
