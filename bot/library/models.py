"""The shapes of everything that editors write, as frozen pydantic models.

One file in ``content/en/<kind>/`` is one topic. The limits on lengths come from the house rules
(a card fits a phone screen); ``content/README.md`` explains every field to editors.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    model_validator,
)

SUMMARY_LENGTH = 320
POINT_LENGTH = 140
MOST_POINTS = 6
# The forms of frequency that sources give: EMA's five classes, or a share of people in a trial.
OFTEN = r"^(more than|up to|about|fewer than|at least) [\d,]+ in [\d,]+ people$"

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=POINT_LENGTH)]
Summary = Annotated[str, StringConstraints(min_length=1, max_length=SUMMARY_LENGTH)]
Sources = Annotated[tuple[Id, ...], Field(min_length=1)]


class Model(BaseModel):
    """Strict about keys, frozen after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Kind(StrEnum):
    """The five kinds of topic; the values stand in deep links (``condition_crohns-disease``)."""

    CONDITION = "condition"
    MEDICINE = "medicine"
    SIDE_EFFECT = "sideeffect"
    GUIDE = "guide"
    BASIC = "basic"


class BodySystem(StrEnum):
    """Where the menu of conditions puts a condition."""

    NERVES = "brain-and-nerves"
    GUT = "gut"
    JOINTS = "joints"
    BLOOD = "blood"
    SKIN = "skin"
    LUNGS_HEART = "lungs-and-heart"
    KIDNEY = "kidney"
    FEVERS = "periodic-fevers"


class Area(StrEnum):
    """Where in the body a side effect is felt or measured."""

    WHOLE_BODY = "whole-body"
    HEAD_MIND = "head-and-mind"
    HEART = "heart-and-circulation"
    BREATHING = "breathing"
    GUT = "gut"
    LIVER = "liver"
    KIDNEY = "kidney-and-bladder"
    SKIN_HAIR = "skin-and-hair"
    MUSCLES_JOINTS = "muscles-and-joints"
    BLOOD = "blood"
    PREGNANCY = "pregnancy"


class Group(StrEnum):
    """The article's own headings, and ``serious`` for what the article leaves out."""

    COMMON = "common"
    RARE = "rare"
    LIVER = "liver"
    KIDNEY = "kidney"
    SERIOUS = "serious"


class Urgency(StrEnum):
    """What to do about a side effect, from the most to the least urgent."""

    EMERGENCY = "emergency"
    TODAY = "today"
    CALL = "call-team"
    NEXT_VISIT = "next-visit"


class Section(StrEnum):
    """The parts of ``/howitworks``."""

    ABOUT = "about"
    MECHANISM = "mechanism"
    IMMUNE_SYSTEM = "immune-system"
    IMMUNITY = "immunity"
    ROUTE = "route"


class Point(Model):
    """One line of a card. ``sources`` only where they differ from the topic's own."""

    text: Sentence
    sources: tuple[Id, ...] = ()


