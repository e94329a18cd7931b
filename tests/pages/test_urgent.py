"""The answers to red flags as pages: whom to call, one thing to do, help lines, nothing else."""

import pytest

from bot.library import Edition
from bot.library.models import Flag, Level
from bot.library.rules.bans import DOSE
from bot.matching.urgent import UrgentMatch
from bot.pages.page import Button, Go, Page, Place, View
from bot.pages.text import plain
from bot.pages.urgent import urgent_in_group, urgent_page
from tests.conftest import TODAY

LONGEST = 900  # visible characters


@pytest.fixture
def view(edition: Edition) -> View:
    return View(edition=edition, today=TODAY)


def each_level(flag: Flag) -> list[UrgentMatch]:
    levels = {flag.level_of(raised=raised) for raised in (False, bool(flag.raised))}
    return [UrgentMatch(flag.id, level, "words") for level in sorted(levels)]


def every_match(edition: Edition) -> list[UrgentMatch]:
    return [match for flag in edition.urgent.flags for match in each_level(flag)]


def page_of(view: View, flag_id: str, level: Level = Level.EMERGENCY) -> Page:
    return urgent_page(view, UrgentMatch(flag_id, level, "words"), ())


def test_every_answer_names_a_number_and_is_short(view: View) -> None:
    for match in every_match(view.edition):
        text = plain(urgent_page(view, match, ()).text)
        assert "112, 911 or 999" in text
        assert len(text) <= LONGEST
        assert not list(DOSE.found(text))
        lines = plain(urgent_in_group(view, match, "https://t.me/bot").text).splitlines()
        assert len(lines) == 2
        assert "112, 911 or 999" in lines[0]


def test_the_number_is_that_of_a_country_somebody_chose(edition: Edition) -> None:
    view = View(edition=edition, today=TODAY, country="GB")
    for match in every_match(edition):
        assert "999 or 112" in plain(urgent_page(view, match, ()).text)


def test_another_country_comes_first_then_what_else_it_was_about(view: View) -> None:
    topics = [view.edition.topics[name] for name in ("adalimumab", "chest-pain")]
    match = UrgentMatch("heart-attack", Level.EMERGENCY, "chest pain")
    first, *others = (row[0] for row in urgent_page(view, match, topics).rows)
    assert first == Button("Another country", Go(Place.URGENT))
    assert [button.to for button in others] == [Go(Place.CARD, topic.id) for topic in topics]


def test_thoughts_of_suicide_get_a_crisis_line_and_somebody_to_stay(view: View) -> None:
    text = plain(page_of(view, "suicide-risk").text)
    for said in ("988", "116 123", "findahelpline.com", "Stay with someone", "deserve help"):
        assert said in text
    for method in ("pill", "overdose", "rope", "kill", "jump"):
        assert method not in text.lower()


def test_a_swollen_throat_gets_both_medicines_and_a_call_before_them(view: View) -> None:
    text = plain(page_of(view, "anaphylaxis").text)
    assert text.index("call") < text.index("adrenaline pen")
    assert "hereditary angioedema" in text
    for flag_id in ("anaphylaxis", "hae-throat-attack"):
        said = plain(page_of(view, flag_id).text).lower()
        assert not any(
            word in said for word in ("don't use", "do not use", "doesn't work", "not help")
        )


def test_who_was_hurt_gets_help_lines_and_is_not_told_to_call_whatever_happened(view: View) -> None:
    text = plain(page_of(view, "violence").text)
    assert "In danger now, or hurt: call 112, 911 or 999." in text
    for said in ("not your fault", "doctor", "1-800-799-7233", "nhs.uk", "findahelpline.com"):
        assert said in text
    assert "988" not in text


def test_the_lines_are_those_of_the_country(edition: Edition) -> None:
    text = plain(page_of(View(edition=edition, today=TODAY, country="US"), "violence").text)
    assert "1-800-656-4673" in text
    assert "nhs.uk" not in text
