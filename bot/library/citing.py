"""Which sources a piece of content names, and where in it."""

from collections.abc import Iterator

from bot.library.models import Model
from bot.library.reading import Location


def citations(content: Model, at: Location = ()) -> Iterator[tuple[Location, str]]:
    """Every id of a source in ``content`` and in whatever it contains, with its location."""
    for name in type(content).model_fields:
        value = getattr(content, name)
        items = value if isinstance(value, tuple) else (value,)
        for number, item in enumerate(items):
            here = (*at, name, number) if isinstance(value, tuple) else (*at, name)
            if isinstance(item, Model):
                yield from citations(item, here)
            elif name == "sources":
                yield here, item


def cited(content: Model) -> tuple[str, ...]:
    """The ids of all sources of ``content``, each once: its own first, then those of its lines."""
    own = getattr(content, "sources", ())
    return tuple(dict.fromkeys([*own, *(source for _, source in citations(content))]))
