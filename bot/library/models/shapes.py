"""The basic shapes: strict models, short texts, lines with sources."""

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

SUMMARY_LENGTH = 320
POINT_LENGTH = 140
MOST_POINTS = 6
MOST_QUESTIONS = 8
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# The forms of frequency that sources give: EMA's five classes, or a share of people in a trial.
OFTEN = r"^(more than|up to|about|fewer than|at least) [\d,]+ in [\d,]+ people$"

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=POINT_LENGTH)]
Question = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"\?$")]
Summary = Annotated[str, StringConstraints(min_length=1, max_length=SUMMARY_LENGTH)]
Sources = Annotated[tuple[Id, ...], Field(min_length=1)]


def _iso(value: object) -> object:
    """A day is written 2026-11-22; pydantic alone would take any number for seconds since 1970."""
    if isinstance(value, str) and not ISO_DAY.fullmatch(value):
        raise ValueError("this must be a day, written like 2026-11-22")
    return value


Day = Annotated[date, BeforeValidator(_iso)]


class Model(BaseModel):
    """Strict about keys, frozen after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Point(Model):
    """One line of a card. ``sources`` only where they differ from the topic's own."""

    text: Sentence
    sources: tuple[Id, ...] = ()


def _point(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


PointLine = Annotated[Point, BeforeValidator(_point, json_schema_input_type=str | Point)]
Points = Annotated[tuple[PointLine, ...], Field(max_length=MOST_POINTS)]


class CitedPoint(Model):
    """A line that must name its own sources: a warning, a test, a line on pregnancy."""

    text: Sentence
    sources: Sources
