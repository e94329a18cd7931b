"""A topic's card: what it is, what to do, who says so."""

from collections.abc import Iterator
from datetime import date

from bot.library.models import Basic, Condition, Group, SideEffect, Topic, Urgency
from bot.pages import shelves
from bot.pages.lists import label, pairs, way_back
from bot.pages.page import Button, Go, Page, Place, Row, View
from bot.pages.text import (
    bold,
    bullets,
    emergency_numbers,
    escape,
    italic,
    link,
    paragraphs,
    written,
)

MOST_LINKS = 6


def card(view: View, topic: Topic, via: str = "") -> Page:
    """The card of ``topic``, with the way back to the list that ``via`` names."""
    parts = [_head(view, topic), *_body(view, topic), foot(view, topic.reviewed)]
    back = shelves.home_of(view.edition, topic, via)
    return Page(
        paragraphs(parts), (*_links(view, topic), _about(view, topic, via), way_back(view, back))
    )


def _head(view: View, topic: Topic) -> str:
    lines = [bold(topic.title)]
    if topic.also:
        names = view.edition.phrases.cards.also_called.format(names=", ".join(topic.also))
        lines.append(italic(names))
    return "\n".join(lines)


def _body(view: View, topic: Topic) -> Iterator[str]:
    if isinstance(topic, SideEffect):
        yield from _effect_body(view, topic)
        return
    yield escape(topic.summary)
    yield bullets(point.text for point in topic.points)
    if isinstance(topic, Basic) and topic.examples:
        medicines = ", ".join(topic.examples)
        yield escape(view.edition.phrases.cards.examples.format(medicines=medicines))


def _effect_body(view: View, effect: SideEffect) -> Iterator[str]:
    phrases = view.edition.phrases.cards
    yield _action(view, effect)
    yield escape(effect.summary)
    yield bullets(point.text for point in effect.points)
    yield escape(phrases.watch) + "\n" + bullets(point.text for point in effect.watch)
    if effect.crisis_line:
        yield _crisis(view)
    if effect.group is Group.COMMON:
        yield escape(phrases.common_is_the_articles)
    if effect.group is Group.RARE:
        yield escape(phrases.rare_is_the_articles)


def _action(view: View, effect: SideEffect) -> str:
    """What to do, in words; the first thing under the title, where a worried eye falls."""
    phrases = view.edition.phrases
    action = phrases.actions.for_urgency(effect.urgency)
    numbers = emergency_numbers(view)
    if effect.urgency is Urgency.EMERGENCY:
        when = effect.urgency_when
        emergency = phrases.actions.emergency_when if when else phrases.actions.emergency
        action = emergency.format_map({"numbers": numbers, "when": when})
    lines = [bold(action)]
    if effect.urgent_if:
        lines.append(escape(phrases.cards.urgent_if.format(text=effect.urgent_if)))
    if effect.urgency_basis == "judgement" and effect.urgency is not Urgency.EMERGENCY:
        lines.append(escape(phrases.cards.worried))
    return "\n".join(lines)


def _crisis(view: View) -> str:
    phrases, helplines = view.edition.phrases.cards, view.edition.helplines
    lines = "; ".join(
        phrases.crisis_line.format(countries=", ".join(c.countries), name=c.name, call=c.call)
        for c in helplines.crisis
    )
    directory = link(helplines.directory.host or "", str(helplines.directory))
    return phrases.crisis.format(lines=escape(lines), directory=directory)


def foot(view: View, reviewed: date) -> str:
    """What every card ends with: the disclaimer, and when the text was checked."""
    return italic(view.edition.phrases.disclaimer) + "\n" + italic(checked_line(view, reviewed))


def checked_line(view: View, reviewed: date) -> str:
    """Plain text: the day of the last check, and whether a new one is due."""
    cards = view.edition.phrases.cards
    line = cards.overdue if view.today >= due(reviewed) else cards.checked
    return line.format(date=written(reviewed, view.edition.phrases.dates))


def due(reviewed: date) -> date:
    """The day on which a topic is due for a new check: twelve months after the last one."""
    try:
        return reviewed.replace(year=reviewed.year + 1)
    except ValueError:  # 29 February
        return reviewed.replace(year=reviewed.year + 1, day=28)


def _links(view: View, topic: Topic) -> tuple[Row, ...]:
    ids = dict.fromkeys([*_family(view, topic), *topic.related])
    near = [view.edition.topics[i] for i in ids if i != topic.id and i in view.edition.topics]
    return pairs([Button(label(other), shelves.card(other)) for other in near[:MOST_LINKS]])


def _family(view: View, topic: Topic) -> Iterator[str]:
    """The condition of which this is a form, its forms, and for a second word the first."""
    if isinstance(topic, SideEffect) and topic.same_as:
        yield topic.same_as
    if not isinstance(topic, Condition):
        return
    if topic.part_of:
        yield topic.part_of
    for other in view.edition.of_kind(Condition):
        if other.part_of == topic.id:
            yield other.id


def _about(view: View, topic: Topic, via: str) -> Row:
    labels = view.edition.phrases.buttons
    wrong = (
        view.contact if view.contact.startswith("https://") else Go(Place.WRONG, topic.id, via=via)
    )
    return (
        Button(labels.sources, Go(Place.SOURCES, topic.id, via=via)),
        Button(labels.wrong, wrong),
    )
