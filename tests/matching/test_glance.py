"""A glance spares work and changes nothing: the short way and the long way agree on every text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library import Edition
from bot.matching import glance
from bot.matching.matcher import Matcher
from bot.matching.triggers import NO_HINTS, Form, Hints
from tests.test_medicines import misspelt

SETS = Path(__file__).parents[1] / "data" / "messages"


def texts() -> Iterator[str]:
    for file in sorted(SETS.glob("*.yaml")):
        for message in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader):
            yield message["text"] if isinstance(message, dict) else message
    for file in sorted(SETS.glob("*.txt")):
        yield from file.read_text(encoding="utf-8").splitlines()


EVERY_TEXT = tuple(texts())
WORDS = tuple(sorted({word for text in EVERY_TEXT for word in text.split()}))


@pytest.mark.parametrize("alone", [True, False])
def test_every_message_of_the_sets_means_the_same(matcher: Matcher, alone: bool) -> None:
    different = [
        text
        for text in EVERY_TEXT
        if matcher.read(text, alone=alone) != matcher.read_whole(text, alone=alone)
    ]
    assert different == []


def test_every_example_of_the_content_means_the_same(matcher: Matcher, edition: Edition) -> None:
    examples = [
        *(text for flag in edition.urgent.flags for text in flag.matches),
        *(text for answer in edition.fixed.answers.values() for text in answer.matches),
        *(wrong for wrong, _ in misspelt(edition, 500, letters=2, seed=8)),
    ]
    assert [text for text in examples if matcher.read(text) != matcher.read_whole(text)] == []


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_words_of_the_messages_in_any_order_mean_the_same(
    matcher: Matcher, words: list[str]
) -> None:
    text = " ".join(words)
    assert matcher.read(text) == matcher.read_whole(text)


@pytest.mark.parametrize("between", ["ﾞ", "ab" * 30, "@ann", "http://example.org/a", "`code`"])
def test_what_is_no_word_parts_no_words(matcher: Matcher, between: str) -> None:
    for text in (f"chest {between} pain", f"{between} losing hair", f"no {between} hair loss"):
        assert matcher.read(text) == matcher.read_whole(text)


@settings(max_examples=200)
@given(st.data())
def test_what_is_cut_out_means_nothing_both_ways(matcher: Matcher, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(EVERY_TEXT))
    start, end = sorted(data.draw(st.integers(0, len(text))) for _ in range(2))
    cut = [(start, end)]
    assert matcher.read(text, cut) == matcher.read_whole(text, cut)


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_text_means_the_same(matcher: Matcher, text: str) -> None:
    assert matcher.read(text) == matcher.read_whole(text)


@settings(max_examples=200)
@given(st.data())
def test_halves_of_messages_and_typing_slips_mean_the_same(
    matcher: Matcher, data: st.DataObject
) -> None:
    one, other = (data.draw(st.sampled_from(EVERY_TEXT)) for _ in range(2))
    text = one[: len(one) // 2] + " " + other[len(other) // 2 :]
    at = data.draw(st.integers(0, len(text) - 1))
    slipped = text[:at] + text[at + 1 :]
    assert matcher.read(slipped) == matcher.read_whole(slipped)


def test_chatter_is_decided_at_a_glance(matcher: Matcher) -> None:
    lines = (SETS / "chat.dev.txt").read_text(encoding="utf-8").splitlines()
    dull = [line for line in lines if not matcher.may_concern(line)]
    assert len(dull) >= len(lines) / 2


class Curious:
    """A layer for which any two words in a row may hint at something."""

    size = 1
    always = NO_HINTS

    def hints(self, form: Form) -> Hints:
        return NO_HINTS

    def begins(self, form: Form) -> bool:
        return True

    def hints_together(self, form: Form, after: Form) -> Hints:
        return NO_HINTS


def strange_texts(texts: int) -> Iterator[str]:
    """So many texts of 400 words, no word of which comes twice."""
    for text in range(texts):
        yield " ".join(f"q{text}q{number}z" for number in range(400))


def test_the_memory_of_a_glance_is_bounded() -> None:
    curious, most = glance.Glance([Curious()]), 0
    for text in strange_texts(100):
        curious.look(text.split())
        most = max(most, curious.kept)
    assert 60_000 <= most <= 70_000


def test_a_matcher_keeps_no_more_than_its_glance(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glance, "MOST_KEPT", 2_000)
    for text in strange_texts(8):
        matcher.read(text)
        assert 0 < matcher.words_kept <= 2_001
