"""Questions that only a doctor can answer, and everything that only sounds like one."""

from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import yaml

from bot.library import Edition, Library
from bot.library.models import Fixed, FixedKind
from bot.matching.fixed import FixedMatch, FixedMatcher
from bot.matching.fixed_checks import fixed_problems
from bot.matching.matchers import Matchers
from bot.matching.normalise import read

MESSAGES = Path(__file__).parents[1] / "data" / "messages"
TEXT = "Ask your doctor. Call {numbers} now."
SMALL: dict[str, Any] = {
    "asking": ["should i", "can i"],
    "opening": ["is"],
    "medicine_words": ["meds|mg"],
    "lists": {"thing": ["meds|wages"]},
    "answers": {
        kind.value: {"text": TEXT, "guide": "missed-dose", "matches": [], "quiet": []}
        for kind in FixedKind
    },
}


@pytest.fixture(scope="module")
def fixed(edition: Edition) -> FixedMatcher:
    return FixedMatcher.of(edition)


def asked(matcher: FixedMatcher, text: str) -> str | None:
    """ "stop" where it is surely that, "stop?" where a topic must be named, or None."""
    match = matcher.find(read(text))
    return f"{match.kind}{'' if match.sure else '?'}" if match else None


def small(**stop: Any) -> FixedMatcher:
    """A matcher that knows one answer alone."""
    answers = {**SMALL["answers"], "stop": {**SMALL["answers"]["stop"], **stop}}
    return FixedMatcher(Fixed.model_validate({**SMALL, "answers": answers}))


def messages(name: str) -> list[dict[str, Any]]:
    loaded = yaml.safe_load((MESSAGES / name).read_text(encoding="utf-8"))
    assert isinstance(loaded, list)
    return loaded


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Should I stop my meds?", "stop"),
        ("should i stop humira", "stop?"),
        ("can i skip an injection", "skip"),
        ("should i take a double dose", "skip"),
        ("how many mg", "dose"),
        ("how many mg of methotrexate should I take", "dose"),
        ("is it ok to take ibuprofen with humira", "combine"),
        ("do i have crohns", "diagnosis"),
        ("is this lump cancer", "diagnosis"),
        ("could it be MS", "diagnosis"),
        ("SHUOLD I STOP TAKING STEROIDS", "stop"),
        ("is 40mg too much", "dose"),
    ],
)
def test_what_only_a_doctor_can_answer(fixed: FixedMatcher, text: str, kind: str) -> None:
    assert asked(fixed, text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I took a double dose",
        "my doctor stopped it last year",
        "they put my dose up and I feel better",
        "can I drink wine with my meds",
        "should i stop by later",
        "how do I stop worrying",
        "the bus stop is near the clinic",
        "a healthy dose of sarcasm",
    ],
)
def test_what_only_sounds_like_it(fixed: FixedMatcher, text: str) -> None:
    assert asked(fixed, text) is None


def test_it_says_which_words_meant_it(fixed: FixedMatcher) -> None:
    match = fixed.find(read("Hi all. Should I stop my meds? Thanks"))
    assert match == FixedMatch(FixedKind.STOP, True, "Should I stop")


def test_questions_are_recognised(fixed: FixedMatcher) -> None:
    for part, least in (("dev", 0.98), ("held", 0.8)):
        wanted = messages(f"dose.{part}.yaml")
        found = [fixed.find(read(message["text"])) for message in wanted]
        counted = [
            match is not None and (match.sure or bool(message["topics"]))
            for match, message in zip(found, wanted, strict=True)
        ]
        assert sum(counted) >= least * len(wanted), part


@pytest.mark.parametrize("part", ["dev", "held"])
def test_what_only_looks_like_one_is_rarely_taken_for_it(fixed: FixedMatcher, part: str) -> None:
    others = messages(f"dose-not.{part}.yaml")
    found = [(fixed.find(read(message["text"])), message["topics"]) for message in others]
    assert sum(match is not None and (match.sure or bool(t)) for match, t in found) <= 2


def test_everyday_talk_is_never_surely_about_medicine(fixed: FixedMatcher) -> None:
    lines = (MESSAGES / "chat.dev.txt").read_text(encoding="utf-8").splitlines()
    found = {line: fixed.find(read(line)) for line in lines}
    assert [line for line, match in found.items() if match and match.sure] == []


