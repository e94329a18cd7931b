"""The glossary: by letter, and one word at a time."""

from bot.library.models import Term
from bot.library.names import key
from bot.pages import shelves
from bot.pages.footing import foot
from bot.pages.kept import kept
from bot.pages.lists import label, listing, page_of, way_back
from bot.pages.page import Button, Go, Page, Place, Row, View
from bot.pages.text import bold, escape, paragraphs

LETTERS_PER_ROW = 5


@kept
def glossary(view: View) -> Page:
    """``/glossary``: the letters that have a word."""
    letters = sorted({_letter(term) for term in view.edition.terms})
    buttons = [Button(letter, Go(Place.LETTER, letter)) for letter in letters]
    rows: tuple[Row, ...] = tuple(
        tuple(buttons[at : at + LETTERS_PER_ROW]) for at in range(0, len(buttons), LETTERS_PER_ROW)
    )
    text = escape(view.edition.phrases.menus.glossary)
    return Page(text, (*rows, way_back(view, Go(Place.WORKS))))


def letter(view: View, go: Go) -> Page:
    """The words that begin with one letter."""
    text = view.edition.phrases.menus.letter.format(letter=go.ref)
    buttons = [Button(term.term, address(term)) for term in _under(view, go.ref)]
    return listing(view, text, buttons, go, Go(Place.GLOSSARY))


def term_page(view: View, term: Term) -> Page:
    """One word explained, with the topic that says more."""
    parts = [bold(term.term), escape(term.meaning), foot(view, term.reviewed)]
    more = view.edition.topics.get(term.topic or "")
    rows: list[Row] = [(Button(label(more), shelves.card(more)),)] if more else []
    labels = view.edition.phrases.buttons
    rows.append((Button(labels.sources, Go(Place.TERM_SOURCES, key(term.term))),))
    terms = _under(view, _letter(term))
    back = Go(Place.LETTER, _letter(term), page_of(terms.index(term)))
    return Page(paragraphs(parts), (*rows, way_back(view, back)))


def address(term: Term) -> Go:
    """The address of a word's page."""
    return Go(Place.TERM, key(term.term))


def _letter(term: Term) -> str:
    return term.term[0].upper()


def _under(view: View, initial: str) -> list[Term]:
    terms = (term for term in view.edition.terms if _letter(term) == initial)
    return sorted(terms, key=lambda term: key(term.term))
