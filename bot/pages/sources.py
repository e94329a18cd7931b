"""Who says so: the page behind the Sources button."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.library.citing import cited
from bot.library.models import Condition, Organisation, Source, Term, Topic
from bot.pages import shelves
from bot.pages.footing import checked_line
from bot.pages.glossary import address
from bot.pages.lists import counted, part_of, turns, way_back
from bot.pages.page import Button, Go, Page, Place, Row, View
from bot.pages.text import bold, escape, italic, link, paragraphs, written

PER_PAGE = 5  # a source with its publisher and date takes up to 200 characters


def of_topic(view: View, topic: Topic, go: Go) -> Page:
    """Every source of a topic's card, then its patient organisations."""
    entries = [_source(view, view.edition.sources[source]) for source in cited(topic)]
    if isinstance(topic, Condition):
        entries += [_organisation(view, o) for o in topic.organisations]
    page = _page(view, topic.title, entries, topic.reviewed, go, shelves.card(topic, go.via))
    return replace(page, rows=(*_tell(view, topic, go), *page.rows))


def tell_noted(view: View, topic: Topic, go: Go) -> Page:
    """What somebody sees who wants to be told when a topic is corrected."""
    text = [bold(topic.title), escape(view.edition.phrases.cards.tell_noted)]
    return Page(paragraphs(text), (way_back(view, shelves.card(topic, go.via)),), topic.id)


def _tell(view: View, topic: Topic, go: Go) -> tuple[Row, ...]:
    """In private: a button for being told. Of a sensitive topic nothing is kept, so none there."""
    if not view.private or topic.sensitive:
        return ()
    tell = Go(Place.TELL, topic.id, via=go.via)
    return ((Button(view.edition.phrases.buttons.tell, tell),),)


def of_term(view: View, term: Term, go: Go) -> Page:
    """Every source of a word of the glossary."""
    entries = [_source(view, view.edition.sources[source]) for source in term.sources]
    return _page(view, term.term, entries, term.reviewed, go, address(term))


def _page(view: View, name: str, entries: Sequence[str], reviewed: date, go: Go, back: Go) -> Page:
    phrases = view.edition.phrases.sources
    part = part_of(entries, go.page, PER_PAGE)
    text = [
        bold(phrases.title.format(name=name)),
        *part.items,
        counted(view, part),
        italic(checked_line(view, reviewed)) + "\n" + italic(phrases.no_review),
    ]
    return Page(paragraphs(text), (*turns(view, go, part), way_back(view, back)))


def _source(view: View, source: Source) -> str:
    phrases = view.edition.phrases
    entry = phrases.sources.stored_copy if source.stored_copy else phrases.sources.entry
    return entry.format(
        link=link(source.title, str(source.url)),
        publisher=escape(view.edition.publishers[source.publisher].name),
        date=escape(written(source.checked, phrases.dates)),
    )


def _organisation(view: View, organisation: Organisation) -> str:
    return view.edition.phrases.sources.organisation.format(
        link=link(organisation.name, str(organisation.url)), country=escape(organisation.country)
    )
