"""Rules on dates. The day comes as an argument: nothing turns red by itself as time passes."""

from collections.abc import Iterator
from datetime import date

from bot.library.dates import due
from bot.library.problems import Problem, Severity
from bot.library.reading import Location
from bot.library.rules import numbers
from bot.library.rules.desk import Desk


def not_in_the_future(desk: Desk) -> Iterator[Problem]:
    """Nobody has reviewed or corrected anything, or opened a source, on a day yet to come."""
    dated = (*_reviews(desk), *_corrections(desk), *_sources(desk), *_numbers(desk))
    for path, location, day in dated:
        if day > desk.today:
            yield desk.problem(path, location, f"{day} is in the future")


def reviews_are_due(desk: Desk) -> Iterator[Problem]:
    """A topic is checked again after twelve months: a warning."""
    for path, location, day in _reviews(desk):
        if desk.today >= due(day):
            message = f"was due for a new check on {due(day)}"
            yield desk.problem(path, location, message, Severity.WARNING)


def _reviews(desk: Desk) -> Iterator[tuple[str, Location, date]]:
    for topic in desk.edition.topics.values():
        yield desk.path(topic), ("reviewed",), topic.reviewed
    for path, number, term in desk.terms():
        yield path, ("terms", number, "reviewed"), term.reviewed


def _corrections(desk: Desk) -> Iterator[tuple[str, Location, date]]:
    for topic in desk.edition.topics.values():
        if topic.correction:
            yield desk.path(topic), ("correction", "date"), topic.correction.date


def _sources(desk: Desk) -> Iterator[tuple[str, Location, date]]:
    for name, source in desk.edition.sources.items():
        yield "sources.yaml", ("sources", name, "checked"), source.checked


def _numbers(desk: Desk) -> Iterator[tuple[str, Location, date]]:
    for at, entry in numbers.entries(desk):
        if entry.checked is not None:
            yield numbers.PATH, (*at, "checked"), entry.checked
