"""The questions people ask, and the questions people take along."""

import pytest

from bot.library import Edition
from bot.library.models import Condition, Guide, Medicine
from bot.pages.page import View
from bot.pages.visits import FEWEST, chosen
from bot.sandbox import Person
from tests.conftest import TODAY


async def test_the_guides_are_listed_and_open(ann: Person, edition: Edition) -> None:
    assert len(edition.of_kind(Guide)) >= 20
    menu = await ann.says("/guide")
    card = await ann.presses(menu.labels[0])
    assert "Talk to your doctor" in card.text
    assert (await ann.presses("‹ Back")).text == menu.text


@pytest.mark.parametrize(
    ("asked", "guide"),
    [
        ("infection", "infections-and-fever"),
        ("live vaccine", "vaccines"),
        ("can I get pregnant", "pregnancy"),
        ("breastfeeding", "breastfeeding"),
        ("fathering", "fathering"),
        ("blood tests", "blood-tests"),
        ("cancer risk known", "cancer-risk-known"),
        ("how long until it works", "how-long-until-it-works"),
        ("missed dose", "missed-dose"),
        ("stopping or pausing", "stopping-or-pausing"),
        ("dentist", "surgery-and-dentist"),
        ("travel", "travel"),
        ("fridge", "keeping-medicines-cold"),
        ("injecting yourself", "injecting-yourself"),
        ("infusions", "having-an-infusion"),
        ("biosimilars", "biosimilars"),
        ("alcohol", "alcohol"),
        ("can i drink", "alcohol"),
        ("sunscreen", "sun-and-skin"),
        ("fertility", "fertility"),
        ("coping with tiredness", "coping-with-tiredness"),
        ("hair loss coping", "hair-loss-coping"),
        ("low mood", "mood-and-low-mood"),
        ("children and teenagers", "children-and-teenagers"),
        ("paying for it", "paying-for-it"),
        ("what to carry", "what-to-carry"),
        ("flare or side effect", "flare-or-side-effect"),
        ("tb test", "tb-and-hepatitis-tests"),
    ],
)
async def test_a_guide_is_found_in_the_words_people_use(
    ann: Person, edition: Edition, asked: str, guide: str
) -> None:
    answer = await ann.says(f"/guide {asked}")
    title = edition.topics[guide].title
    assert answer.text.startswith(title) or title in answer.labels


async def test_a_visit_can_be_prepared_by_name(ann: Person) -> None:
    answer = await ann.says("/visit humira")
    assert answer.text.startswith("Questions for your doctor: adalimumab")
    assert "1. Have I been tested for tuberculosis and hepatitis B?" in answer.text
    sent = await ann.presses("Send them as plain text")
    assert sent.message is not answer.message
    assert sent.labels == []
    assert "1. Have I been tested" in sent.text


async def test_a_visit_without_a_name_has_a_menu(ann: Person) -> None:
    await ann.says("/visit")
    general = await ann.presses("For any visit")
    assert "5. " in general.text
    await ann.presses("‹ Back")
    assert "Gut" in (await ann.presses("Conditions")).labels


async def test_a_misspelt_medicine_is_asked_about_here_too(ann: Person) -> None:
    assert "adalimumab (Humira)" in (await ann.says("/visit humera")).labels
    questions = await ann.presses("adalimumab (Humira)")
    assert questions.text.startswith("Questions for your doctor: adalimumab")


async def test_a_misspelt_condition_is_asked_about_here_too(ann: Person) -> None:
    assert "Ulcerative colitis" in (await ann.says("/visit ulceratve colitis")).labels


async def test_a_shared_name_offers_the_questions_of_its_topics(ann: Person) -> None:
    assert "Ulcerative colitis" in (await ann.says("/visit IBD")).labels
    questions = await ann.presses("Ulcerative colitis")
    assert questions.text.startswith("Questions for your doctor: Ulcerative colitis")


def test_every_list_has_five_to_eight_questions(edition: Edition) -> None:
    view = View(edition=edition, today=TODAY)
    for topic in (*edition.of_kind(Medicine), *edition.of_kind(Condition), None):
        assert FEWEST <= len(chosen(view, topic)) <= 8
