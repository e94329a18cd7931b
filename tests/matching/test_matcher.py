"""What people type, and what it means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library import Edition
from bot.library.models import SmallTalk
from bot.matching.matcher import Matcher
from tests.test_medicines import misspelt

CERTAIN = [
    ("my daughter has hae", {"hereditary-angioedema"}),
    ("i have ms", {"multiple-sclerosis"}),
    ("MS is exhausting some days, anyone else?", {"multiple-sclerosis"}),
    ("diagnosed with UC last week", {"ulcerative-colitis"}),
    ("my RA is flaring", {"rheumatoid-arthritis"}),
    ("does anyone else with CAPS get hives?", {"cryopyrin-associated-periodic-syndromes", "hives"}),
    ("rheumatoid  arthritis 😩😩", {"rheumatoid-arthritis"}),
    ("CROHNS DISEASE", {"crohns-disease"}),
    ("stills disease in adults", {"stills-disease"}),
    ("auto-inflammatory or autoimmune", set()),
    ("got a rash on my arm", {"rash-arms-cheeks"}),
    ("hair loss on humira", {"alopecia", "adalimumab"}),
    ("6 mp or 6mp, same thing?", {"mercaptopurine"}),
    ("sooo nauseous after my methotrexate injection", {"methotrexate"}),
    ("Crohn’s​ and remicade", {"crohns-disease", "infliximab"}),
    ("can i drink on mtx", {"alcohol", "methotrexate"}),
    ("how long until humira works", {"how-long-until-it-works", "adalimumab"}),
]

MISSPELT = [
    ("crones", {"crohns-disease"}),
    ("crowns disease", {"crohns-disease"}),
    ("rumatoid arthritis", {"rheumatoid-arthritis"}),
    ("ulcerative colitus", {"ulcerative-colitis"}),
    ("hereditery angiodema", {"hereditary-angioedema"}),
    ("multiple sclorosis", {"multiple-sclerosis"}),
]

GUESSED = [
    ("humera", {"adalimumab"}),
    ("anyone on stelera?", {"ustekinumab"}),
    ("golimumb", {"golimumab"}),
    ("vedolizumb helped me", {"vedolizumab"}),
    ("azathioprin", {"azathioprine"}),
]

QUIET = [
    "Ms. Ortega called",
    "250 ms latency on this server",
    "UC Davis has a nice campus",
    "please no ALL CAPS",
    "all of them came",
    "a rash decision",
    "hot flush of success",
    "are we still on for tonight",
    "flush the toilet",
    "netflix and chill",
    "this spreadsheet is a headache",
    "got my FA cup tickets",
    "see https://example.org/crohns-disease for more",
    "ask @humira_fan about it",
    "write to crohns@example.org",
    "the bees left their hives",
    "saturday night fever is on",
    "",
    "🙂",
]


@pytest.mark.parametrize(("text", "topics"), CERTAIN)
def test_what_is_certain(matcher: Matcher, text: str, topics: set[str]) -> None:
    assert topics <= {topic.id for topic in matcher.read(text).topics}


@pytest.mark.parametrize(("text", "topics"), MISSPELT)
def test_a_misspelt_condition_is_understood(matcher: Matcher, text: str, topics: set[str]) -> None:
    meaning = matcher.read(text)
    assert topics <= {topic.id for topic in (*meaning.topics, *meaning.guessed)}


@pytest.mark.parametrize(("text", "topics"), GUESSED)
def test_a_misspelt_medicine_is_a_guess(matcher: Matcher, text: str, topics: set[str]) -> None:
    meaning = matcher.read(text)
    assert topics <= {topic.id for topic in meaning.guessed}
    assert not topics & {topic.id for topic in meaning.topics}


@pytest.mark.parametrize("text", QUIET)
def test_what_is_about_something_else(matcher: Matcher, text: str) -> None:
    assert [topic.id for topic in matcher.read(text, alone=False).topics] == []


def test_an_abbreviation_alone_counts_in_private_only(matcher: Matcher) -> None:
    assert [topic.id for topic in matcher.read("ms").topics] == ["multiple-sclerosis"]
    assert matcher.read("ms", alone=False).topics == ()


def test_what_is_cut_does_not_count(matcher: Matcher) -> None:
    assert matcher.read("> my crohns\nlucky you", cut=[(0, 11)]).topics == ()


@pytest.mark.parametrize(
    ("text", "talk"),
    [("Thanks!", SmallTalk.THANKS), ("hello :)", SmallTalk.HELLO), ("ok", SmallTalk.OK)],
)
def test_small_talk_is_known(matcher: Matcher, text: str, talk: SmallTalk) -> None:
    assert matcher.read(text).small_talk is talk


def test_one_letter_off_is_never_answered_and_nearly_always_offered(
    matcher: Matcher, edition: Edition
) -> None:
    pairs = misspelt(edition, 1000, letters=1, seed=3)
    meanings = {wrong: matcher.read(wrong) for wrong, _ in pairs}
    answered = [wrong for wrong, meaning in meanings.items() if meaning.topics]
    missed = [p for p in pairs if p[1] not in {t.id for t in meanings[p[0]].guessed}]
    assert answered == []
    assert len(missed) <= 10, missed


def test_two_letters_off_is_mostly_offered(matcher: Matcher, edition: Edition) -> None:
    pairs = misspelt(edition, 1000, letters=2, seed=4)
    missed = [p for p in pairs if p[1] not in {t.id for t in matcher.read(p[0]).guessed}]
    assert len(missed) <= 30, missed


@settings(max_examples=300)
@given(st.text(max_size=500))
def test_no_text_whatever_does_harm(matcher: Matcher, text: str) -> None:
    matcher.read(text)


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "🙂" * 10_000, "humera " * 20_000, "\0" * 5000, "\u202eabc " * 5000],
)
def test_walls_of_anything_are_read(matcher: Matcher, text: str) -> None:
    matcher.read(text)
