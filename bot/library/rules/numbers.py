"""Rules on helplines. An old number is a warning, never an error: it may still be right."""

from collections.abc import Iterator

from bot.library.dates import number_due, number_is_old
from bot.library.models import CrisisLine
from bot.library.models.helplines import LISTS, Entry
from bot.library.problems import Problem, Severity
from bot.library.reading import Location
from bot.library.rules.desk import Desk

PATH = "helplines.yaml"


def numbers_are_due(desk: Desk) -> Iterator[Problem]:
    """A crisis line is checked again after 90 days, another number after twelve months."""
    for at, entry in entries(desk):
        crisis = isinstance(entry, CrisisLine)
        if not number_is_old(entry.checked, desk.today, crisis=crisis):
            continue
        if entry.checked is None:
            message = f"{entry.country}: nobody has checked this yet"
        else:
            day = number_due(entry.checked, crisis=crisis)
            message = f"{entry.country}: was due for a new check on {day}"
        yield desk.problem(PATH, (*at, "checked"), message, Severity.WARNING)


def countries_have_names(desk: Desk) -> Iterator[Problem]:
    """Every country of helplines.yaml is called something in every language."""
    helplines, names = desk.edition.helplines, desk.edition.countries.names
    places: list[tuple[Location, str]] = [
        ((*at, "country"), entry.country) for at, entry in entries(desk)
    ]
    places += [
        (("crisis_first", number), country) for number, country in enumerate(helplines.crisis_first)
    ]
    for language, spoken_in in helplines.languages.items():
        places += [(("languages", language, number), c) for number, c in enumerate(spoken_in)]
    for at, country in places:
        if country not in names:
            message = f"no name for {country} in {desk.edition.language}/countries.yaml"
            yield desk.problem(PATH, at, message)


def entries(desk: Desk) -> Iterator[tuple[Location, Entry]]:
    """Every number and scheme, with its place in the file."""
    for name in LISTS:
        for number, entry in enumerate(getattr(desk.edition.helplines, name)):
            yield (name, number), entry
