"""A medicine: its brands, its uses and how official they are, what its sources list."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from bot.library.models.shapes import OFTEN, CitedPoint, Id, Model, Name, Sources
from bot.library.models.topic import TopicModel
from bot.library.models.vocabulary import Family, Kind


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
