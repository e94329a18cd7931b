"""What is kept of a chat: a country that somebody chose, marks of what found nothing, and no more.

That no words of anybody are kept is held by going through every handler with a word that could be
found again, and looking for it in the log and in all that the database has on disk.
"""

import logging
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
from telegram import Update

from bot.app import COMMANDS, build_app
from bot.config import Config
from bot.context import Context
from bot.library import Library
from bot.matching.matchers import Matchers
from bot.pages.page import Go, Place
from bot.reply import pack
from bot.sandbox import Person, SandboxRequest, Telegram, drive
from bot.sandbox.entities import Entity
from bot.sandbox.groups import Group
from bot.sandbox.speaking import Manner
from bot.storage import IN_MEMORY, Guarded
from tests.conftest import TODAY, Clock

MARK = "zanzibarquux"  # a word that nothing in the program bears
GONE = "Nothing about this chat is kept any more"


async def test_a_country_is_remembered_when_asked_for_and_forgotten_again(ann: Person) -> None:
    await ann.says("/urgent ireland")
    answer = await ann.presses("Remember for this chat: Ireland")
    assert answer.text.startswith("Urgent help: Ireland")
    assert "Forget my country" in answer.labels
    assert (await ann.says("/urgent")).text.startswith("Urgent help: Ireland")
    assert "call 112 or 999 now" in (await ann.says("I have chest pain")).text
    assert "Samaritans, 116 123" in (await ann.says("I want to die")).text
    await ann.says("/urgent")
    assert "Remember for this chat: Ireland" in (await ann.presses("Forget my country")).labels
    assert "Choose your country" in (await ann.says("/urgent")).text


async def test_nothing_is_remembered_that_nobody_asked_for(ann: Person, chats: Guarded) -> None:
    await ann.says("/urgent ireland")
    await ann.says("/report ireland")
    assert "Choose your country" in (await ann.says("/urgent")).text
    assert await chats.with_settings() == []


async def test_in_a_group_no_one_sets_a_country_by_a_button(
    telegram: Telegram, ann: Person, chats: Guarded
) -> None:
    group = telegram.group("Living with IBD")
    answer = await ann.says("/urgent ireland", chat=group)
    assert not any(label.startswith("Remember") for label in answer.labels)


async def test_forget_deletes_at_once_by_command_and_by_button(ann: Person, chats: Guarded) -> None:
    for forget in ("/forget", "button"):
        await ann.says("/urgent ireland")
        await ann.presses("Remember for this chat: Ireland")
        assert (await chats.chat(ann.id)).country == "IE"
        if forget == "/forget":
            answer = await ann.says(forget)
        else:
            await ann.says("/privacy")
            answer = await ann.presses("Delete what is kept of this chat")
        assert GONE in answer.text
        assert (await chats.chat(ann.id)).country is None