def _point(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


PointLine = Annotated[Point, BeforeValidator(_point, json_schema_input_type=str | Point)]
Points = Annotated[tuple[PointLine, ...], Field(max_length=MOST_POINTS)]


class Organisation(Model):
    """A patient organisation; ``country`` as people read it ("US", "UK", "international")."""

    name: Name
    country: Name
    url: HttpUrl


class TopicModel(Model):
    """What every topic has, whatever its kind."""

    kind: ClassVar[Kind]

    id: Id  # the file's name, filled in by the reader
    title: Name
    also: tuple[Name, ...] = Field(default=(), max_length=4)  # shown: "Also called: …"
    aliases: tuple[Name, ...] = ()  # understood, never shown
    shared: tuple[Name, ...] = ()  # claimed by several topics: all of them are offered
    ambiguous: tuple[Name, ...] = ()  # also an everyday word or somebody else's abbreviation
    summary: Summary
    points: Points = ()
    sources: Sources
    reviewed: date
    sensitive: bool = False
    wanted: tuple[str, ...] = ()  # what could not be found in a source yet


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


class Family(StrEnum):
    """The menu of medicines by kind."""

    INTERFERONS = "interferons"
    FUMARATES = "fumarates"
    S1P = "s1p-modulators"
    CD20 = "cd20-antibodies"
    OTHER_MS = "other-ms-medicines"
    HAE = "hae-medicines"
    IL1 = "il-1-blockers"
    IL6 = "il-6-blockers"
    IL12_17_23 = "il-12-17-23-blockers"
    TNF = "tnf-blockers"
    JAK = "jak-inhibitors"
    INTEGRIN = "integrin-blockers"
    DMARDS = "conventional-dmards"
    TRANSPLANT = "transplant-medicines"
    STEROIDS = "steroids"
    IMIDS = "imids"
    CANCER = "cancer-and-cell-therapies"
    ANTIBODIES = "other-antibodies"
    SKIN = "skin-medicines"
    OTHER = "other-medicines"


class Withdrawn(Model):
    """A brand that is no longer sold, or was refused: where, and since when."""

    name: Name
    where: Name
    year: int


class Brands(Model):
    """Brand names. ``biosimilars`` are those of any region."""

    us: tuple[Name, ...] = ()
    eu_uk: tuple[Name, ...] = ()
    biosimilars: tuple[Name, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()

    def names(self) -> Iterator[str]:
        """Every brand name once, withdrawn ones included."""
        withdrawn = (brand.name for brand in self.withdrawn)
        yield from dict.fromkeys([*self.us, *self.eu_uk, *self.biosimilars, *withdrawn])


class Use(Model):
    """What a medicine is used for, and how official that is.

    ``where`` says in which region it is approved; ``article``: only the article names this use.
    """

    condition: Id
    status: Literal["approved", "off-label", "article"]
    where: Literal["US", "EU", "US+EU"] | None = None
    note: Annotated[str, StringConstraints(max_length=120)] | None = None
    sources: Sources

    @model_validator(mode="after")
    def _approved_somewhere(self) -> Self:
        if (self.status == "approved") != (self.where is not None):
            raise ValueError("'where' belongs to an approved use, and to no other")
        return self


class CitedPoint(Model):
    """A line that must name its own sources: a warning, a test, a line on pregnancy."""

    text: Sentence
    sources: Sources


class Effect(Model):
    """One side effect that a medicine's source lists.

    ``effect`` is the id of a card; ``name`` is for what has none. ``often`` stands in the source.
    """

    effect: Id | None = None
    name: Annotated[str, StringConstraints(max_length=60)] | None = None
    often: Annotated[str, StringConstraints(pattern=OFTEN)] | None = None

    @model_validator(mode="after")
    def _one_name(self) -> Self:
        if (self.effect is None) == (self.name is None):
            raise ValueError("give either 'effect', the id of a card, or 'name'")
        return self


class Effects(Model):
    """What one source lists: ``at`` is the part of it where the lines stand."""

    sources: Sources
    at: Annotated[str, StringConstraints(max_length=80)]
    lines: Annotated[tuple[Effect, ...], Field(min_length=1, max_length=20)]


class Medicine(TopicModel):
    """A medicine, by its generic name."""

    kind = Kind.MEDICINE

    immunomodulator: bool = True
    biological: bool = False
    family: Family
    drug_class: Name
    mechanisms: tuple[Id, ...] = ()
    routes: Annotated[tuple[Id, ...], Field(min_length=1)]
    brands: Brands = Brands()
    uses: tuple[Use, ...] = ()
    other_uses: CitedPoint | None = None
    warnings: Annotated[tuple[CitedPoint, ...], Field(max_length=4)] = ()
    tests: Annotated[tuple[CitedPoint, ...], Field(max_length=4)] = ()
    pregnancy: CitedPoint | None = None
    side_effects: tuple[Effects, ...] = ()
    related: tuple[Id, ...] = ()


class Guide(TopicModel):
    """An answer to a question that people ask."""

    kind = Kind.GUIDE

    related: tuple[Id, ...] = ()


Topic = Condition | Medicine | SideEffect | Basic | Guide
FOLDERS: dict[str, type[Topic]] = {
    "conditions": Condition,
    "medicines": Medicine,
    "side-effects": SideEffect,
    "basics": Basic,
    "guides": Guide,
}


class Term(Model):
    """One entry of the glossary."""

    term: Name
    aliases: tuple[Name, ...] = ()
    meaning: Annotated[str, StringConstraints(min_length=1, max_length=240)]
    topic: Id | None = None
    sources: Sources
    reviewed: date
    wanted: tuple[str, ...] = ()


class Publisher(Model):
    """An official or well-known publisher. Links lead to its ``hosts`` and nowhere else."""

    name: Name
    hosts: Annotated[tuple[str, ...], Field(min_length=1)]


class Source(Model):
    """A page that somebody of this project opened on ``checked``.

    ``stored_copy`` is true where not the live page but a stored copy of it was read.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    publisher: Id
    url: HttpUrl
    checked: date
    stored_copy: bool = False


class SourceList(Model):
    """``sources.yaml``: every source once."""

    publishers: dict[Id, Publisher]
    sources: dict[Id, Source]


class Glossary(Model):
    """``glossary.yaml`` of one language."""

    terms: tuple[Term, ...]


class CrisisLine(Model):
    """Whom to call in despair. ``checked`` null: nobody opened the source yet."""

    countries: Annotated[tuple[Name, ...], Field(min_length=1)]  # as people read them
    name: Name
    call: Name
    source: HttpUrl
    checked: date | None


class Helplines(Model):
    """``helplines.yaml``: numbers to call."""

    emergency: tuple[Name, ...]  # the numbers that work in most places, most widely known first
    directory: HttpUrl  # crisis lines of all countries
    crisis: tuple[CrisisLine, ...]
