"""The menus of medicines: by condition, by kind, from A to Z."""

from collections.abc import Sequence

from bot.library.models import Condition, Family, Medicine
from bot.pages import shelves
from bot.pages.kept import kept
from bot.pages.listed import medicine_button
from bot.pages.lists import label, listing, way_back
from bot.pages.page import Button, Go, Page, Place, View
from bot.pages.text import escape

LETTERS_PER_ROW = 6
FROM_MENU = "m"  # in ``Go.via``: opened from the menu, not from the condition's card


@kept
def medicines(view: View) -> Page:
    """``/medicine``: the three ways to look."""
    labels = view.edition.phrases.buttons
    rows = (
        (Button(labels.by_condition, Go(Place.BY_CONDITION)),),
        (Button(labels.by_kind, Go(Place.BY_KIND)),),
        (Button(labels.a_to_z, Go(Place.A_TO_Z)),),
        way_back(view, None),
    )
    return Page(escape(view.edition.phrases.menus.medicines), rows)


def by_condition(view: View, go: Go) -> Page:
    """The conditions that a medicine is used for."""
    found = [c for c in view.edition.of_kind(Condition) if shelves.used_for(view.edition, c.id)]
    buttons = [Button(label(c), Go(Place.FOR_CONDITION, c.id, via=FROM_MENU)) for c in found]
    text = view.edition.phrases.menus.medicines_by_condition
    return listing(view, text, buttons, go, Go(Place.MEDICINES))


def for_condition(view: View, go: Go) -> Page:
    """The medicines for one condition; what is not approved for it is marked."""
    condition = view.edition.topics[go.ref]
    marks = {
        "off-label": view.edition.phrases.medicines.off_label_short,
        "article": view.edition.phrases.medicines.article_short,
    }
    buttons = []
    for medicine, status in shelves.used_for(view.edition, condition.id):
        name = marks.get(status, "{name}").format(name=shelves.with_brand(medicine))
        buttons.append(Button(name, shelves.card(medicine, _use_number(medicine, condition.id))))
    text = view.edition.phrases.medicines.for_condition.format(name=condition.title)
    back = Go(Place.BY_CONDITION) if go.via == FROM_MENU else shelves.card(condition)
    return listing(view, text, buttons, go, back)


def by_kind(view: View, go: Go) -> Page:
    """The families of medicines."""
    names = view.edition.phrases.menus.families
    there = [family for family in Family if shelves.in_family(view.edition, family)]
    buttons = [Button(names[family], Go(Place.FAMILY, family)) for family in there]
    text = view.edition.phrases.menus.medicines_by_kind
    return listing(view, text, buttons, go, Go(Place.MEDICINES))


def family(view: View, go: Go) -> Page:
    """The medicines of one family."""
    here = Family(go.ref)
    text = view.edition.phrases.menus.families[here]
    found = shelves.in_family(view.edition, here)
    return _list(view, text, found, go, Go(Place.BY_KIND), shelves.FAMILY)


def a_to_z(view: View) -> Page:
    """The first letters of the generic names."""
    found = view.edition.of_kind(Medicine)
    letters = sorted({shelves.initial(medicine) for medicine in found})
    buttons = [Button(letter, Go(Place.INITIAL, letter)) for letter in letters]
    rows = tuple(
        tuple(buttons[at : at + LETTERS_PER_ROW]) for at in range(0, len(buttons), LETTERS_PER_ROW)
    )
    text = escape(view.edition.phrases.menus.medicines)
    return Page(text, (*rows, way_back(view, Go(Place.MEDICINES))))


def initial(view: View, go: Go) -> Page:
    """The medicines whose generic name begins with one letter."""
    text = view.edition.phrases.menus.letter.format(letter=go.ref)
    found = shelves.with_initial(view.edition, go.ref)
    return _list(view, text, found, go, Go(Place.A_TO_Z), "")


def _list(view: View, text: str, found: Sequence[Medicine], go: Go, back: Go, via: str) -> Page:
    buttons = [medicine_button(medicine, via) for medicine in found]
    return listing(view, text, buttons, go, back)


def _use_number(medicine: Medicine, condition: str) -> str:
    conditions = [use.condition for use in medicine.uses]
    return str(conditions.index(condition))
