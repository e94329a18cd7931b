"""Which topics stand in which list, and the way back from a card to the list it was opened from."""

from collections.abc import Iterable

from bot.library.library import Edition
from bot.library.models import (
    Area,
    Basic,
    BodySystem,
    Condition,
    Family,
    Group,
    Guide,
    Medicine,
    Section,
    SideEffect,
    Topic,
    Urgency,
)
from bot.pages.lists import page_of
from bot.pages.page import Go, Place

# Marks in ``Go.via``; a digit is a position in the topic's own systems, areas or uses.
SERIOUS = "s"
FAMILY = "f"
BY_URGENCY = tuple(Urgency)
STATUSES = ("approved", "off-label", "article")


def in_system(edition: Edition, system: BodySystem) -> tuple[Condition, ...]:
    """The conditions of one body system, by title."""
    return tuple(c for c in edition.of_kind(Condition) if system in c.systems)


def in_group(edition: Edition, group: Group) -> tuple[SideEffect, ...]:
    """The side effects under one of the article's headings, by title."""
    return tuple(e for e in edition.of_kind(SideEffect) if e.group is group)


def in_area(edition: Edition, area: Area) -> tuple[SideEffect, ...]:
    """The side effects of one area of the body, by title."""
    return tuple(e for e in edition.of_kind(SideEffect) if area in e.areas)


def serious(edition: Edition) -> tuple[SideEffect, ...]:
    """What may need help today or at once, and what the article leaves out; most urgent first."""
    found = (
        effect
        for effect in edition.of_kind(SideEffect)
        if effect.group is Group.SERIOUS or effect.urgency in (Urgency.EMERGENCY, Urgency.TODAY)
    )
    return tuple(sorted(found, key=lambda effect: BY_URGENCY.index(effect.urgency)))


def in_section(edition: Edition, section: Section) -> tuple[Basic, ...]:
    """The basics of one part of ``/howitworks``, by title."""
    return tuple(b for b in edition.of_kind(Basic) if b.section is section)


def in_family(edition: Edition, family: Family) -> tuple[Medicine, ...]:
    """The medicines of one family, by name."""
    return tuple(m for m in edition.of_kind(Medicine) if m.family is family)


def with_initial(edition: Edition, letter: str) -> tuple[Medicine, ...]:
    """The medicines whose generic name begins with ``letter``, by name."""
    return tuple(m for m in edition.of_kind(Medicine) if initial(m) == letter)


def initial(medicine: Medicine) -> str:
    """The first letter of the generic name, upper case."""
    return medicine.title[0].upper()


def used_for(edition: Edition, condition: str) -> tuple[tuple[Medicine, str], ...]:
    """The medicines for one condition with the status of that use; approved ones first."""
    found = [
        (medicine, use.status)
        for medicine in edition.of_kind(Medicine)
        for use in medicine.uses
        if use.condition == condition
    ]
    return tuple(sorted(found, key=lambda pair: STATUSES.index(pair[1])))


def with_brand(medicine: Medicine) -> str:
    """The generic name, and the brand that most people know: "adalimumab (Humira)"."""
    brand = next(medicine.brands.names(), None)
    return f"{medicine.title} ({brand})" if brand else medicine.title


def card(topic: Topic, via: str = "") -> Go:
    """The address of a topic's card."""
    return Go(Place.CARD, topic.id, via=via)


def home_of(edition: Edition, topic: Topic, via: str = "") -> Go:
    """The list, and its page, from which ``topic`` was opened; ``via`` as the list gave it."""
    match topic:
        case Condition():
            system = topic.systems[_number(via, len(topic.systems))]
            return _at(Go(Place.SYSTEM, system), topic, in_system(edition, system))
        case SideEffect() if via == SERIOUS:
            return _at(Go(Place.SERIOUS), topic, serious(edition))
        case SideEffect() if via.isdecimal():
            area = topic.areas[_number(via, len(topic.areas))]
            return _at(Go(Place.AREA, area), topic, in_area(edition, area))
        case SideEffect():
            return _at(Go(Place.GROUP, topic.group), topic, in_group(edition, topic.group))
        case Medicine() if via.isdecimal() and topic.uses:
            use = topic.uses[_number(via, len(topic.uses))]
            shelf = [m for m, _ in used_for(edition, use.condition)]
            return _at(Go(Place.FOR_CONDITION, use.condition), topic, shelf)
        case Medicine() if via == FAMILY:
            return _at(Go(Place.FAMILY, topic.family), topic, in_family(edition, topic.family))
        case Medicine():
            letter = initial(topic)
            return _at(Go(Place.INITIAL, letter), topic, with_initial(edition, letter))
        case Guide():
            return _at(Go(Place.GUIDES), topic, edition.of_kind(Guide))
        case Basic() if len(in_section(edition, topic.section)) == 1:
            return Go(Place.WORKS)
        case Basic():
            return _at(Go(Place.SECTION, topic.section), topic, in_section(edition, topic.section))


def _number(via: str, length: int) -> int:
    """``via`` as a position; 0 where it is none, as in a message older than the content."""
    return int(via) if via.isdecimal() and int(via) < length else 0


def _at(go: Go, topic: Topic, shelf: Iterable[Topic]) -> Go:
    ids = [other.id for other in shelf]
    return Go(go.place, go.ref, page_of(ids.index(topic.id))) if topic.id in ids else go
