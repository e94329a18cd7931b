"""The bot's own words: which phrases there must be, and which blanks each of them has."""

from collections.abc import Mapping
from enum import StrEnum
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from bot.library.models import Area, BodySystem, Group, Model, Section, Urgency


def blanks(*names: str) -> AfterValidator:
    """A validator: the phrase has exactly these blanks in braces, no more and no fewer."""

    def check(phrase: str) -> str:
        try:
            found = {field for _, field, _, _ in Formatter().parse(phrase) if field is not None}
        except ValueError as error:
            raise ValueError(f"braces that do not match: {error}") from None
        if found != set(names):
            wanted = ", ".join(f"{{{name}}}" for name in names) or "no braces at all"
            raise ValueError(f"this phrase must have {wanted}")
        return phrase

    return AfterValidator(check)


def complete(keys: type[StrEnum]) -> AfterValidator:
    """A validator: the mapping has a phrase for every member of ``keys``."""

    def check(phrases: Mapping[StrEnum, str]) -> Mapping[StrEnum, str]:
        missing = [member.value for member in keys if member not in phrases]
        if missing:
            raise ValueError(f"no phrase for {', '.join(missing)}")
        return phrases

    return AfterValidator(check)


Line = Annotated[str, StringConstraints(min_length=1), blanks()]
Label = Annotated[str, StringConstraints(min_length=1, max_length=40), blanks()]
Description = Annotated[str, StringConstraints(min_length=1, max_length=256), blanks()]
OfName = Annotated[str, blanks("name")]
OfText = Annotated[str, blanks("text")]
OfDate = Annotated[str, blanks("date")]


class Commands(Model):
    """What Telegram's own command menu says of each command."""

    start: Description
    condition: Description
    sideeffects: Description
    howitworks: Description
    glossary: Description
    about: Description
    help: Description


class Profile(Model):
    """What Telegram shows of the bot before a person starts it."""

    description: Annotated[str, StringConstraints(max_length=512)]
    short_description: Annotated[str, StringConstraints(max_length=120)]


class Buttons(Model):
    """Labels that stand in many places."""

    conditions: Label
    side_effects: Label
    medicines: Label
    how_they_work: Label
    guides: Label
    glossary: Label
    help: Label
    about: Label
    back: Label
    home: Label
    next: Label
    previous: Label
    sources: Label
    wrong: Label
    by_area: Label
    serious: Label


class Start(Model):
    """``/start``, ``/help``, ``/about``."""

    welcome: Line
    help: Line
    about: Annotated[str, blanks("version", "oldest")]
    contact: Annotated[str, blanks("contact")]
    no_contact: Line


class Cards(Model):
    """The fixed lines of a card."""

    also_called: Annotated[str, blanks("names")]
    watch: Line
    urgent_if: OfText
    worried: Line
    crisis: Annotated[str, blanks("lines", "directory")]
    crisis_line: Annotated[str, blanks("countries", "name", "call")]
    part_of: OfName
    examples: Annotated[str, blanks("medicines")]
    checked: OfDate
    overdue: OfDate
    common_is_the_articles: Line
    rare_is_the_articles: Line


class Actions(Model):
    """What to do about a side effect, in words. ``when`` limits an emergency."""

    emergency: Annotated[str, blanks("numbers")]
    emergency_when: Annotated[str, blanks("numbers", "when")]
    today: Line
    call: Line
    next_visit: Line

    def for_urgency(self, urgency: Urgency) -> str:
        """The phrase for one urgency."""
        return {
            Urgency.EMERGENCY: self.emergency,
            Urgency.TODAY: self.today,
            Urgency.CALL: self.call,
            Urgency.NEXT_VISIT: self.next_visit,
        }[urgency]


class SourcePage(Model):
    """The page behind the Sources button."""

    title: OfName
    entry: Annotated[str, blanks("link", "publisher", "date")]
    stored_copy: Annotated[str, blanks("link", "publisher", "date")]
    organisation: Annotated[str, blanks("link", "country")]
    no_review: Line


class Menus(Model):
    """Titles and texts of menus and lists."""

    conditions: Line
    side_effects: Line
    areas: Line
    serious: Annotated[str, blanks("numbers")]
    how_they_work: Line
    glossary: Line
    letter: Annotated[str, blanks("letter")]
    page: Annotated[str, blanks("page", "pages")]
    systems: Annotated[dict[BodySystem, Label], complete(BodySystem)]
    area_names: Annotated[dict[Area, Label], complete(Area)]
    groups: Annotated[dict[Group, Label], complete(Group)]
    sections: Annotated[dict[Section, Label], complete(Section)]


class Talk(Model):
    """Answers to what is no topic."""

    unknown: Annotated[str, blanks("name")]
    close: Line
    which: OfName
    not_understood: Annotated[str, blanks("numbers", "directory")]
    text_only: Line
    gone: Line


class Dates(Model):
    """How a date is written."""

    months: Annotated[tuple[Line, ...], Field(min_length=12, max_length=12)]  # January first
    date: Annotated[str, blanks("day", "month", "year")]
    list_or: Annotated[str, blanks("first", "last")]


class Phrases(Model):
    """``phrases.yaml`` of one language: all of it must be there."""

    disclaimer: Line
    commands: Commands
    profile: Profile
    buttons: Buttons
    start: Start
    cards: Cards
    actions: Actions
    sources: SourcePage
    menus: Menus
    talk: Talk
    dates: Dates
