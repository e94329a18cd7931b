"""The rules of an emergency, one by one: what raises it, what cancels it and what never does."""

import pytest

from bot.library.models import FixedKind, Level
from bot.matching.matcher import Matcher


def flag_of(matcher: Matcher, text: str) -> str | None:
    match = matcher.read(text).urgent
    return match.flag_id if match else None


@pytest.mark.parametrize(
    "text",
    [
        "sepsis on humira",
        "fever 39 and confused, on humira",
        "fever and breathing fast, on mtx",
        "fever and so drowsy, on rinvoq",
        "fever 38.5 and my white cells are low",
        "fever after chemotherapy",
        "fever after car-t",
        "sudden weakness in my left arm, on tysabri",
        "suddenly can't speak",
        "sudden loss of vision in one eye",
        "nosebleed that will not stop",
        "yellow eyes and very drowsy",
        "yellow skin and confused",
    ],
)
def test_what_is_raised_to_an_emergency(matcher: Matcher, text: str) -> None:
    match = matcher.read(text).urgent
    assert match is not None
    assert match.level is Level.EMERGENCY


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("can't breathe", "breathing-trouble"),
        ("I don't want to live", "suicide-risk"),
        ("not peeing", "kidney-warning"),
        ("no fever but I can't breathe", "breathing-trouble"),
        ("nobody would miss me if i was gone", "suicide-risk"),
    ],
)
def test_a_no_inside_a_red_flag_does_not_cancel_it(matcher: Matcher, text: str, flag: str) -> None:
    assert flag_of(matcher, text) == flag


@pytest.mark.parametrize(
    "after",
    [
        "",
        " lol",
        " 😂",
        ", it's like in that film",
        ", tried it last year too",
        ". anyway, how are you",
    ],
)
def test_nothing_that_follows_cancels_wanting_to_die(matcher: Matcher, after: str) -> None:
    assert flag_of(matcher, f"i want to die{after}") == "suicide-risk"


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain",
        "had a heart attack in 2009",
        "can humira cause chest pain?",
        "dying of laughter",
        "this is killing me",
        "heart attack of a price",
        "in the film she can't breathe",
        "tight chest in this dress",
        "gasping for a pint",
    ],
)
def test_what_is_no_emergency(matcher: Matcher, text: str) -> None:
    assert flag_of(matcher, text) is None


@pytest.mark.parametrize("text", ["chest pain", "CHEST PAIN", "chest, pain, help", "chest pian"])
def test_a_symptom_alone_is_one(matcher: Matcher, text: str) -> None:
    assert flag_of(matcher, text) == "heart-attack"


def test_a_double_dose_that_was_taken_is_an_emergency_and_one_that_is_asked_about_is_not(
    matcher: Matcher,
) -> None:
    assert flag_of(matcher, "I took a double dose") == "overdose"
    asked = matcher.read("should I take a double dose")
    assert asked.urgent is None
    assert asked.asks is FixedKind.SKIP


@pytest.mark.parametrize("text", ["throat swelling", "my tongue is swelling"])
def test_a_swollen_throat_without_hae_gets_the_answer_for_both(matcher: Matcher, text: str) -> None:
    assert flag_of(matcher, text) == "anaphylaxis"


def test_words_that_count_alone_count_beside_a_medicine(matcher: Matcher) -> None:
    assert flag_of(matcher, "rigors on Cosentyx") == "serious-infection-fever"
    assert flag_of(matcher, "rigors of academic life") is None


@pytest.mark.parametrize(
    ("of_a_story", "of_somebody"),
    [
        ("a novel about a girl who wants to die", "i read a novel about a girl and i want to die"),
        ("it's a poem about a man who wants to end it all", "my poem is about my wanting to die"),
        (
            "the crime show where the victim had been coughing up blood",
            "we were halfway through the series when mum's face dropped",
        ),
        (
            'why does the leaflet say "get help if you have trouble breathing"',
            'the leaflet says "call if trouble breathing" and I have trouble breathing',
        ),
        (
            "is throat swelling a side effect of this?",
            "is throat swelling a side effect? mine is closing",
        ),
        ("I no longer want to die", "I no longer want to live"),
        (
            "if you have a fever do they still give the infusion",
            "i have a fever of 39 and still got the infusion",
        ),
    ],
)
def test_what_is_told_of_nobody_real_raises_nothing(
    matcher: Matcher, of_a_story: str, of_somebody: str
) -> None:
    assert flag_of(matcher, of_a_story) is None
    assert flag_of(matcher, of_somebody) is not None


def test_what_is_quoted_of_a_person_stays_an_emergency(matcher: Matcher) -> None:
    assert flag_of(matcher, 'he said "i want to die" and locked himself in') == "suicide-risk"
