"""Red flags: the words that mean an emergency, what takes the alarm away, and what to say."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.library.blanks import blanks
from bot.library.models.shapes import Day, Id, Model, Name, Sources

A_WORD = re.compile(r"\w")
SEPARATORS = re.compile(r" [+>&] |\|")  # near · soon after · anywhere in the message · or
LIST_NAME = re.compile(r"<([^<>]*)>")
MEDICINES = "medicine"  # the list to which the names of all immunomodulators are added
FEWEST_EXAMPLES = 10


class Level(StrEnum):
    """How urgent: call the emergency number, or get medical help today."""

    EMERGENCY = "emergency"
    URGENT = "urgent"


class Calm(StrEnum):
    """What may take an alarm away: the parts of ``calming``."""

    PAST = "past"
    GENERAL = "general"
    FIGURATIVE = "figurative"
    FICTION = "fiction"


def _parted(written: str) -> str:
    """Word groups, parted by ``+ > & |``: each part has a word in it."""
    if all(A_WORD.search(part) for part in SEPARATORS.split(written)):
        return written
    raise ValueError("a word is missing beside '+', '>', '&' or '|'")


Sign = Annotated[str, StringConstraints(min_length=1), AfterValidator(_parted)]
Signs = Annotated[tuple[Sign, ...], Field(min_length=1)]
Examples = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1)], ...],
    Field(min_length=FEWEST_EXAMPLES),
]
Single = tuple[Annotated[str, StringConstraints(pattern=r"^[\w'’]+$")], ...]  # single words
Said = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Raised(Model):
    """What makes an urgent flag an emergency, and what is said then."""

    words: Signs
    do: Said


class Flag(Model):
    """One red flag. ``alone``: words that count only in a message that says little else.

    ``unless``: words near those that raised the alarm, which take it away from this flag. Nothing
    but "no" or "not" right before them takes away ``certain`` words. ``call``: whom to call and
    when, where "call now" would be too much. ``crisis_line``, ``violence_line``: which help lines
    stand below. ``reviewed`` null: nobody has
    compared these lines with their sources yet.
    """

    id: Id
    level: Level
    title: Name
    name: Said  # what it may be
    do: Said  # one thing to do now
    call: Annotated[str, blanks("numbers")] | None = None
    crisis_line: bool = False
    violence_line: bool = False
    laughed_off: bool = False  # "can't breathe 😂"
    words: Signs
    certain: tuple[Sign, ...] = ()
    alone: tuple[Sign, ...] = ()
    unless: tuple[Sign, ...] = ()
    raised: Raised | None = None
    sources: Sources
    reviewed: Day | None
    wanted: tuple[str, ...] = ()
    matches: Examples
    quiet: Examples

    def level_of(self, *, raised: bool) -> Level:
        """How urgent it is where the words of ``raised`` stand beside its own, or not."""
        return Level.EMERGENCY if raised else self.level

    @model_validator(mode="after")
    def _raised_from_urgent(self) -> Self:
        if self.raised and self.level is Level.EMERGENCY:
            raise ValueError("'raised' is for flags of level urgent: this one is an emergency")
        return self


class Denial(Model):
    """``words`` that deny what follows at once, or after nothing but words of ``between``."""

    words: Sign
    between: Single


class Calming(Model):
    """What takes an alarm away, for all flags that do not say otherwise.

    Three lists protect an alarm: words of this moment (``now``) and of a person (``mine``) in the
    same clause, and anywhere in the message words of what is ``happening``. Words of this moment
    that are part of a general question ("just wondering if") protect nothing. In a story somebody
    ``who`` is told of, and no word of one's ``own``, takes away even what is certain; of what
    stands in quotation marks, it counts who says it. ``but`` are words that
    begin a new clause; before ``either`` stands what is denied together with what follows; and
    ``told`` are verbs of a clause that is over, if its sentence goes on to say so. A sentence that
    begins with a word of ``asking``, or of ``asked`` where there is a question mark, is a general
    question if the message has no word of ``own`` or ``person``.
    ``laughing`` are faces that take away an alarm of flags that are ``laughed_off``. ``beside`` are
    the words that may stand beside those of a flag that count only ``alone``.
    """

    negation: Annotated[tuple[Denial, ...], Field(min_length=1)]
    past: Signs
    general: Signs
    figurative: Signs
    fiction: Signs
    now: Signs
    mine: Signs
    happening: Signs
    but: Single
    either: Single
    told: Single
    asking: Single
    asked: Single
    own: Single
    person: Single
    who: Single
    beside: Single
    laughing: Annotated[tuple[str, ...], Field(min_length=1)]


class Urgent(Model):
    """``urgent.yaml``: of several flags of one level, the first in the file is the answer.

    ``lists`` are words with a name: ``<cannot>`` in any word group stands for them. ``misspelt``:
    words as people type them, and what they mean; most slips are found without it.
    """

    lists: dict[Id, Signs] = Field(default_factory=dict)
    misspelt: dict[str, str] = Field(default_factory=dict)
    calming: Calming
    flags: Annotated[tuple[Flag, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _lists_are_known(self) -> Self:
        unknown = {name for name in LIST_NAME.findall(" ".join(_signs(self))) if name != MEDICINES}
        if missing := sorted(unknown - set(self.lists)):
            raise ValueError(f"no list is called {', '.join(map(repr, missing))}")
        return self

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [flag.id for flag in self.flags]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"two flags are called {', '.join(map(repr, twice))}")
        return self


def _signs(content: object) -> Iterator[str]:
    """Every text in ``content``, word groups among them."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Model):
        for name in type(content).model_fields:
            yield from _signs(getattr(content, name))
    elif isinstance(content, dict):
        yield from _signs(tuple(content.values()))
    elif isinstance(content, tuple):
        for item in content:
            yield from _signs(item)
