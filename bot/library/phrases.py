"""The bot's own words: which phrases there must be, and which blanks each of them has."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.library.blanks import (
    Description,
    Label,
    Line,
    OfDate,
    OfName,
    OfText,
    blanks,
    complete,
)
from bot.library.group_phrases import InGroups
from bot.library.models import (
    Area,
    BodySystem,
    Family,
    Group,
    Kind,
    Model,
    Section,
    SmallTalk,
    Urgency,
)
from bot.library.models.shapes import Id
from bot.library.number_phrases import NumberPages
from bot.library.settings_phrases import Settings


class Commands(Model):
    """What Telegram's own command menu says of each command."""

    start: Description
    condition: Description
    medicine: Description
    sideeffects: Description
    howitworks: Description
    guide: Description
    find: Description
    visit: Description
    glossary: Description
    urgent: Description
    report: Description
    about: Description
    privacy: Description
    forget: Description
    settings: Description
    stats: Description
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
    tell: Label
    by_area: Label
    serious: Label
    by_condition: Label
    by_kind: Label
    a_to_z: Label
    brands: Label
    uses: Label
    taken: Label
    care: Label
    questions: Label
    send_questions: Label
    medicines_that_list_it: Label
    urgent: Label
    report: Label
    another_country: Label
    remember: Annotated[str, blanks("country")]
    forget_country: Label
    privacy: Label
    forget: Label


class Start(Model):
    """``/start``, ``/help``, ``/about``."""

    welcome: Line
    how: Line
    help: Line
    about: Annotated[str, blanks("version", "oldest")]
    contact: Annotated[str, blanks("contact")]
    no_contact: Line


class Privacy(Model):
    """``/privacy`` and ``/forget``."""

    title: Line
    lines: Annotated[tuple[Line, ...], Field(min_length=6, max_length=6)]
    forgotten: Line
    not_now: Line


class Cards(Model):
    """The fixed lines of a card."""

    also_called: Annotated[str, blanks("names")]
    watch: Line
    urgent_if: OfText
    worried: Line
    worried_after: Line
    crisis: Annotated[str, blanks("lines")]
    part_of: OfName
    examples: Annotated[str, blanks("medicines")]
    checked: OfDate
    overdue: OfDate
    corrected: Annotated[str, blanks("date", "text")]
    tell_noted: Line
    in_the_article: dict[Group, Line]


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


class Medicines(Model):
    """The fixed lines of a medicine's card and of its pages."""

    none: Line
    kind: OfName
    brands: Annotated[str, blanks("names")]
    brands_us: Annotated[str, blanks("names")]
    brands_eu_uk: Annotated[str, blanks("names")]
    biosimilars: Annotated[str, blanks("names")]
    withdrawn: Annotated[str, blanks("name", "where", "year")]
    no_brands: Line
    used_for: Annotated[str, blanks("names")]
    off_label_short: OfName
    article_short: OfName
    approved: Annotated[str, blanks("name", "where")]
    off_label: OfName
    article: OfName
    regions: Annotated[dict[Literal["US", "EU", "US+EU"], Line], Field(min_length=3)]
    no_uses: Line
    taken: Annotated[str, blanks("routes")]
    works: Annotated[str, blanks("mechanisms")]
    no_dose: Line
    warnings: Line
    tests: Line
    ask_tests: Line
    pregnancy: Line
    pregnancy_always: Line
    batch: Line
    effects: Line
    effect: Annotated[str, blanks("name", "often")]
    effects_from: Annotated[str, blanks("sources", "part")]
    no_effects: Line
    not_listed: OfName
    for_condition: OfName
    that_list: OfName


class Alarm(Model):
    """What a red flag is answered with, whichever it is."""

    call: Annotated[str, blanks("numbers")]
    today: Annotated[str, blanks("numbers")]


class Inline(Model):
    """Inline mode: ``@bot crohns`` in any chat. ``useful`` are topics for an empty query."""

    button: Label
    open: Label
    useful: tuple[Id, ...]


class Visits(Model):
    """``/visit``: questions to take along."""

    menu: Line
    title: OfName
    general: Line


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
    medicines: Line
    medicines_by_condition: Line
    medicines_by_kind: Line
    guides: Line
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
    families: Annotated[dict[Family, Label], complete(Family)]
    sections: Annotated[dict[Section, Label], complete(Section)]


class Talk(Model):
    """Answers to what is no topic."""

    unknown: Annotated[str, blanks("name")]
    did_you_mean: Line
    of_kind: OfName
    several: Line
    found: Annotated[str, blanks("words")]
    found_nothing: Annotated[str, blanks("words")]
    find_what: Line
    small: Annotated[dict[SmallTalk, Line], complete(SmallTalk)]
    which: OfName
    not_understood: Annotated[str, blanks("numbers", "directory")]
    asking: tuple[str, ...]  # words around a name that is asked about
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
    privacy: Privacy
    cards: Cards
    actions: Actions
    medicines: Medicines
    visits: Visits
    numbers: NumberPages
    settings: Settings
    alarm: Alarm
    inline: Inline
    in_groups: InGroups
    kinds: Annotated[dict[Kind, Label], complete(Kind)]
    sources: SourcePage
    menus: Menus
    talk: Talk
    dates: Dates
