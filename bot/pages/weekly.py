"""The topic of the week: when it is posted, and the post itself."""

from dataclasses import replace

from bot import zones
from bot.library.dates import due
from bot.library.models import Basic, Guide, Topic
from bot.pages.group import ABOUT, SET, Group, back
from bot.pages.in_groups import short_card
from bot.pages.lists import counted, pairs, part_of, turns
from bot.pages.page import Button, Go, Page, Row, View
from bot.pages.text import bold, escape, italic, paragraphs
from bot.settings import Weekly

WEEKLY = "weekly"
HOUR = "hour"
ZONE = "zone"
OFF = "off"
IN_A_ROW = 4
ZONES_PER_PAGE = 16
MOST_LIKELY = 6


def weekly(view: View, group: Group, go: Go, said: str = "") -> Page:
    """The days of the week; where it is on, also the time zone and the way to turn it off."""
    phrases = view.edition.phrases.settings.weekly
    title = phrases.button.format(value=shown(view, group))
    text = paragraphs([bold(title), escape(said), escape(phrases.about)])
    days = [group.button(day, f"{HOUR}{ABOUT}{n}") for n, day in enumerate(phrases.days)]
    return Page(text, (*_when_on(view, group), *pairs(days), back(view, group)))


def _when_on(view: View, group: Group) -> tuple[Row, ...]:
    phrases = view.edition.phrases.settings.weekly
    if group.settings.weekly is None:
        return ()
    zone = phrases.zone.format(value=zone_label(group.settings.weekly.zone))
    off = group.button(phrases.off, f"{WEEKLY}{SET}{OFF}")
    return ((off,), (group.button(zone, ZONE),))


def shown(view: View, group: Group) -> str:
    """When it is posted, in words, or that it is off."""
    when, phrases = group.settings.weekly, view.edition.phrases.settings.weekly
    return in_words(view, when) if when else phrases.off[:1].lower() + phrases.off[1:]


def in_words(view: View, when: Weekly) -> str:
    """ "Monday, 09:00 (Europe/Berlin)"."""
    phrases = view.edition.phrases.settings.weekly
    time = phrases.when.format(day=phrases.days[when.weekday], hour=f"{when.hour:02}")
    return phrases.in_zone.format(when=time, zone=zone_label(when.zone))


def hours(view: View, group: Group, go: Go, said: str = "") -> Page:
    """The hours of the day that ``go`` names.

    Raises:
        ValueError: it names no day.
    """
    phrases = view.edition.phrases.settings.weekly
    _, _, day = go.via.partition(ABOUT)
    when = Weekly(weekday=int(day), hour=0, zone=zone_of(group))
    day_name, zone_name = phrases.days[when.weekday], zone_label(when.zone)
    buttons = [
        group.button(f"{hour:02}:00", f"{WEEKLY}{SET}{when.weekday}{ABOUT}{hour}")
        for hour in range(24)
    ]
    rows = [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]
    text = escape(phrases.which_hour.format(day=day_name, zone=zone_name))
    return Page(text, (*rows, back(view, group, WEEKLY)))


def zone_of(group: Group) -> str:
    """The time zone that the group has chosen, else that of its country, else UTC."""
    if group.settings.weekly:
        return group.settings.weekly.zone
    likely = zones.zones_of(group.country)
    return likely[0] if len(likely) == 1 else zones.UTC


def zone(view: View, group: Group, go: Go, said: str = "") -> Page:
    """The zones of the group's country and the parts of the world; or the zones of one part.

    Raises:
        ValueError: there is no such part.
    """
    _, _, continent = go.via.partition(ABOUT)
    return _zones(view, group, go, continent) if continent else _continents(view, group, said)


def _continents(view: View, group: Group, said: str) -> Page:
    phrases = view.edition.phrases.settings.weekly
    text = paragraphs([escape(said), escape(phrases.which_continent)])
    likely = [_zone_button(group, name) for name in zones.zones_of(group.country)[:MOST_LIKELY]]
    parts = [
        group.button(phrases.continents.get(name, name), f"{ZONE}{ABOUT}{name}")
        for name in zones.continents()
    ]
    rows = (*pairs(likely), *pairs([*parts, _zone_button(group, zones.UTC)]))
    return Page(text, (*rows, back(view, group, WEEKLY)))


def _zones(view: View, group: Group, go: Go, continent: str) -> Page:
    names = zones.zones_in(continent)
    if not names:
        raise ValueError("no such part of the world")
    part = part_of([_zone_button(group, name) for name in names], go.page, ZONES_PER_PAGE)
    text = escape(view.edition.phrases.settings.weekly.which_zone)
    rows = (*pairs(part.items), *turns(view, go, part), back(view, group, ZONE))
    return Page(paragraphs([text, counted(view, part)]), rows)


def _zone_button(group: Group, name: str) -> Button:
    label = zone_label(name.partition("/")[2] or name)
    return group.button(label, f"{ZONE}{SET}{name}")


def zone_label(name: str) -> str:
    """A zone as people read it: "America/New York"."""
    return name.replace("_", " ")


def fit_for_a_week(view: View) -> list[Topic]:
    """The guides and basics that any group may read: nothing private, nothing that is due for a
    new check. Cards of single conditions, medicines and side effects concern too few."""
    topics: list[Topic] = [*view.edition.of_kind(Guide), *view.edition.of_kind(Basic)]
    return [topic for topic in topics if not topic.sensitive and view.today < due(topic.reviewed)]


def post(view: View, topic: Topic) -> Page:
    """The post of a week: a short card under a heading."""
    card = short_card(view, topic)
    heading = italic(view.edition.phrases.settings.weekly.heading)
    return replace(card, text=paragraphs([heading, card.text]))
