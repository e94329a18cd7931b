"""Whatever is sent to any handler: no error, and nothing that Telegram refuses."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import COMMANDS, build_app
from bot.config import Config
from bot.library import Library
from bot.matching.matchers import Matchers
from bot.pages.page import Go, Place
from bot.reply import pack
from bot.sandbox import Group, Person, SandboxRequest, Telegram, drive
from bot.storage import IN_MEMORY, Guarded
from tests.conftest import NOON, Clock

NASTY = (
    *("<b>", "</b>", "<a href='x'>", "&lt;", "&amp;", "&#0;", "<tg-spoiler>", "<!--", "]]>"),
    *(
        "\u202e",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u0301" * 30,
        "👩‍👩‍👧‍👦",
        "🏳️‍🌈",
        "\U000e0067",
        "ﷺ",
        "\x00",
        "\x7f",
    ),
    *("@immuno_bot", "/start", "/", "//", "/@", "#", "%s", "{0}", "{name}", "${x}", "\\", "'", '"'),
    *("crohns", "humira", "can't breathe", "how much", "hair loss", "is it safe", "stop"),
    *("A" * 500, "\n" * 50, "а" * 40, "١٢٣", "0" * 60, "1e999", "-1", "\t", "\u2028"),
)
WORDS = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=40)), min_size=1, max_size=8)
TEXTS = WORDS.map(lambda words: " ".join(words).encode("utf-8", "replace").decode()[:900])
SENDABLE = TEXTS.filter(lambda text: bool(text.strip(" \n\t\x00\u2028")) and bool(text.strip()))
DATA = st.one_of(
    st.text(min_size=1, max_size=16).filter(lambda text: len(text.encode(errors="replace")) <= 64),
    st.builds(
        lambda place, ref, page, via: pack(Go(place, ref, page, via)),
        st.sampled_from(Place),
        st.sampled_from(["", "crohns-disease", "adalimumab", "x", ":", "é", "-1", "US", "a b"]),
        st.integers(0, 10**6),
        st.sampled_from(["", "x", "crohns-disease", "9"]),
    ),
)
EXAMPLES = settings(
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


# What the bot cannot know: what a message says by now, and whether a chat that a button names is.
HARMLESS = (
    "Bad Request: chat not found",
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message",
)


@dataclass
class Stage:
    """The bot, somebody in private, and a group in which both are."""

    runner: asyncio.Runner
    telegram: Telegram
    ann: Person
    group: Group
    clock: Clock

    def play(self, scene: Coroutine[Any, Any, Any], caplog: pytest.LogCaptureFixture) -> None:
        """Play it; then nothing was refused and nothing failed."""
        caplog.clear()
        self.telegram.refusals.clear()
        self.clock.turn(hours=2)  # no limit of speech reaches so far
        self.runner.run(scene)
        assert [record.getMessage() for record in caplog.records if record.levelno > 20] == []
        refused = [call.refusal.description for call in self.telegram.refusals if call.refusal]
        assert [reason for reason in refused if reason not in HARMLESS] == []


@pytest.fixture(scope="module")
def stage(library: Library, matchers: Matchers) -> Iterator[Stage]:
    clock = Clock(NOON)
    telegram = Telegram(now=clock)
    config = Config(token=telegram.token, contact="https://example.org")
    with asyncio.Runner() as runner:
        chats = Guarded(IN_MEMORY)
        app = build_app(
            config,
            library,
            chats,
            request=SandboxRequest(telegram),
            clock=clock,
            matchers=matchers,
        )
        runner.run(app.initialize())
        drive(telegram, app)
        ann, group = telegram.person("Ann"), telegram.group("Group", bot="administrator")
        runner.run(ann.says("/start"))
        yield Stage(runner, telegram, ann, group, clock)
        runner.run(app.shutdown())
        runner.run(chats.close())


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")


@EXAMPLES
@given(text=SENDABLE)
def test_any_text_in_private(stage: Stage, caplog: pytest.LogCaptureFixture, text: str) -> None:
    async def scene() -> None:
        answer = await stage.ann.says(text)
        assert answer.text
        await stage.ann.edits(answer_to(stage.ann), f"{text} again"[:900])
        await stage.ann.sends_photo(text)
        await stage.ann.says(text, forwarded_from="Bob")

    stage.play(scene(), caplog)


@EXAMPLES
@given(text=SENDABLE)
def test_any_text_in_a_group(stage: Stage, caplog: pytest.LogCaptureFixture, text: str) -> None:
    async def scene() -> None:
        await stage.ann.says(text, chat=stage.group)
        await stage.ann.says(f"@{stage.telegram.bot.username} {text}", chat=stage.group)
        await stage.ann.sends_photo(text, chat=stage.group)

    stage.play(scene(), caplog)


@EXAMPLES
@given(text=SENDABLE, name=st.sampled_from([command.name for command in COMMANDS]))
def test_any_text_after_any_command(
    stage: Stage, caplog: pytest.LogCaptureFixture, text: str, name: str
) -> None:
    async def scene() -> None:
        await stage.ann.says(f"/{name} {text}")
        await stage.ann.says(f"/{name}@{stage.telegram.bot.username} {text}", chat=stage.group)

    stage.play(scene(), caplog)


@EXAMPLES
@given(text=TEXTS, offset=st.sampled_from(["", "20", "-1", "x"]))
def test_any_inline_query(
    stage: Stage, caplog: pytest.LogCaptureFixture, text: str, offset: str
) -> None:
    stage.play(stage.ann.asks_inline(text[:256], offset=offset), caplog)


@EXAMPLES
@given(data=DATA)
def test_any_data_of_a_button(stage: Stage, caplog: pytest.LogCaptureFixture, data: str) -> None:
    async def scene() -> None:
        await stage.ann.says("/start")
        message = [message for message in stage.ann.messages if message.buttons][-1]
        message.reply_markup = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
        await stage.ann.presses("x", on=message)

    stage.play(scene(), caplog)


@EXAMPLES
@given(parameter=st.text("abcdefghijklmnopqrstuvwxyz0123456789_-", max_size=64))
def test_any_link(stage: Stage, caplog: pytest.LogCaptureFixture, parameter: str) -> None:
    stage.play(stage.ann.says(f"/start {parameter}".strip()), caplog)


def answer_to(person: Person) -> Any:
    """The last message that the person wrote."""
    return [message for message in person.messages if message.sender is person.user][-1]
