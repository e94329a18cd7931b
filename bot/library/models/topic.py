"""What every topic has, and the kinds of topic but for medicines."""

from hashlib import sha256
from typing import Annotated, ClassVar, Literal

from pydantic import Field, HttpUrl, StringConstraints

from bot.library.models.shapes import (
    Day,
    Id,
    Model,
    Name,
    PointLine,
    Points,
    Sentence,
    Sources,
    Summary,
)
from bot.library.models.vocabulary import Area, BodySystem, Group, Kind, Section, Urgency


class Correction(Model):
    """What was wrong in a topic, in words for those who have read it, and when it was put right."""

    date: Day
    text: Sentence


class TopicModel(Model):
    """What every topic has, whatever its kind."""

    kind: ClassVar[Kind]

    id: Id  # the file's name, filled in by the reader
    title: Name
    also: tuple[Name, ...] = Field(default=(), max_length=4)  # shown: "Also called: …"
    aliases: tuple[Name, ...] = ()  # understood, never shown
    shared: tuple[Name, ...] = ()  # claimed by several topics: all of them are offered
    ambiguous: tuple[Name, ...] = ()  # also an everyday word or somebody else's abbreviation
    lay: tuple[str, ...] = ()  # word groups: "hair + fall*|clump*|coming out"
    summary: Summary
    points: Points = ()
    sources: Sources
    reviewed: Day
    sensitive: bool = False
    wanted: tuple[str, ...] = ()  # what could not be found in a source yet
    correction: Correction | None = None  # shown, and told where the topic was said before

    def __hash__(self) -> int:
        return hash(self.id)  # pydantic would look at all that is said of it

    @property
    def version(self) -> str:
        """What tells its correction from an earlier one; "" where it has none."""
        if self.correction is None:
            return ""
        words = sha256(self.correction.text.encode()).hexdigest()
        return f"{self.correction.date} {words[:8]}"


class Organisation(Model):
    """A patient organisation; ``country`` as people read it ("US", "UK", "international")."""

    name: Name
    country: Name
    url: HttpUrl


class Condition(TopicModel):
    """An illness. ``part_of`` names the condition of which this one is a form."""

    kind = Kind.CONDITION

    systems: Annotated[tuple[BodySystem, ...], Field(min_length=1)]
    part_of: Id | None = None
    related: tuple[Id, ...] = ()
    organisations: tuple[Organisation, ...] = ()


class SideEffect(TopicModel):
    """A side effect: what it is, what to watch, and how soon to call whom."""

    kind = Kind.SIDE_EFFECT

    group: Group
    areas: Annotated[tuple[Area, ...], Field(min_length=1)]
    urgency: Urgency
    urgency_when: Annotated[str, StringConstraints(max_length=60)] | None = None
    urgency_basis: Literal["source", "judgement"]
    urgent_if: Sentence | None = None
    watch: Annotated[tuple[PointLine, ...], Field(min_length=1, max_length=3)]
    crisis_line: bool = False
    same_as: Id | None = None
    related: tuple[Id, ...] = ()


class Basic(TopicModel):
    """Something about the immune system or about how these medicines work or are given."""

    kind = Kind.BASIC

    section: Section
    examples: tuple[Name, ...] = ()  # the medicines to which a mechanism or a route belongs
    related: tuple[Id, ...] = ()


class Guide(TopicModel):
    """An answer to a question that people ask."""

    kind = Kind.GUIDE

    related: tuple[Id, ...] = ()
