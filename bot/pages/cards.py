"""A topic's card: what it is, what to do, who says so."""

from collections.abc import Iterator

from bot.library.models import (
    Basic,
    Condition,
    Medicine,
    SideEffect,
    Topic,
    Urgency,
)
from bot.pages import listed, medicines, shelves
from bot.pages.footing import foot
from bot.pages.helplines import crisis_in_short
from bot.pages.kept import kept
from bot.pages.lists import label, pairs, way_back
from bot.pages.page import Button, Go, Outcome, Page, Place, Row, View
from bot.pages.text import bold, bullets, emergency_numbers, escape, italic, paragraphs, written

MOST_LINKS = 6


@kept
def card(view: View, topic: Topic, via: str = "") -> Page:
    """The card of ``topic``, with the way back to the list that ``via`` names."""
    parts = [_head(view, topic), *_body(view, topic), foot(view, topic.reviewed)]
    back = shelves.home_of(view.edition, topic, via)
    rows = (*_further(view, topic, via), _about(view, topic, via), way_back(view, back))
    return Page(paragraphs(parts), rows, topic.id, Outcome.CARD)


def _head(view: View, topic: Topic) -> str:
    lines = [bold(topic.title)]
    if topic.also:
        names = view.edition.phrases.cards.also_called.format(names=", ".join(topic.also))
        lines.append(italic(names))
    lines += corrected(view, topic)
    return "\n".join(lines)


def corrected(view: View, topic: Topic) -> Iterator[str]:
    """The line that tells what was put right, where something was."""
    if topic.correction:
        phrases = view.edition.phrases
        day = written(topic.correction.date, phrases.dates)
        yield italic(phrases.cards.corrected.format(date=day, text=topic.correction.text))


def _body(view: View, topic: Topic) -> Iterator[str]:
    if isinstance(topic, SideEffect):
        yield from _effect_body(view, topic)
        return
    if isinstance(topic, Medicine):
        yield from medicines.body(view, topic)
        return
    yield escape(topic.summary)
    yield bullets(point.text for point in topic.points)
    if isinstance(topic, Basic) and topic.examples:
        names = ", ".join(topic.examples)
        yield escape(view.edition.phrases.cards.examples.format(medicines=names))


def _effect_body(view: View, effect: SideEffect) -> Iterator[str]:
    phrases = view.edition.phrases.cards
    yield action(view, effect)
    yield escape(effect.summary)
    yield bullets(point.text for point in effect.points)
    yield escape(phrases.watch) + "\n" + bullets(point.text for point in effect.watch)
    if effect.crisis_line:
        yield _crisis(view)
    yield escape(phrases.in_the_article.get(effect.group, ""))


def action(view: View, effect: SideEffect) -> str:
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
    if effect.urgency_basis == "judgement":
        cards, at_once = phrases.cards, effect.urgency is Urgency.EMERGENCY
        lines.append(escape(cards.worried_after if at_once else cards.worried))
    return "\n".join(lines)


def _crisis(view: View) -> str:
    return view.edition.phrases.cards.crisis.format(lines=crisis_in_short(view))


def _further(view: View, topic: Topic, via: str) -> tuple[Row, ...]:
    """The rows that lead on: related topics, and what only this kind has."""
    labels = view.edition.phrases.buttons
    near = pairs([Button(label(other), shelves.card(other)) for other in _near(view, topic)])
    match topic:
        case Medicine():
            return (*medicines.links(view, topic, via), *near)
        case Condition():
            used = shelves.used_for(view.edition, topic.id)
            row = [Button(labels.medicines, Go(Place.FOR_CONDITION, topic.id))] if used else []
            row.append(Button(labels.questions, Go(Place.QUESTIONS, topic.id, via=via)))
            return (tuple(row), *near)
        case SideEffect():
            rows: list[Row] = []
            if topic.urgent_if:
                rows.append((Button(labels.urgent, Go(Place.URGENT)),))
            if listed.listing_medicines(view, topic.id):
                to = Go(Place.THAT_LIST, topic.id, via=via)
                rows.append((Button(labels.medicines_that_list_it, to),))
            return (*rows, *near)
        case _:
            return near


def _near(view: View, topic: Topic) -> list[Topic]:
    """At most six topics that belong to this one: its family first, then what it names."""
    topics = view.edition.topics
    ids = dict.fromkeys([*_family(view, topic), *_examples(view, topic), *topic.related])
    return [topics[other] for other in ids if other != topic.id][:MOST_LINKS]


def _family(view: View, topic: Topic) -> Iterator[str]:
    """The condition of which this is a form, its forms, and for a second word the first."""
    if isinstance(topic, SideEffect) and topic.same_as:
        yield topic.same_as
    if isinstance(topic, Condition):
        if topic.part_of:
            yield topic.part_of
        conditions = view.edition.of_kind(Condition)
        yield from (other.id for other in conditions if other.part_of == topic.id)


def _examples(view: View, topic: Topic) -> Iterator[str]:
    """The medicines to which a mechanism or a route belongs."""
    if isinstance(topic, Basic):
        for name in topic.examples:
            yield from (m.id for m in view.edition.called(name) if isinstance(m, Medicine))


def _about(view: View, topic: Topic, via: str) -> Row:
    labels = view.edition.phrases.buttons
    sources, wrong = (Go(place, topic.id, via=via) for place in (Place.SOURCES, Place.WRONG))
    on_the_web = view.contact.startswith("https://")
    return (
        Button(labels.sources, sources),
        Button(labels.wrong, view.contact if on_the_web else wrong),
    )
