"""Every page that a button can lead to, by its place: one table."""

from collections.abc import Callable

from bot.library.models import Topic
from bot.pages import (
    cards,
    found,
    glossary,
    listed,
    medicine_menus,
    medicines,
    menus,
    numbers,
    privacy,
    sources,
    visits,
)
from bot.pages.page import Go, Page, Place, View

Opener = Callable[[View, Go], Page]


class PageGone(LookupError):
    """The address leads nowhere: the message is older than the content."""


def open_page(view: View, go: Go) -> Page:
    """The page at ``go``.

    Raises:
        PageGone: no such topic, word, group, area or section any more.
    """
    try:
        return PAGES[go.place](view, go)
    except (KeyError, ValueError) as error:
        raise PageGone(go) from error


def _topic(view: View, go: Go) -> Topic:
    return view.edition.topics[go.ref]


PAGES: dict[Place, Opener] = {
    Place.HOME: lambda view, go: menus.home(view),
    Place.HELP: lambda view, go: menus.help_page(view),
    Place.ABOUT: lambda view, go: menus.about(view),
    Place.CONDITIONS: lambda view, go: menus.conditions(view),
    Place.SYSTEM: menus.system,
    Place.EFFECTS: lambda view, go: menus.effects(view),
    Place.GROUP: menus.group,
    Place.AREAS: lambda view, go: menus.areas(view),
    Place.AREA: menus.area,
    Place.SERIOUS: menus.serious,
    Place.WORKS: lambda view, go: menus.works(view),
    Place.SECTION: menus.section,
    Place.GLOSSARY: lambda view, go: glossary.glossary(view),
    Place.LETTER: glossary.letter,
    Place.TERM: lambda view, go: glossary.term_page(view, view.edition.terms_by_name[go.ref]),
    Place.TERM_SOURCES: lambda view, go: sources.of_term(
        view, view.edition.terms_by_name[go.ref], go
    ),
    Place.MEDICINES: lambda view, go: medicine_menus.medicines(view),
    Place.BY_CONDITION: medicine_menus.by_condition,
    Place.FOR_CONDITION: medicine_menus.for_condition,
    Place.BY_KIND: medicine_menus.by_kind,
    Place.FAMILY: medicine_menus.family,
    Place.A_TO_Z: lambda view, go: medicine_menus.a_to_z(view),
    Place.INITIAL: medicine_menus.initial,
    Place.BRANDS: medicines.brands,
    Place.USES: medicines.uses,
    Place.TAKEN: medicines.taken,
    Place.LISTED_EFFECTS: listed.side_effects,
    Place.CARE: medicines.care,
    Place.THAT_LIST: listed.medicines_that_list,
    Place.GUIDES: menus.guides,
    Place.VISITS: lambda view, go: visits.menu(view),
    Place.QUESTIONS: visits.questions,
    Place.PLAIN_QUESTIONS: visits.plain_questions,
    Place.FOUND: found.found,
    Place.CARD: lambda view, go: cards.card(view, _topic(view, go), go.via),
    Place.SOURCES: lambda view, go: sources.of_topic(view, _topic(view, go), go),
    Place.URGENT: numbers.urgent,
    Place.URGENT_IN: numbers.urgent_in,
    Place.REPORT: numbers.report,
    Place.REPORT_IN: numbers.report_in,
    Place.PRIVACY: lambda view, go: privacy.privacy(view),
    Place.WRONG: lambda view, go: menus.wrong(view, _topic(view, go), go),
}
