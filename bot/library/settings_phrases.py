"""The phrases of ``/settings``, ``/stats`` and of what the bot says to a group by itself."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.library.blanks import Label, Line, OfName, blanks, complete
from bot.library.models import Model

OfValue = Annotated[str, blanks("value")]


class Choice(StrEnum):
    """The settings that are one of a few values."""

    REPLIES = "replies"
    PRIVATELY = "privately"
    COOLDOWN = "cooldown"
    MOST_REPLIES = "most_replies"
    MOST_TO_ONE = "most_to_one"
    MOST_COMMANDS = "most_commands"
    DELETE_AFTER = "delete_after"
    STATISTICS = "statistics"


class ChoicePage(Model):
    """One setting: its button, what it does, and that it has changed.

    ``labels``: what its values are called, but for numbers.
    """

    button: OfValue
    about: Line
    changed: OfValue
    labels: dict[str, Label] = Field(default_factory=dict)


class Threads(Model):
    """In which threads of a forum there are keyword replies."""

    button: OfValue
    about: Line
    all: Label
    some: Annotated[str, blanks("number")]
    this: Label
    general: Label
    other: Annotated[str, blanks("number")]
    add: Label
    drop: OfName
    clear: Label
    now_some: Line
    now_all: Line


class Weekly(Model):
    """The topic of the week: ``when`` it is posted, and what stands above it."""

    button: OfValue
    about: Line
    off: Label
    when: Annotated[str, blanks("day", "hour")]
    in_zone: Annotated[str, blanks("when", "zone")]
    zone: OfValue
    which_hour: Annotated[str, blanks("day", "zone")]
    which_continent: Line
    which_zone: Line
    now_off: Line
    changed: OfValue
    days: Annotated[tuple[Label, ...], Field(min_length=7, max_length=7)]  # Monday first
    continents: dict[str, Label]
    heading: Line


class GroupCountry(Model):
    """The country whose numbers a group is given."""

    button: OfValue
    about: Line
    none: Label
    changed: OfValue
    now_none: Line


class Stats(Model):
    """``/stats``."""

    title: Annotated[str, blanks("first", "last")]
    total: Annotated[str, blanks("number")]
    by_day: Annotated[str, blanks("most")]
    days: Annotated[str, blanks("bars", "date")]
    row: Annotated[str, blanks("bar", "number", "name")]
    others: Label
    nothing: Line
    off: Line
    note: Line


class Settings(Model):
    """What the admins of a group are told."""

    title: Line
    title_of: OfName
    about: Line
    in_private: Label
    close: Label
    closed: Line
    button: Label
    admins_only: Line
    not_yours: Line
    how: Line
    not_saved: Line
    not_now: Line
    cannot_read: Line
    budget: OfValue
    about_budget: Line
    minutes: Annotated[str, blanks("number")]
    hours: Annotated[str, blanks("number")]
    hello: Line
    forgotten: Line
    choices: Annotated[dict[Choice, ChoicePage], complete(Choice)]
    threads: Threads
    country: GroupCountry
    weekly: Weekly
    stats: Stats
