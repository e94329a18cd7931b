"""What answers a text that names no topic: the menu or the word of the glossary that it asks for,
or one honest line."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.library.everyday import rank
from bot.library.library import Edition, names_of
from bot.library.models import Guide
from bot.library.names import key
from bot.matching.normalise import read
from bot.pages import answers
from bot.pages.atlas import open_page
from bot.pages.glossary import address
from bot.pages.menus import ways_in
from bot.pages.page import Go, Outcome, Page, View
from bot.pages.text import emergency_numbers, escape

GUIDES_SHOWN = 3
NEAR = 75  # of 100, by rapidfuzz: a shared word, or one a letter or two away
EMPTY_WORDS = 200  # the words used most often say nothing of what a text is about
LONGEST_QUESTION = 8  # words: whoever says more is telling something


def unclear(view: View, text: str) -> Page:
    """The menu or the word that ``text`` asks for and says nothing besides; else that it was not
    understood, the nearest guides, and the menu."""
    return asked_for(view, text) or _not_understood(view, text)


def asked_for(view: View, text: str) -> Page | None:
    """What "side effects" or "what is a biologic?" asks for and says nothing besides."""
    words = read(text).words
    if len(words) > LONGEST_QUESTION:
        return None
    asking = view.edition.phrases.talk.asking
    telling = key(" ".join(word for word in words if word not in asking))
    buttons = (button for row in ways_in(view) for button in row)
    pages = {key(button.label): button.to for button in buttons if isinstance(button.to, Go)}
    terms = view.edition.terms_by_name
    if telling in terms:
        pages.setdefault(telling, address(terms[telling]))
    go = pages.get(key(text)) or pages.get(telling)
    return open_page(view, go) if go else None


def _not_understood(view: View, text: str) -> Page:
    line = view.edition.phrases.talk.not_understood.format(
        numbers=emergency_numbers(view), directory=view.edition.helplines.directory
    )
    rows = tuple((answers.topic_button(guide),) for guide in _nearest_guides(view.edition, text))
    return Page(escape(line), (*rows, *ways_in(view)), outcome=Outcome.NOTHING)


def _nearest_guides(edition: Edition, text: str) -> list[Guide]:
    """Those with a telling word of ``text`` in a name, nearest first; then what most people ask."""
    names = _names_of_guides(edition)
    said = _telling(edition, text[:200])
    ranked = process.extract(
        said, list(names), scorer=fuzz.token_set_ratio, score_cutoff=NEAR, limit=20
    )
    useful = (edition.topics[name] for name in edition.phrases.inline.useful)
    guides = [*(names[name] for name, *_ in ranked), *(t for t in useful if isinstance(t, Guide))]
    return list({guide.id: guide for guide in guides}.values())[:GUIDES_SHOWN]


def _names_of_guides(edition: Edition) -> Mapping[str, Guide]:
    """Guides by the telling words of each of their names."""
    names: dict[str, Guide] | None = edition.beside.get(_names_of_guides)
    if names is None:
        guides = edition.of_kind(Guide)
        names = {_telling(edition, n): guide for guide in guides for n in names_of(guide)}
        edition.beside[_names_of_guides] = names
    return names


def _telling(edition: Edition, text: str) -> str:
    """What stays of ``text`` without words that say nothing of what it is about."""
    found, asking = read(text), edition.phrases.talk.asking
    pairs = zip(found.words, found.stems, strict=True)
    return " ".join(s for word, s in pairs if word not in asking and rank(word) >= EMPTY_WORDS)
