"""Which lines of a piece of content people read, and where they stand in it."""

from collections.abc import Collection, Iterator, Mapping
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


def texts_in(content: object, fields: Collection[str] = (), at: Location = ()) -> Iterator[Line]:
    """Every text in ``content``, whatever contains it; of ``fields`` alone where there are any."""
    if isinstance(content, str):
        named = next(step for step in reversed(at) if isinstance(step, str))
        if not fields or named in fields:
            yield Line(at, content)
    elif isinstance(content, Model):
        for name in type(content).model_fields:
            yield from texts_in(getattr(content, name), fields, (*at, name))
    elif isinstance(content, Mapping):
        for name, value in content.items():
            yield from texts_in(value, fields, (*at, str(name)))
    elif isinstance(content, tuple):
        for number, value in enumerate(content):
            yield from texts_in(value, fields, (*at, number))
