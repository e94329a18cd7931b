"""The fixed answers as pages: what they say, and where their buttons lead."""

import pytest

from bot.library import Edition
from bot.library.models import FixedKind
from bot.library.rules.bans import DOSE
from bot.pages.fixed import MOST_CARDS, fixed_page
from bot.pages.page import Button, Go, Page, Place, View
from bot.pages.text import plain
from tests.conftest import TODAY


@pytest.fixture
def view(edition: Edition) -> View:
    return View(edition=edition, today=TODAY)


def buttons(page: Page) -> list[Button]:
    assert all(len(row) == 1 for row in page.rows)
    return [button for row in page.rows for button in row]


@pytest.mark.parametrize("kind", FixedKind)
def test_every_answer_sends_to_the_doctor_and_names_the_emergency_number(
    view: View, kind: FixedKind
) -> None:
    text = plain(fixed_page(view, kind, ()).text)
    assert "112, 911 or 999" in text
    assert "Talk to your doctor" in text
    assert "Never" in text or "Don't" in text
    assert "Have ready" in text
    assert len(text) < 800
    assert not list(DOSE.found(text))


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        (FixedKind.DOSE, "stopping-or-pausing"),
        (FixedKind.STOP, "stopping-or-pausing"),
        (FixedKind.SKIP, "missed-dose"),
        (FixedKind.COMBINE, "other-medicines"),
        (FixedKind.DIAGNOSIS, "flare-or-side-effect"),
    ],
)
def test_the_guide_comes_first_then_the_questions_and_whom_to_call(
    view: View, kind: FixedKind, guide: str
) -> None:
    first, second, third = buttons(fixed_page(view, kind, ()))
    assert first.to == Go(Place.CARD, guide)
    assert second == Button("Questions for your doctor", Go(Place.QUESTIONS))
    assert third == Button("Urgent help", Go(Place.URGENT))


def test_the_questions_and_cards_are_those_of_the_topics_named(view: View) -> None:
    names = ("crohns-disease", "adalimumab", "missed-dose")
    topics = [view.edition.topics[name] for name in names]
    _, questions, _, *cards = buttons(fixed_page(view, FixedKind.SKIP, topics))
    assert questions.to == Go(Place.QUESTIONS, "adalimumab")
    assert [card.to for card in cards] == [
        Go(Place.CARD, "crohns-disease"),
        Go(Place.CARD, "adalimumab"),
    ]


def test_a_condition_has_questions_too_and_a_side_effect_has_those_for_any_visit(
    view: View,
) -> None:
    topics = view.edition.topics
    for name, asked in (("crohns-disease", "crohns-disease"), ("headache", "")):
        page = fixed_page(view, FixedKind.DIAGNOSIS, [topics[name]])
        assert buttons(page)[1].to == Go(Place.QUESTIONS, asked)


def test_many_topics_do_not_fill_the_screen(view: View) -> None:
    topics = list(view.edition.topics.values())[:20]
    assert len(buttons(fixed_page(view, FixedKind.STOP, topics))) == 3 + MOST_CARDS


def test_in_the_country_somebody_chose_it_is_that_number(edition: Edition) -> None:
    view = View(edition=edition, today=TODAY, country="US")
    assert "Call 911 now" in plain(fixed_page(view, FixedKind.DOSE, ()).text)
