"""A medicine: what its card says, and the pages behind the card's buttons."""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.library.models import CitedPoint, Medicine, Topic, Use
from bot.pages import shelves
from bot.pages.footing import foot
from bot.pages.lists import Part, counted, label, pairs, part_of, turns, way_back
from bot.pages.page import Button, Go, Outcome, Page, Place, Row, View
from bot.pages.text import bold, bullets, escape, paragraphs

MAIN_BRANDS = 4  # so many stand on the card; all of them behind its button
MAIN_USES = 6
MAIN_WARNINGS = 2
USES_PER_PAGE = 6


def body(view: View, medicine: Medicine) -> Iterator[str]:
    """The first screen: what it is, its main brands, what it is used for, serious warnings."""
    phrases = view.edition.phrases.medicines
    yield escape(medicine.summary)
    if not medicine.immunomodulator:
        yield escape(phrases.none)
    kind = phrases.kind.format(name=medicine.drug_class)
    brands = _main_brands(view, medicine) or "\n".join(_withdrawn(view, medicine))
    names = [kind, brands, _main_uses(view, medicine)]
    yield escape("\n".join(filter(None, names)))
    if medicine.warnings:
        yield escape(_listed(phrases.warnings, medicine.warnings[:MAIN_WARNINGS]))
    yield bullets(point.text for point in medicine.points)


def links(view: View, medicine: Medicine, via: str) -> tuple[Row, ...]:
    """The buttons of the card that lead to the medicine's other pages."""
    labels = view.edition.phrases.buttons
    places = (
        (labels.brands, Place.BRANDS),
        (labels.uses, Place.USES),
        (labels.taken, Place.TAKEN),
        (labels.side_effects, Place.LISTED_EFFECTS),
        (labels.care, Place.CARE),
        (labels.questions, Place.QUESTIONS),
    )
    return pairs([Button(name, Go(place, medicine.id, via=via)) for name, place in places])


def brands(view: View, go: Go) -> Page:
    """Every brand name, by region; withdrawn ones with where and when."""
    medicine = medicine_at(view, go)
    phrases, names = view.edition.phrases.medicines, medicine.brands
    by_region = (
        (phrases.brands_us, names.us),
        (phrases.brands_eu_uk, names.eu_uk),
        (phrases.biosimilars, names.biosimilars),
    )
    lines = [form.format(names=", ".join(some)) for form, some in by_region if some]
    lines += _withdrawn(view, medicine)
    return part_page(view, go, [*(lines or [phrases.no_brands]), _batch(view, medicine)])


def uses(view: View, go: Go) -> Page:
    """What it is used for, and how official that is; each condition with a button."""
    medicine = medicine_at(view, go)
    part = part_of(medicine.uses, go.page, USES_PER_PAGE)
    lines = [_use(view, use) for use in part.items]
    if medicine.other_uses:
        lines.append(medicine.other_uses.text)
    topics = [view.edition.topics[use.condition] for use in part.items]
    rows = (*topic_rows(topics), *turns(view, go, part))
    return part_page(view, go, lines or [view.edition.phrases.medicines.no_uses], rows, part)


def taken(view: View, go: Go) -> Page:
    """By which route, and how it works; never how much."""
    medicine = medicine_at(view, go)
    phrases, topics = view.edition.phrases.medicines, view.edition.topics
    routes = [topics[route] for route in medicine.routes]
    mechanisms = [topics[mechanism] for mechanism in medicine.mechanisms]
    lines = [phrases.taken.format(routes=_titles(routes))]
    if mechanisms:
        lines.append(phrases.works.format(mechanisms=_titles(mechanisms)))
    lines.append(phrases.no_dose)
    return part_page(view, go, lines, topic_rows([*routes, *mechanisms]))


def care(view: View, go: Go) -> Page:
    """Warnings, tests, pregnancy, and what to note for a report."""
    medicine = medicine_at(view, go)
    phrases = view.edition.phrases.medicines
    pregnancy = [medicine.pregnancy.text] if medicine.pregnancy else []
    lines = [
        _listed(phrases.warnings, medicine.warnings) if medicine.warnings else "",
        _listed(phrases.tests, medicine.tests) if medicine.tests else phrases.ask_tests,
        " ".join([phrases.pregnancy, *pregnancy, phrases.pregnancy_always]),
        _batch(view, medicine),
    ]
    report = Button(view.edition.phrases.buttons.report, Go(Place.REPORT, via=medicine.id))
    return part_page(view, go, lines, ((report,),))


def medicine_at(view: View, go: Go) -> Medicine:
    """The medicine that ``go`` is about.

    Raises:
        KeyError: there is none of that id.
    """
    topic = view.edition.topics[go.ref]
    if not isinstance(topic, Medicine):
        raise KeyError(go.ref)
    return topic


def part_page(
    view: View,
    go: Go,
    lines: Iterable[str],
    rows: Iterable[Row] = (),
    part: Part[Any] | None = None,
) -> Page:
    """One page of a medicine: its name, ``lines`` of plain text, and the way back to its card."""
    medicine = medicine_at(view, go)
    text = [
        bold(label(medicine)),
        *map(escape, lines),
        counted(view, part) if part else "",
        foot(view, medicine.reviewed),
    ]
    back = shelves.card(medicine, go.via)
    sources = Button(view.edition.phrases.buttons.sources, Go(Place.SOURCES, go.ref, via=go.via))
    shown = (*rows, (sources,), way_back(view, back))
    return Page(paragraphs(text), shown, medicine.id, Outcome.CARD)


def topic_rows(topics: Iterable[Topic]) -> tuple[Row, ...]:
    """A button for each topic, one a row."""
    return tuple((Button(label(topic), shelves.card(topic)),) for topic in topics)


def _main_brands(view: View, medicine: Medicine) -> str:
    names = list(dict.fromkeys([*medicine.brands.us, *medicine.brands.eu_uk]))
    form = view.edition.phrases.medicines.brands
    return form.format(names=", ".join(names[:MAIN_BRANDS])) if names else ""


def _withdrawn(view: View, medicine: Medicine) -> list[str]:
    """A line for each brand that is no longer sold: where, and since when."""
    form = view.edition.phrases.medicines.withdrawn
    return [form.format(**gone.model_dump()) for gone in medicine.brands.withdrawn]


def _main_uses(view: View, medicine: Medicine) -> str:
    """Conditions in one line: approved ones first, the others marked."""
    phrases = view.edition.phrases.medicines
    marks = {"approved": "{name}", "off-label": phrases.off_label_short}
    marks["article"] = phrases.article_short
    ranked = sorted(medicine.uses, key=lambda use: list(marks).index(use.status))
    names = [
        marks[use.status].format(name=view.edition.topics[use.condition].title)
        for use in ranked[:MAIN_USES]
    ]
    return phrases.used_for.format(names=", ".join(names)) if names else ""


def _use(view: View, use: Use) -> str:
    phrases = view.edition.phrases.medicines
    name = view.edition.topics[use.condition].title
    if use.where:
        text = phrases.approved.format(name=name, where=phrases.regions[use.where])
    else:
        form = phrases.off_label if use.status == "off-label" else phrases.article
        text = form.format(name=name)
    return f"{text.removesuffix('.')} ({use.note})." if use.note else text


def _listed(heading: str, points: Iterable[CitedPoint]) -> str:
    return "\n".join([heading, *(f"• {point.text}" for point in points)])


def _titles(topics: Iterable[Topic]) -> str:
    return ", ".join(topic.title for topic in topics)


def _batch(view: View, medicine: Medicine) -> str:
    return view.edition.phrases.medicines.batch if medicine.biological else ""
