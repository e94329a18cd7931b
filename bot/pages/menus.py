"""The menus: from the first page down to the lists."""

from collections.abc import Sequence

from bot.library.models import (
    Area,
    BodySystem,
    Condition,
    Group,
    Guide,
    Medicine,
    Section,
    SideEffect,
    Topic,
)
from bot.pages import shelves
from bot.pages.kept import kept
from bot.pages.lists import label, listing, pairs, way_back
from bot.pages.page import Button, Go, Page, Place, Row, View
from bot.pages.text import emergency_numbers, escape, paragraphs, written


@kept
def home(view: View, before: str = "") -> Page:
    """``/start``: what the bot is and is not, and the ways in that have content behind them.

    ``before`` is a line of plain text that stands above.
    """
    start = view.edition.phrases.start
    how = start.how if view.private else ""  # in a group most writing is not for the bot
    return Page(paragraphs(map(escape, (before, start.welcome, how))), ways_in(view))


def ways_in(view: View) -> tuple[Row, ...]:
    """The main menu's buttons; a way in appears once the library has a topic for it."""
    labels, edition = view.edition.phrases.buttons, view.edition
    ways = [
        (labels.conditions, Place.CONDITIONS, bool(edition.of_kind(Condition))),
        (labels.side_effects, Place.EFFECTS, bool(edition.of_kind(SideEffect))),
        (labels.medicines, Place.MEDICINES, bool(edition.of_kind(Medicine))),
        (labels.how_they_work, Place.WORKS, True),
        (labels.guides, Place.GUIDES, bool(edition.of_kind(Guide))),
        (labels.questions, Place.VISITS, True),
        (labels.glossary, Place.GLOSSARY, bool(edition.terms)),
        (labels.help, Place.HELP, True),
        (labels.about, Place.ABOUT, True),
    ]
    urgent = Button(labels.urgent, Go(Place.URGENT))
    return ((urgent,), *pairs([Button(name, Go(place)) for name, place, there in ways if there]))


def help_page(view: View) -> Page:
    """``/help``."""
    return Page(escape(view.edition.phrases.start.help), ways_in(view))


def about(view: View) -> Page:
    """``/about``: what it is, who writes it, how it is checked, licence and version."""
    phrases = view.edition.phrases
    oldest = min(topic.reviewed for topic in view.edition.topics.values())
    text = phrases.start.about.format(version=view.version, oldest=written(oldest, phrases.dates))
    parts = [escape(text), escape(whom_to_tell(view)), escape(phrases.disclaimer)]
    rows = ((Button(phrases.buttons.privacy, Go(Place.PRIVACY)),), way_back(view, None))
    return Page(paragraphs(parts), rows)


def whom_to_tell(view: View) -> str:
    """Plain text: who runs this bot."""
    start = view.edition.phrases.start
    return start.contact.format(contact=view.contact) if view.contact else start.no_contact


def wrong(view: View, topic: Topic, go: Go) -> Page:
    """Behind "Something wrong here?" where the contact is no address on the web."""
    text = paragraphs([escape(topic.title), escape(whom_to_tell(view))])
    return Page(text, (way_back(view, shelves.card(topic, go.via)),))


@kept
def conditions(view: View) -> Page:
    """``/condition``: the body systems."""
    names = view.edition.phrases.menus.systems
    systems = [s for s in BodySystem if shelves.in_system(view.edition, s)]
    buttons = [Button(names[system], Go(Place.SYSTEM, system)) for system in systems]
    text = escape(view.edition.phrases.menus.conditions)
    return Page(text, (*pairs(buttons), way_back(view, None)))


def system(view: View, go: Go) -> Page:
    """The conditions of one body system."""
    here = BodySystem(go.ref)
    found = shelves.in_system(view.edition, here)
    buttons = [
        Button(label(topic), shelves.card(topic, str(topic.systems.index(here)))) for topic in found
    ]
    text = view.edition.phrases.menus.systems[here]
    return listing(view, text, buttons, go, Go(Place.CONDITIONS))


@kept
def effects(view: View) -> Page:
    """``/sideeffects``: the article's headings, the serious ones, and the way by body area."""
    phrases = view.edition.phrases
    groups = [group for group in Group if group is not Group.SERIOUS]
    buttons = [Button(phrases.menus.groups[group], Go(Place.GROUP, group)) for group in groups]
    buttons.append(Button(phrases.buttons.serious, Go(Place.SERIOUS)))
    buttons.append(Button(phrases.buttons.by_area, Go(Place.AREAS)))
    text = escape(phrases.menus.side_effects)
    return Page(text, (*pairs(buttons), way_back(view, None)))


def group(view: View, go: Go) -> Page:
    """The side effects under one of the article's headings."""
    phrases = view.edition.phrases
    here = Group(go.ref)
    note = phrases.cards.in_the_article.get(here)
    text = "\n\n".join(filter(None, [phrases.menus.groups[here], note]))
    found = shelves.in_group(view.edition, here)
    return _topics(view, text, found, go, Go(Place.EFFECTS))


def areas(view: View) -> Page:
    """The areas of the body."""
    names = view.edition.phrases.menus.area_names
    there = [area for area in Area if shelves.in_area(view.edition, area)]
    buttons = [Button(names[area], Go(Place.AREA, area)) for area in there]
    text = escape(view.edition.phrases.menus.areas)
    return Page(text, (*pairs(buttons), way_back(view, Go(Place.EFFECTS))))


def area(view: View, go: Go) -> Page:
    """The side effects of one area of the body."""
    here = Area(go.ref)
    buttons = [
        Button(label(topic), shelves.card(topic, str(topic.areas.index(here))))
        for topic in shelves.in_area(view.edition, here)
    ]
    text = view.edition.phrases.menus.area_names[here]
    return listing(view, text, buttons, go, Go(Place.AREAS))


def serious(view: View, go: Go) -> Page:
    """What may need help today or at once."""
    text = view.edition.phrases.menus.serious.format(numbers=emergency_numbers(view))
    buttons = [
        Button(label(topic), shelves.card(topic, shelves.SERIOUS))
        for topic in shelves.serious(view.edition)
    ]
    return listing(view, text, buttons, go, Go(Place.EFFECTS))


@kept
def works(view: View) -> Page:
    """``/howitworks``: its parts; a part of one topic opens that topic at once."""
    phrases = view.edition.phrases
    buttons = []
    for part in Section:
        topics = shelves.in_section(view.edition, part)
        if topics:
            to = shelves.card(topics[0]) if len(topics) == 1 else Go(Place.SECTION, part)
            buttons.append(Button(phrases.menus.sections[part], to))
    buttons.append(Button(phrases.buttons.glossary, Go(Place.GLOSSARY)))
    text = escape(phrases.menus.how_they_work)
    return Page(text, (*((button,) for button in buttons), way_back(view, None)))


def section(view: View, go: Go) -> Page:
    """The basics of one part of ``/howitworks``."""
    here = Section(go.ref)
    text = view.edition.phrases.menus.sections[here]
    return _topics(view, text, shelves.in_section(view.edition, here), go, Go(Place.WORKS))


@kept
def guides(view: View, go: Go) -> Page:
    """``/guide``: the questions that people ask."""
    text = view.edition.phrases.menus.guides
    return _topics(view, text, view.edition.of_kind(Guide), go, None)


def _topics(view: View, text: str, topics: Sequence[Topic], go: Go, back: Go | None) -> Page:
    buttons = [Button(label(topic), shelves.card(topic)) for topic in topics]
    return listing(view, text, buttons, go, back)
