"""Several copies of the bot on one database: nothing is lost, nothing is done twice."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from subprocess import PIPE

import pytest

from bot.storage import Answered, Storage
from bot.storage.tables import secrets, unmet_phrases
from tests.conftest import ROOT
from tests.storage.database import Database
from tests.storage.worker import CHANGES, GROUPS

NAMES = ("a", "b")
GROUP = -100
DAY = date(2026, 12, 1)


class Copies:
    """Processes that do the same at the same time."""

    def __init__(self) -> None:
        command = (sys.executable, "-m", "tests.storage.worker")
        self._processes = [
            subprocess.Popen((*command, name), cwd=ROOT, text=True, stdin=PIPE, stdout=PIPE)
            for name in NAMES
        ]

    def are_told(self, line: str) -> None:
        """Hand each of them a line."""
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.write(f"{line}\n")
            process.stdin.flush()

    def say(self, word: str) -> None:
        """Wait until each of them has said ``word``; what went wrong is on standard error."""
        for process in self._processes:
            assert process.stdout is not None
            assert process.stdout.readline() == f"{word}\n"

    def end(self) -> None:
        """Stop them."""
        for process in self._processes:
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def copies() -> Iterator[Copies]:
    """Two copies of the bot, about to open a database."""
    copies = Copies()
    try:
        copies.say("ready")
        yield copies
    finally:
        copies.end()


async def test_two_processes_open_a_new_database_and_change_fifty_groups_at_once(
    new_url: str, copies: Copies
) -> None:
    copies.are_told(new_url)
    copies.say("open")
    copies.are_told("change")
    copies.say("done")
    expected = {f"{name}{number}": number for name in NAMES for number in range(CHANGES)}
    async with await Storage.open(new_url) as storage:
        for group in GROUPS:
            assert (await storage.chat(group)).settings == expected


async def test_many_open_a_new_database_at_once_in_one_process(new_url: str) -> None:
    opened = await asyncio.gather(*(Storage.open(new_url) for _ in range(5)))
    await opened[0].change_settings(GROUP, {"replies": "on"})
    assert (await opened[4].chat(GROUP)).settings == {"replies": "on"}
    await asyncio.gather(*(storage.close() for storage in opened))


async def test_a_week_is_claimed_once_however_many_try(database: Database) -> None:
    async with await Storage.open(database.url) as one, await Storage.open(database.url) as two:
        claims = [
            storage.claim_week(GROUP, "2026-W49", f"topic-{number}", DAY)
            for number in range(5)
            for storage in (one, two)
        ]
        assert sum(await asyncio.gather(*claims)) == 1
        assert len(await two.posted_topics(GROUP, DAY)) == 1


async def test_two_copies_have_one_key(database: Database) -> None:
    async with await Storage.open(database.url) as one, await Storage.open(database.url) as two:
        first, second = await asyncio.gather(one.key("people"), two.key("people"))
    assert first == second
    assert [row["name"] for row in database.rows(secrets)] == ["people"]


async def test_counts_at_once_are_all_counted(database: Database) -> None:
    async with await Storage.open(database.url) as one, await Storage.open(database.url) as two:
        counts = [
            storage.count({Answered(DAY, "crohns-disease", "card", GROUP): 1})
            for storage in (one, two)
            for _ in range(15)
        ]
        await asyncio.gather(*counts)
        assert [count.times for count in await one.counts(GROUP, DAY)] == [30]
        assert [count.times for count in await one.counts(None, DAY)] == [30]


async def test_five_chats_at_once_are_five(database: Database) -> None:
    async with await Storage.open(database.url) as one, await Storage.open(database.url) as two:
        await one.note_unmet("another", GROUP, DAY)  # the keys are made
        notes = [
            storage.note_unmet("new remedy", GROUP - number, DAY)
            for number, storage in enumerate((one, two, one, two, one))
        ]
        await asyncio.gather(*notes)
    assert [row["phrase"] for row in database.rows(unmet_phrases)] == ["new remedy"]


async def test_a_group_is_moved_once_though_two_copies_hear_of_it(database: Database) -> None:
    async with await Storage.open(database.url) as one, await Storage.open(database.url) as two:
        await one.change_settings(GROUP, {"replies": "on"})
        await one.count({Answered(DAY, "crohns-disease", "card", GROUP): 1})
        moves = [storage.migrate_chat(GROUP, GROUP - 1) for storage in (one, two) for _ in range(3)]
        changes = [two.change_settings(GROUP - 1, {"language": "en"})]
        await asyncio.gather(*moves, *changes)
        assert [count.times for count in await one.counts(GROUP - 1, DAY)] == [1]
        settings = (await one.chat(GROUP - 1)).settings
    assert settings == {"replies": "on", "language": "en"}
