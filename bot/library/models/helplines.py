"""Numbers to call and places to report to, by country; and what the countries are called."""

from typing import Annotated, Self

from pydantic import Field, HttpUrl, StringConstraints, model_validator

from bot.library.models.shapes import Day, Model, Name, Sentence

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]  # ISO 3166; EU stands for the EU
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
CountryName = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Number = Annotated[str, StringConstraints(pattern=r"\d", max_length=40)]  # as people dial it
Numbers = Annotated[tuple[Number, ...], Field(min_length=1)]
Hours = Annotated[str, StringConstraints(pattern=r"^(24/7|vary|\d\d:\d\d-\d\d:\d\d)$")]
Provenance = Annotated[str, StringConstraints(min_length=1, max_length=240)]


LISTS = (
    "countries",
    "advice",
    "crisis",
    "violence",
    "reporting",
)  # of Helplines, with an entry a country


class Entry(Model):
    """What every entry says: for which country, from where, and when it was last checked.

    ``checked`` null: nobody of this project opened the source yet. That counts as overdue.
    """

    country: Country
    source: Provenance
    checked: Day | None


class EmergencyNumbers(Entry):
    """The emergency numbers of one country, the first one first."""

    numbers: Numbers


class HelpLine(Entry):
    """A line to call, to text or to write to; at least one of these."""

    name: Name
    call: tuple[Number, ...] = ()
    text: Name | None = None
    web: HttpUrl | None = None
    hours: Hours | None = None
    note: Sentence | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.call or self.text or self.web):
            raise ValueError("a line needs one of call, text and web")
        return self


class CrisisLine(HelpLine):
    """Whom to call in despair, or who has been hurt by somebody."""


class AdviceLine(HelpLine):
    """Whom to call when it is urgent, and no danger to life."""


class ReportingScheme(Entry):
    """Where people report a side effect."""

    name: Name
    web: HttpUrl | None = None
    phone: Number | None = None
    note: Sentence | None = None


class Helplines(Model):
    """``helplines.yaml``. ``languages`` orders lists of countries and decides nothing else."""

    emergency: Numbers  # those that work in most places, most widely known first
    directory: HttpUrl  # crisis lines of all countries
    crisis_first: Annotated[tuple[Country, ...], Field(min_length=1)]
    languages: dict[Language, tuple[Country, ...]]
    countries: tuple[EmergencyNumbers, ...]
    advice: tuple[AdviceLine, ...] = ()
    crisis: tuple[CrisisLine, ...]
    violence: tuple[CrisisLine, ...] = ()
    reporting: tuple[ReportingScheme, ...]

    def emergency_in(self, country: str | None) -> EmergencyNumbers | None:
        """The emergency numbers of one country, where they are known."""
        return next((entry for entry in self.countries if entry.country == country), None)

    def advice_in(self, country: str | None) -> tuple[AdviceLine, ...]:
        """Lines for what is urgent and no danger to life."""
        return tuple(line for line in self.advice if line.country == country)

    def crisis_in(self, country: str | None) -> tuple[CrisisLine, ...]:
        """The crisis lines of one country."""
        return tuple(line for line in self.crisis if line.country == country)

    def violence_in(self, country: str | None) -> tuple[CrisisLine, ...]:
        """The lines of one country for whoever was hurt, threatened or raped."""
        return tuple(line for line in self.violence if line.country == country)

    def reporting_in(self, country: str | None) -> tuple[ReportingScheme, ...]:
        """Where people of one country report."""
        return tuple(scheme for scheme in self.reporting if scheme.country == country)


class HelplinesOverride(Model):
    """The operator's own file: the shape of ``helplines.yaml``, of which all may be left out."""

    emergency: Numbers | None = None
    directory: HttpUrl | None = None
    crisis_first: Annotated[tuple[Country, ...], Field(min_length=1)] | None = None
    languages: dict[Language, tuple[Country, ...]] | None = None
    countries: tuple[EmergencyNumbers, ...] | None = None
    advice: tuple[AdviceLine, ...] | None = None
    crisis: tuple[CrisisLine, ...] | None = None
    violence: tuple[CrisisLine, ...] | None = None
    reporting: tuple[ReportingScheme, ...] | None = None


class Countries(Model):
    """``countries.yaml`` of one language: what countries are called there.

    ``short`` is for lines where space is scarce; ``also`` are other names that people type.
    """

    names: dict[Country, CountryName]
    short: dict[Country, CountryName] = Field(default_factory=dict)
    also: dict[Country, tuple[CountryName, ...]] = Field(default_factory=dict)
