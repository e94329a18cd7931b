"""Which lines of a piece of content people read, and where they stand in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.library.models import Model
from bot.library.reading import Location

READ_BY_PEOPLE = {"summary", "text", "urgent_if", "meaning", "note"}


@dataclass(frozen=True)
class Line:
    """One text, its place, and the sources that it names itself."""

    at: Location
    text: str
    sources: tuple[str, ...] = ()


def lines_of(content: Model, at: Location = ()) -> Iterator[Line]:
    """Every line in ``content`` and in whatever it contains, in the order of its fields."""
    own: tuple[str, ...] = getattr(content, "sources", ()) if at else ()
    for name in type(content).model_fields:
        value = getattr(content, name)
        if name in READ_BY_PEOPLE and isinstance(value, str):
            yield Line((*at, name), value, own)
            continue
        items = value if isinstance(value, tuple) else (value,)
        for number, item in enumerate(items):
            if isinstance(item, Model):
                here = (*at, name, number) if isinstance(value, tuple) else (*at, name)
                yield from lines_of(item, here)
