"""Which side effects a medicine's sources list, and which medicines list a side effect."""

from collections.abc import Sequence

from bot.library.models import Effect, Effects, Medicine, SideEffect, Topic
from bot.pages import shelves
from bot.pages.kept import kept
from bot.pages.lists import Part, listing, part_of, turns
from bot.pages.medicines import medicine_at, part_page, topic_rows
from bot.pages.page import Button, Go, Page, Place, View

PER_PAGE = 6  # each takes a line and, where it has a card, a button
Listed = tuple[Effects, Effect]


def effects_or_card(topic: Topic) -> Go:
    """The address for somebody who asks about side effects: a medicine's list, or a card."""
    if isinstance(topic, Medicine):
        return Go(Place.LISTED_EFFECTS, topic.id)
    return shelves.card(topic)


@kept
def side_effects(view: View, go: Go, missing: SideEffect | None = None) -> Page:
    """The side effects that a medicine's sources list, with numbers where they give them.

    ``missing`` was asked for and is not among them: that is said first.
    """
    medicine = medicine_at(view, go)
    phrases = view.edition.phrases.medicines
    listed = [(block, line) for block in medicine.side_effects for line in block.lines]
    asked = [phrases.not_listed.format(name=missing.title)] if missing else []
    if not listed:
        return part_page(view, go, [*asked, phrases.no_effects])
    part = part_of(listed, go.page, PER_PAGE)
    ids = dict.fromkeys(line.effect for _, line in part.items if line.effect)
    rows = topic_rows(view.edition.topics[effect] for effect in ids)
    text = [*asked, phrases.effects, *_blocks(view, part)]
    return part_page(view, go, text, (*rows, *turns(view, go, part)), part)


def page_of_effect(medicine: Medicine, effect: str) -> int | None:
    """The page of ``side_effects`` on which the effect of that id stands; None: not listed."""
    lines = [line.effect for block in medicine.side_effects for line in block.lines]
    return lines.index(effect) // PER_PAGE if effect in lines else None


def medicines_that_list(view: View, go: Go) -> Page:
    """The medicines whose sources name a side effect."""
    effect = view.edition.topics[go.ref]
    buttons = [medicine_button(medicine) for medicine in listing_medicines(view, effect.id)]
    text = view.edition.phrases.medicines.that_list.format(name=effect.title)
    return listing(view, text, buttons, go, shelves.card(effect, go.via))


def listing_medicines(view: View, effect: str) -> tuple[Medicine, ...]:
    """The medicines, by name, whose sources list the side effect of that id."""
    return view.edition.listing.get(effect, ())


def medicine_button(medicine: Medicine, via: str = "") -> Button:
    """A button that opens a medicine: its name, and the brand that most people know."""
    return Button(shelves.with_brand(medicine), shelves.card(medicine, via))


def _blocks(view: View, part: Part[Listed]) -> Sequence[str]:
    """The lines of this page, under each source that they are from."""
    texts = []
    for block in dict.fromkeys(block for block, _ in part.items):
        lines = [f"• {_line(view, line)}" for b, line in part.items if b is block]
        texts.append("\n".join([*lines, _from(view, block)]))
    return texts


def _line(view: View, line: Effect) -> str:
    topic = view.edition.topics.get(line.effect or "")
    name = (topic.title if isinstance(topic, SideEffect) else line.name) or ""
    form = view.edition.phrases.medicines.effect
    return form.format(name=name, often=line.often) if line.often else name


def _from(view: View, block: Effects) -> str:
    titles = ", ".join(view.edition.sources[source].title for source in block.sources)
    return view.edition.phrases.medicines.effects_from.format(sources=titles, part=block.at)