async def test_where_the_database_is_away_nobody_is_told_that_it_is_done(
    ann: Person, chats: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failed(*_: object) -> bool:
        return False

    monkeypatch.setattr(chats, "forget", failed)
    assert "did not work" in (await ann.says("/forget")).text


async def test_privacy_is_told_in_six_lines(ann: Person) -> None:
    lines = (await ann.says("/privacy")).text.splitlines()
    assert [line[:2] for line in lines if line[:1].isdigit()] == [f"{n}." for n in range(1, 7)]
    await ann.says("/about")
    assert (await ann.presses("What is kept")).text.splitlines() == lines


# What is missing


@pytest.mark.parametrize("words", [MARK, f"/medicine {MARK}", f"/find {MARK}", f"/guide {MARK}"])
async def test_what_five_chats_asked_for_in_vain_becomes_known(
    telegram: Telegram, chats: Guarded, words: str
) -> None:
    for name in ("Ann", "Bob", "Cem", "Dee"):
        person = telegram.person(name)
        await person.says(words)
        await person.says(words)
        assert await chats.unmet(TODAY) == []
    await telegram.person("Eve").says(words)
    assert [(found.phrase, found.chats) for found in await chats.unmet(TODAY)] == [(MARK, 5)]


@pytest.mark.parametrize(
    "words",
    [
        "humira",
        "I want to die",
        "should I stop taking it",
        "humirra",
        f"my name is {MARK} and I live in the house beside the church, where I had my surgery",
    ],
)
async def test_nothing_else_is_noted(telegram: Telegram, chats: Guarded, words: str) -> None:
    for name in ("Ann", "Bob", "Cem", "Dee", "Eve"):
        await telegram.person(name).says(words)
    assert await chats.unmet(TODAY) == []


async def test_nothing_is_noted_in_groups(telegram: Telegram, ann: Person, chats: Guarded) -> None:
    for number in range(5):
        await ann.says(f"/medicine {MARK}", chat=telegram.group(f"Group {number}"))
    assert await chats.unmet(TODAY) == []


# Nobody's words


@pytest.fixture
async def kept(
    library: Library, matchers: Matchers, config: Config, clock: Clock, tmp_path: Path
) -> AsyncIterator[tuple[Telegram, Path]]:
    """The bot over a database on disk."""
    telegram = Telegram(now=clock)
    async with Guarded(f"sqlite:///{tmp_path}/bot.db") as chats:
        request = SandboxRequest(telegram)
        app = build_app(config, library, chats, request=request, clock=clock, matchers=matchers)
        async with app:
            drive(telegram, app)
            yield telegram, tmp_path


def on_disk(folder: Path) -> Iterable[bytes]:
    return (file.read_bytes() for file in folder.iterdir() if file.is_file())


async def test_no_words_reach_the_log_or_the_disk(
    kept: tuple[Telegram, Path], caplog: pytest.LogCaptureFixture
) -> None:
    telegram, folder = kept
    caplog.set_level(logging.DEBUG, logger="bot")
    ann = telegram.person(f"Ann {MARK}", username=f"ann_{MARK}")
    group = telegram.group(f"Group of {MARK}", bot="administrator")
    await say_it_everywhere(ann, group)
    await ann.says("/condition crohns")  # what is counted is written
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
    telegram.fail("sendMessage", code=400, description=f"Bad Request: no entities in {MARK}")
    await ann.says(MARK)
    assert MARK not in caplog.text
    files = list(on_disk(folder))
    assert files
    assert not any(MARK.encode() in content for content in files)


async def say_it_everywhere(ann: Person, group: Group) -> None:
    """The word in every kind of message that a person can send, in private and in the group."""
    places: tuple[Manner, ...] = ({}, {"chat": group})
    for place in places:
        for command in COMMANDS:
            await ann.says(f"/{command.name} {MARK}", **place)
        for text in (MARK, f"{MARK}?", f"I want to die {MARK}", f"should I stop {MARK} humira"):
            said = (await ann.says(text, **place)).said
            assert said is not None
            await ann.edits(said, f"{text} {MARK}")
        await ann.sends_photo(MARK, **place)
        await ann.sends_document(MARK, file_name=f"{MARK}.pdf", **place)
        await ann.says(MARK, **(place | Manner(forwarded_from=MARK)))
        code = Entity("code", 0, len(MARK))
        await ann.says(MARK, entities=[code], **place)
    await ann.asks_inline(MARK)
    await ann.says("/start")
    for page in Place:
        await presses_forged(ann, pack(Go(page, MARK)))


async def presses_forged(ann: Person, data: str) -> None:
    """A press whose data no button of ours bears."""
    (message,) = [message for message in ann.messages if message.buttons][-1:]
    kept = message.reply_markup
    message.reply_markup = {"inline_keyboard": [[{"text": MARK, "callback_data": data}]]}
    try:
        await ann.presses(MARK, on=message)
    finally:
        message.reply_markup = kept


async def test_an_error_tells_where_and_which_update_and_not_a_word(
    kept: tuple[Telegram, Path],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(self: Context, update: Update) -> None:
        raise RuntimeError(f"about {MARK}")

    monkeypatch.setattr(Context, "view", broken)
    telegram, _ = kept
    await telegram.person("Ann").says(MARK)
    assert len(caplog.records) == 1
    assert "RuntimeError" in caplog.text
    assert "update" in caplog.text
    assert MARK not in caplog.text


async def test_the_terminal_keeps_nothing_on_disk(tmp_path: Path) -> None:
    async with Guarded(IN_MEMORY) as chats:
        await chats.set_country(7, "IE")
    assert list(tmp_path.iterdir()) == []
