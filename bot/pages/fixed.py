"""The fixed answers: what the bot says where only a doctor can answer."""

from collections.abc import Sequence

from bot.library.models import Condition, FixedKind, Medicine, Topic
from bot.pages.answers import topic_button
from bot.pages.page import Button, Go, Outcome, Page, Place, View
from bot.pages.text import emergency_numbers, escape, italic, paragraphs

MOST_CARDS = 4


def fixed_page(view: View, kind: FixedKind, topics: Sequence[Topic]) -> Page:
    """The answer of ``kind``, with the guide that fits, questions to take along, whom to call, and
    the cards of the ``topics`` that the message named."""
    answer = view.edition.fixed.answers[kind]
    text = escape(answer.text.format(numbers=emergency_numbers(view)))
    guide = view.edition.topics.get(answer.guide)
    cards = [topic for topic in topics if topic != guide][:MOST_CARDS]
    buttons = [topic_button(guide)] if guide else []
    labels = view.edition.phrases.buttons
    buttons += [_questions(view, topics), Button(labels.urgent, Go(Place.URGENT))]
    buttons += map(topic_button, cards)
    disclaimer = italic(view.edition.phrases.disclaimer)
    rows = tuple((button,) for button in buttons)
    return Page(paragraphs([text, disclaimer]), rows, kind, Outcome.FIXED)


def _questions(view: View, topics: Sequence[Topic]) -> Button:
    """The questions for the medicine named, else for the condition, else for any visit."""
    named = [topic for kind in (Medicine, Condition) for topic in topics if isinstance(topic, kind)]
    ref = named[0].id if named else ""
    return Button(view.edition.phrases.buttons.questions, Go(Place.QUESTIONS, ref))