@pytest.mark.parametrize(
    "text",
    ["stop ", "can i stop. ", "stop the. take with! ", "is it ok ", "wrods sholud "],
)
def test_no_message_takes_long(fixed: FixedMatcher, text: str) -> None:
    words = read(text * 1000)
    fixed.find(words)
    start = perf_counter()
    fixed.find(words)
    assert perf_counter() - start < 0.1  # ten times what it takes: a test must not depend on load


def test_asked_words_need_a_question() -> None:
    matcher = small(asked=["stop"])
    assert asked(matcher, "we stop here") is None
    assert asked(matcher, "should I stop") == "stop?"
    assert asked(matcher, "stop?") == "stop?"
    assert asked(matcher, "is a stop needed") == "stop?"
    assert asked(matcher, "it is a stop") is None
    assert asked(matcher, "I said: stop. Is that clear to all of you?") is None
    assert asked(matcher, "I will stop. All right?") == "stop?"


def test_groups_stand_near_each_other_in_one_sentence() -> None:
    matcher = small(words=["stop + <thing> - never"])
    assert asked(matcher, "stop my wages") == "stop?"
    assert asked(matcher, "meds: stop") == "stop"
    assert asked(matcher, "never stop wages") is None
    assert asked(matcher, "stop. my wages") is None
    assert asked(matcher, "stop one two three four five six seven eight wages") is None


def test_numbers_units_and_slips_of_the_finger() -> None:
    matcher = small(words=["# or #|prescription"])
    assert asked(matcher, "20 or 25") == "stop?"
    assert asked(matcher, "20mg or 25mg") == "stop"
    assert asked(matcher, "perscription") == "stop?"


def test_what_makes_it_something_else_counts_only_near_it() -> None:
    matcher = small(words=["stop"], unless=["bus stop"])
    assert asked(matcher, "the bus stop") is None
    assert asked(matcher, "the bus stop. And stop it") == "stop?"


def test_a_list_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="there is no list 'things'"):
        small(words=["stop + <things>"])


def test_a_list_has_no_groups() -> None:
    with pytest.raises(ValueError, match="only alternatives belong here"):
        Fixed.model_validate({**SMALL, "asking": ["should i + stop"]})


def test_the_fixed_answers_are_sound(library: Library) -> None:
    assert fixed_problems(library) == []


def test_an_editor_hears_what_is_wrong(library: Library, edition: Edition) -> None:
    stop = edition.fixed.answers[FixedKind.STOP]
    broken = stop.model_copy(
        update={
            "text": "Pharmacological considerations necessitate consultation: {numbers}.",
            "guide": "crohns-disease",
            "matches": ("hello", "can i skip my injection"),
            "with_a_topic": ("should i stop my meds",),
        }
    )
    answers = {**edition.fixed.answers, FixedKind.STOP: broken}
    changed = edition.fixed.model_copy(update={"answers": answers})
    library = Library({"en": Edition(**{**vars_of(edition), "fixed": changed})})
    told = "\n".join(map(str, fixed_problems(library)))
    for part in (
        "en/fixed.yaml:1: stop: no guide 'crohns-disease'",
        "stop: matches: 2 examples, at least 10 are needed",
        "stop: matches: 'hello' means nothing",
        "stop: matches: 'can i skip my injection' means skip, sure: 'can i skip'",
        "stop: with_a_topic: 'should i stop my meds' means stop, sure: 'should i stop'",
        "stop: reading grade",
    ):
        assert part in told


def vars_of(edition: Edition) -> dict[str, Any]:
    """The fields of an edition, without what it has worked out since."""
    return {name: getattr(edition, name) for name in type(edition).__dataclass_fields__}


def test_the_names_of_all_medicines_stand_in_the_list_of_medicines(edition: Edition) -> None:
    matcher = FixedMatcher.of(edition)
    for name in ("secukinumab", "Dupixent", "interferon beta-1a"):
        match = matcher.find(read(f"what is the usual dose of {name}"))
        assert match
        assert match.kind is FixedKind.DOSE


@pytest.mark.parametrize("text", ["can i skip tonight", "how late can i take it"])
def test_in_private_a_brief_question_is_about_medicine(matchers: Matchers, text: str) -> None:
    assert matchers["en"].read(text).asks is FixedKind.SKIP
    assert matchers["en"].read(text, alone=False).asks is None


@pytest.mark.parametrize(
    "text", ["can i skip rehearsal", "should i take the lift", "can we start a choir"]
)
def test_a_brief_question_that_speaks_of_something_else_is_about_that(
    matchers: Matchers, text: str
) -> None:
    assert matchers["en"].read(text).asks is None
