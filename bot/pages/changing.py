"""A press on a choice of ``/settings`` -> what is to be changed, and what is said of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot import zones
from bot.library.settings_phrases import Choice
from bot.pages import weekly
from bot.pages.group import ABOUT, MAIN, SET, Group
from bot.pages.helplines import name_of
from bot.pages.page import Go, View
from bot.pages.settings import (
    ALL,
    BUDGET,
    COUNTRY,
    IN_BUDGET,
    NOT,
    THREADS,
    VALUES,
    as_text,
    small,
    value_label,
)
from bot.settings import GroupSettings, Weekly

MOST_THREADS = 50


@dataclass(frozen=True)
class Change:
    """What is to be kept of the group: ``settings``, or its ``country`` where that is changed.

    ``said``: the line (plain) that confirms it; ``then``: the page that follows.
    """

    said: str
    then: Go
    settings: Mapping[str, Any] = field(default_factory=dict)
    is_country: bool = False
    country: str | None = None


def change(view: View, group: Group, go: Go) -> Change:
    """What the address of a change asks for.

    Raises:
        KeyError, ValueError: there is no such setting or no such value (any more).
    """
    name, _, value = go.via.partition(SET)
    if name in set(Choice):
        return _chosen(view, group, Choice(name), value)
    return CHANGES[name](view, group, value)


def _chosen(view: View, group: Group, choice: Choice, text: str) -> Change:
    value = next((one for one in VALUES[choice] if as_text(one) == text), None)
    if value is None:
        raise ValueError(text)
    form = view.edition.phrases.settings.choices[choice].changed
    said = form.format(value=small(value_label(view, choice, value)))
    after = group.to(BUDGET if choice in IN_BUDGET else MAIN)
    return Change(said, after, {choice.value: value if isinstance(value, bool | int) else text})


def _threads(view: View, group: Group, value: str) -> Change:
    phrases = view.edition.phrases.settings.threads
    chosen = _those_chosen(group, value)
    if len(chosen) > MOST_THREADS:
        raise ValueError("too many to be shown")
    said = phrases.now_some if chosen else phrases.now_all
    settings = GroupSettings(threads=tuple(sorted(chosen)))
    return Change(said, group.to(THREADS), {THREADS: list(settings.threads)})


def _those_chosen(group: Group, value: str) -> set[int]:
    chosen = set(group.settings.threads)
    if value == ALL:
        return set()
    if value.startswith(NOT):
        return chosen - {int(value.removeprefix(NOT))}
    return chosen | {int(value)}


def _country(view: View, group: Group, code: str) -> Change:
    phrases = view.edition.phrases.settings.country
    if code and view.edition.helplines.emergency_in(code) is None:
        raise KeyError(code)
    said = phrases.changed.format(value=name_of(view, code)) if code else phrases.now_none
    return Change(said, group.to(MAIN), is_country=True, country=code or None)


def _weekly(view: View, group: Group, value: str) -> Change:
    """A weekday and an hour; where no zone is known, that is the next question."""
    if value == weekly.OFF:
        said = view.edition.phrases.settings.weekly.now_off
        return Change(said, group.to(MAIN), {weekly.WEEKLY: None})
    day, _, hour = value.partition(ABOUT)
    zone = weekly.zone_of(group)
    when = Weekly(weekday=int(day), hour=int(hour), zone=zone)
    is_asked = group.settings.weekly is None and zone == zones.UTC
    return _posted(view, group, when, weekly.ZONE if is_asked else MAIN)


def _zone(view: View, group: Group, zone: str) -> Change:
    if group.settings.weekly is None:
        raise ValueError("the weekly topic is off")
    when = Weekly.model_validate({**group.settings.weekly.model_dump(), "zone": zone})
    return _posted(view, group, when, MAIN)


def _posted(view: View, group: Group, when: Weekly, then: str) -> Change:
    said = view.edition.phrases.settings.weekly.changed.format(value=weekly.in_words(view, when))
    return Change(said, group.to(then), {weekly.WEEKLY: when.model_dump()})


CHANGES: dict[str, Callable[[View, Group, str], Change]] = {
    THREADS: _threads,
    COUNTRY: _country,
    weekly.WEEKLY: _weekly,
    weekly.ZONE: _zone,
}
