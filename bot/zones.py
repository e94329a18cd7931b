"""Time zones: which there are, by continent and by country, as the tz database lists them."""

from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

UTC = "UTC"


@cache
def known() -> frozenset[str]:
    """Every name that stands for a zone; looked up once, since that reads some hundred files."""
    return frozenset(available_timezones())


def continents() -> tuple[str, ...]:
    """The parts of the world under which zones are listed: "Africa", "America" …"""
    return tuple(sorted({name.partition("/")[0] for _, name in _listed()}))


def zones_in(continent: str) -> tuple[str, ...]:
    """The zones of one of ``continents``, by name."""
    return tuple(sorted(name for _, name in _listed() if name.partition("/")[0] == continent))


def zones_of(country: str | None) -> tuple[str, ...]:
    """The zones of a country (ISO 3166), the one with most people first; none of an unknown one."""
    return tuple(name for code, name in _listed() if code == country)


@cache
def _listed() -> tuple[tuple[str, str], ...]:
    """Country and zone, line by line of ``zone.tab``, which lists each zone under its present
    name and leaves out former ones."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return tuple((country, name) for country, _, name, *_ in lines if name in known())
