"""Pressing every button that can be reached from every command: nothing refused, no dead end."""

import asyncio

import pytest

from bot.app import COMMANDS, build_app
from bot.config import Config
from bot.library import Edition, Library
from bot.matching.matchers import Matchers
from bot.pages.checks import SCREEN
from bot.sandbox import SandboxRequest, Telegram, drive
from bot.storage import IN_MEMORY, Guarded
from tests.conftest import NOON
from tests.walking import Walk, walk

BEGINNINGS = [f"/{command.name}" for command in COMMANDS]


@pytest.fixture(scope="module")
def walked(library: Library, matchers: Matchers) -> Walk:
    """One walk for all tests: it takes some thousand presses."""

    async def through_everything() -> Walk:
        telegram = Telegram(now=lambda: NOON)
        config = Config(token=telegram.token, contact="bot@example.org")
        async with Guarded(IN_MEMORY) as chats:
            request = SandboxRequest(telegram)
            app = build_app(
                config, library, chats, request=request, clock=lambda: NOON, matchers=matchers
            )
            async with app:
                drive(telegram, app)
                seen = await walk(telegram, telegram.person("Ann"), BEGINNINGS)
        assert telegram.refusals == []
        assert telegram.unanswered == []
        return seen

    return asyncio.run(through_everything())


def test_every_button_leads_somewhere_and_back(walked: Walk, edition: Edition) -> None:
    # That nothing was refused and no press left unanswered, the fixture asserts.
    assert len(walked.texts) > 3 * len(edition.topics)
    for name, text in walked.texts.items():
        assert 0 < len(text) <= SCREEN, name
        assert "no longer there" not in text, name
        assert walked.labels[name], f"{name} is a dead end"
        ways_out = {"Home", "‹ Back"} & set(walked.labels[name])
        assert ways_out or "How they work" in walked.labels[name], name


def test_every_topic_and_every_word_can_be_reached(walked: Walk, edition: Edition) -> None:
    for topic in edition.topics.values():
        assert f"t:{topic.id}" in walked.texts or any(
            name.startswith(f"t:{topic.id}::") for name in walked.texts
        ), topic.id
    for term in edition.terms:
        assert term.meaning in walked.everything, term.term


def test_every_card_ends_with_disclaimer_date_sources_and_a_way_to_complain(
    walked: Walk,
) -> None:
    cards = {name: text for name, text in walked.texts.items() if name.startswith("t:")}
    assert cards
    for name, text in cards.items():
        *_, disclaimer, checked = text.splitlines()
        assert "doctor" in disclaimer, name
        assert checked.startswith("Checked against its sources on"), name
        assert "Sources" in walked.labels[name]
        assert "Something wrong here?" in walked.labels[name]


def test_lists_have_at_most_eight_entries(walked: Walk) -> None:
    for name, labels in walked.labels.items():
        if name.split(":")[0] in ("cs", "eg", "el", "es", "ws", "gl"):
            turning = {"Next page", "Previous page", "‹ Back", "Home"}
            assert len([label for label in labels if label not in turning]) <= 8, name
