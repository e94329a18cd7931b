"""What is described in people's own words, asked, or denied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import Edition
from bot.matching.forms import forms, spelled_out
from bot.matching.matcher import Matcher
from bot.matching.normalise import read
from bot.matching.sentences import Asking, Sentences

IRREGULAR = {"fall": ("fell", "fallen")}


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("fall", {"fall", "falls", "falling", "fell", "fallen"}),
        ("stop", {"stop", "stops", "stopping", "stopped"}),
        ("itch", {"itch", "itches", "itching", "itched"}),
        ("ache", {"ache", "aches", "aching", "ached"}),
        ("cry", {"cry", "cries", "crying", "cried"}),
        ("pee", {"pee", "pees", "peeing", "peed"}),
        ("vomit", {"vomit", "vomits", "vomiting", "vomited"}),
    ],
)
def test_forms_of_verbs(verb: str, expected: set[str]) -> None:
    assert set(forms(verb, IRREGULAR)) == expected


def test_marked_verbs_are_spelled_out_and_nothing_else() -> None:
    written = "hair|locks + fall~ out|thin* - brush teeth"
    assert spelled_out(written, IRREGULAR) == (
        "hair|locks + fall out|falls out|falling out|fell out|fallen out|thin* - brush teeth"
    )


def test_ranges_of_numbers_are_spelled_out() -> None:
    written = "fever > 38..39 0..1|c"
    assert spelled_out(written, IRREGULAR) == "fever > 38 0|38 1|39 0|39 1|c"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("hair was coming out in clumps", "alopecia"),
        ("could not keep anything down", "vomiting"),
        ("heart racing", "tachycardia"),
        ("my heart raced all night", "tachycardia"),
        ("where I injected there's a hot red lump", "injection-site-reaction"),
    ],
)
def test_lay_words_in_any_form(matcher: Matcher, text: str, topic: str) -> None:
    assert topic in {found.id for found in matcher.read(text).topics}


def test_everything_that_a_message_describes_is_found(matcher: Matcher) -> None:
    text = "first a headache, then I was throwing up, and my hair comes out in clumps"
    assert {"headache", "vomiting", "alopecia"} <= {t.id for t in matcher.read(text).topics}


@pytest.mark.parametrize(
    "text",
    [
        "on humira for a year, no headaches so far",
        "on humira, no nausea, vomiting or headaches",
        "humira never gave me any headaches",
        "I haven't had a single headache on humira",
    ],
)
def test_what_is_denied_does_not_count(matcher: Matcher, text: str) -> None:
    assert [topic.id for topic in matcher.read(text).topics][1:] == []


@pytest.mark.parametrize(
    "text",
    [
        "no, headaches on humira are new to me",
        "not sleeping, headaches, all since humira",
        "no energy, headaches, all since humira",
        "no idea why I get headaches on humira",
    ],
)
def test_a_no_to_something_else_denies_nothing(matcher: Matcher, text: str) -> None:
    assert "headache" in {topic.id for topic in matcher.read(text).topics}


def test_words_of_two_sentences_describe_nothing(matcher: Matcher) -> None:
    assert matcher.read("I cut my hair. It was falling leaves all day.").topics == ()


def test_a_guide_beside_a_topic_counts_only_where_it_is_asked_about(matcher: Matcher) -> None:
    asked = matcher.read("can i drink wine on humira")
    told = matcher.read("humira came, the courier drank wine with us")
    assert "alcohol" in {topic.id for topic in asked.topics}
    assert "alcohol" not in {topic.id for topic in told.topics}


@pytest.mark.parametrize(
    ("text", "guide"),
    [
        ("stelara abroad", "travel"),  # as short as a search
        ("nursing mum on infliximab, what does the evidence say", "breastfeeding"),
        ("We leave for Kenya with three humira pens. Do they let us through security?", "travel"),
        ("does cimzia get into my milk", "breastfeeding"),
        ("is it ok to bf on aza", "breastfeeding"),
        ("kineret sat on the kitchen counter all night, is it ruined", "keeping-medicines-cold"),
    ],
)
def test_a_guide_is_asked_about_in_many_ways(matcher: Matcher, text: str, guide: str) -> None:
    assert guide in {topic.id for topic in matcher.read(text).topics}


@pytest.mark.parametrize(
    "text",
    [
        "the fridge at work is full of somebody's beer again",
        "my boys go back to school on monday, thank goodness for that",
        "hay fever season has begun again, streaming eyes everywhere",
        "the nursing home down the road has a new garden",
    ],
)
def test_two_everyday_words_make_no_topic(matcher: Matcher, text: str) -> None:
    assert matcher.read(text).topics == ()


@given(st.text(max_size=300))
def test_every_word_stands_in_a_sentence(edition: Edition, text: str) -> None:
    words = read(text)
    sentences = Sentences(words, Asking(edition.cues))
    assert sentences.numbers == sorted(sentences.numbers)
    assert len(sentences.numbers) == len(words.words)
    if "?" not in text:
        assert not any(sentences.asks(at) for at in range(len(words.words))) or sentences.any_asks
