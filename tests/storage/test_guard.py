"""Without its database the bot answers all the same, soon, and says so once a minute."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from bot.storage import (
    Answered,
    ChatSettings,
    Claims,
    Damaged,
    Due,
    Guarded,
    Limit,
    Refused,
    Storage,
    Unavailable,
    migrating,
    owed,
)
from bot.storage import engine as engines
from bot.storage import guard as guards
from bot.storage.guard import BETWEEN_WARNINGS, REST
from bot.storage.mirror import FRESH
from bot.storage.speaking import OwnSpeech
from bot.storage.tables import chats
from tests.storage.database import Database
from tests.storage.servers import Server, name_in

GROUP = -42424242
DAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
PHRASE = "zanzibar remedy"
SOON = 1.5  # seconds for a call that must not wait


@dataclass
class Clock:
    """Seconds that a test can turn."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds takes tenths here."""
    monkeypatch.setattr(engines, "BUSY", 0.1)
    monkeypatch.setattr(engines, "AT_START", 0.1)
    monkeypatch.setattr(migrating, "AT_START", 0.1)
    monkeypatch.setattr(migrating, "BUSY", 0.1)
    monkeypatch.setattr(guards, "PATIENCE", 1.0)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("bot") and record.levelno >= logging.WARNING
    ]


@contextmanager
def locked_for_writing(database: Database) -> Iterator[None]:
    """Another process is in the middle of a change."""
    assert database.file is not None
    with closing(sqlite3.connect(database.file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def locked_for_all(file: Path) -> Iterator[None]:
    """Another process has the file to itself."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("DELETE FROM claims")
        yield


async def all_reads_give_defaults(guarded: Guarded) -> None:
    assert await guarded.chat(GROUP) == ChatSettings()
    assert await guarded.counts(GROUP, DAY) == []
    assert await guarded.counts_by_day(GROUP, DAY) == {}
    assert await guarded.unmet(DAY) == []
    assert await guarded.posted_topics(GROUP, DAY) is None
    assert await guarded.answered([1, 2]) == frozenset()


async def all_writes_report_false(guarded: Guarded) -> None:
    assert not await guarded.set_country(GROUP, "NL")
    assert not await guarded.change_settings(GROUP, {"replies": "on"})
    assert not await guarded.migrate_chat(GROUP, GROUP - 1)
    assert not await guarded.mark_left(GROUP, NOW)
    assert not await guarded.mark_back(GROUP)
    assert not await guarded.forget(GROUP)
    assert not await guarded.delete_later(GROUP, 7, NOW)
    assert await guarded.take_due(NOW) == []
    assert not await guarded.note_deleted(Due(GROUP, 7))
    assert not await guarded.note_unmet(PHRASE, GROUP, DAY)
    assert not await guarded.clean(NOW)
    assert not await guarded.claim_week(GROUP, "2026-W49", "alopecia", DAY)
    assert not await guarded.note_answered([1], NOW)
    assert not await guarded.renew_claims([1], "a", NOW)
    assert not await guarded.release_claims("a", NOW)
    assert await guarded.claim([1], "a", NOW, NOW) is None
    assert await guarded.give_back(1, "a", NOW) is None


async def test_with_a_database_it_is_the_storage(database: Database) -> None:
    async with await Guarded.open(database.url) as guarded:
        assert await guarded.set_country(GROUP, "NL")
        assert await guarded.change_settings(GROUP, {"replies": "on"})
        assert await guarded.chat(GROUP) == ChatSettings("NL", {"replies": "on"})
        guarded.count(Answered(DAY, "alopecia", "card", GROUP))
        guarded.count(Answered(DAY, "alopecia", "card", GROUP))
        await guarded.flush()
        assert [count.times for count in await guarded.counts(GROUP, DAY)] == [2]
        assert await guarded.counts_by_day(GROUP, DAY) == {DAY: 2}
        assert await guarded.claim_week(GROUP, "2026-W49", "alopecia", DAY)
        assert not await guarded.claim_week(GROUP, "2026-W49", "alopecia", DAY)
        assert await guarded.posted_topics(GROUP, DAY) == ["alopecia"]
        for number in range(5):
            assert await guarded.note_unmet(PHRASE, number + 1, DAY)
        assert [found.phrase for found in await guarded.unmet(DAY)] == [PHRASE]
        assert await guarded.migrate_chat(GROUP, GROUP - 1)
        assert await guarded.mark_left(GROUP - 1, NOW)
        assert await guarded.mark_back(GROUP - 1)
        assert await guarded.delete_later(GROUP - 1, 7, NOW)
        assert await guarded.take_due(NOW) == [Due(GROUP - 1, 7)]
        assert await guarded.take_due(NOW) == []
        assert await guarded.take_due(NOW + timedelta(minutes=1)) == [Due(GROUP - 1, 7)]
        assert await guarded.note_deleted(Due(GROUP - 1, 7))
        assert await guarded.take_due(NOW + timedelta(hours=1)) == []
        assert await guarded.clean(NOW)
        assert await guarded.forget(GROUP - 1)
        assert await guarded.with_settings() == []
        assert len(await guarded.key("people")) == 32
        assert await guarded.note_answered([1], NOW)
        assert await guarded.answered([1, 2]) == {1}
        claims = await guarded.claim([1, 2], "a", NOW, NOW + timedelta(minutes=1))
        assert claims == Claims({2: 0}, frozenset({1}))
        assert await guarded.renew_claims([2], "a", NOW + timedelta(minutes=2))
        assert await guarded.give_back(2, "a", NOW) == 1
        assert await guarded.release_claims("a", NOW)


async def test_counts_wait_for_a_database_that_is_away(
    new_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with await Guarded.open(new_url) as guarded:
        with monkeypatch.context() as away:
            away.setattr(Storage, "count", unavailable)
            guarded.count(Answered(DAY, "alopecia", "card"))
            await guarded.flush()
        guarded.count(Answered(DAY, "alopecia", "card"))
        guarded._writes.until = None  # the rest after the failure is over
        await guarded.flush()
        assert [count.times for count in await guarded.counts(None, DAY)] == [2]


def left(database: Database, group: int) -> bool:
    """Whether the bot is known to have lost the group."""
    return any(row["chat_id"] == group and row["left_at"] for row in database.rows(chats))


async def unavailable(*_: object) -> None:
    raise Unavailable("away")


async def test_what_is_counted_but_not_written_is_moved_and_forgotten_too(
    database: Database,
) -> None:
    async with await Guarded.open(database.url) as guarded:
        guarded.count(Answered(DAY, "alopecia", "card", GROUP))
        assert await guarded.migrate_chat(GROUP, GROUP - 1)
        await guarded.flush()
        assert await guarded.counts_by_day(GROUP - 1, DAY) == {DAY: 1}
        guarded.count(Answered(DAY, "alopecia", "card", GROUP - 1))
        assert await guarded.forget(GROUP - 1)
        await guarded.flush()
        assert await guarded.counts_by_day(GROUP - 1, DAY) == {}
        assert await guarded.counts_by_day(GROUP, DAY) == {}


async def test_what_was_known_is_kept_while_the_database_is_away(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with await Guarded.open(database.url, clock) as guarded:
        assert await guarded.change_settings(GROUP, {"replies": "on"})
        assert (await guarded.chat(GROUP)).settings
        monkeypatch.setattr(Storage, "kept_chats", unavailable)
        clock.seconds += REST
        assert (await guarded.chat(GROUP)).settings == {"replies": "on"}


async def test_what_another_copy_changes_or_forgets_is_seen_a_second_later(
    database: Database, clock: Clock
) -> None:
    async with (
        await Guarded.open(database.url, clock) as one,
        await Guarded.open(database.url, clock) as two,
    ):
        assert await one.change_settings(GROUP, {"replies": "on"})
        assert await one.change_settings(GROUP - 1, {"replies": "on"})
        assert len(await two.with_settings()) == 2
        assert await one.change_settings(GROUP, {"replies": "off"})
        assert await one.forget(GROUP - 1)
        clock.seconds += FRESH
        assert await two.with_settings() == [(GROUP, ChatSettings(None, {"replies": "off"}))]


async def test_what_happens_to_a_group_waits_for_a_database_that_is_away(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owed, "AGAIN_EVERY", 0.01)
    async with await Guarded.open(database.url, clock) as guarded:
        assert await guarded.change_settings(GROUP, {"replies": "on"})
        with monkeypatch.context() as patched:
            patched.setattr(Storage, "migrate_chat", unavailable)
            assert not await guarded.migrate_chat(GROUP, GROUP - 1)
        assert not await guarded.mark_left(GROUP - 1, NOW)  # in turn, since it rests
        assert not await guarded.mark_back(GROUP - 1)
        assert not await guarded.mark_left(GROUP - 2, NOW)
        clock.seconds += REST
        async with asyncio.timeout(SOON):
            while not left(database, GROUP - 2):
                await asyncio.sleep(0.01)
        assert (await guarded.chat(GROUP - 1)).settings == {"replies": "on"}
        assert not left(database, GROUP - 1)


async def test_what_is_refused_holds_up_nothing_that_happens_to_a_group(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def refused(*_: object) -> None:
        raise Refused("no")

    monkeypatch.setattr(Storage, "migrate_chat", refused)
    async with await Guarded.open(database.url) as guarded:
        assert not await guarded.migrate_chat(GROUP, GROUP - 1)
        assert await guarded.mark_left(GROUP, NOW)
    assert left(database, GROUP)
    assert len(warnings(caplog)) == 1


async def test_what_happens_to_a_group_is_written_at_the_end_at_the_latest(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with await Guarded.open(database.url, clock) as guarded:
        with monkeypatch.context() as patched:
            patched.setattr(Storage, "mark_left", unavailable)
            assert not await guarded.mark_left(GROUP, NOW)
        clock.seconds += REST
    assert left(database, GROUP)


async def test_changes_are_seen_though_the_clock_was_turned_back(
    database: Database, clock: Clock
) -> None:
    async with await Guarded.open(database.url, clock) as guarded:
        assert await guarded.change_settings(GROUP, {"replies": "on"})
        with database.connected() as connection:
            connection.execute(chats.update().values(updated_at=datetime(2099, 1, 1, tzinfo=UTC)))
        clock.seconds += FRESH
        assert (await guarded.chat(GROUP)).settings == {"replies": "on"}
        assert await guarded.change_settings(GROUP, {"replies": "off"})
        assert (await guarded.chat(GROUP)).settings == {"replies": "off"}


async def test_speech_keeps_within_limits_without_a_database_too(new_url: str) -> None:
    limits = [Limit(b"group" * 6, 600, 2), Limit(b"topic" * 6, 1800, 1)]
    other = [limits[0], Limit(b"other" * 6, 1800, 1)]
    third = [limits[0], Limit(b"third" * 6, 1800, 1)]
    async with await Guarded.open(new_url) as guarded:
        for speech in (guarded.claim_speech, in_memory(OwnSpeech())):
            assert await speech(limits, NOW)
            assert not await speech(limits, NOW)  # the same topic
            assert await speech(other, NOW)
            assert not await speech(third, NOW + timedelta(seconds=599))  # too much in all
            assert await speech(third, NOW + timedelta(seconds=601))


async def test_what_was_not_said_after_all_is_given_back(new_url: str) -> None:
    limits = [Limit(b"person", 600, 1)]
    later = NOW + timedelta(seconds=1)
    async with Guarded(new_url) as guarded:
        assert await guarded.claim_speech(limits, NOW)
        assert await guarded.unclaim_speech(limits, NOW)
        assert await guarded.claim_speech(limits, later)
        assert await guarded.unclaim_speech(limits, NOW)  # that of before: there is none
        assert not await guarded.claim_speech(limits, later)
    own = OwnSpeech()
    assert own.claim(limits, NOW)
    own.take_back(limits, NOW)
    assert own.claim(limits, later)
    own.take_back(limits, NOW)
    assert not own.claim(limits, later)


async def test_what_has_claimed_before_may_have_it_again(new_url: str) -> None:
    person = Limit(b"person", 600, 1)
    one, other = Limit(b"update 7", 600, 1, names=True), Limit(b"update 8", 600, 1, names=True)
    later = NOW + timedelta(seconds=1)
    async with await Guarded.open(new_url) as guarded:
        for claim in (guarded.claim_speech, in_memory(OwnSpeech())):
            assert await claim([one, person], NOW)
            assert not await claim([other, person], later)
            assert await claim([one, person], later)
            assert not await claim([person], later)
        await guarded.unclaim_speech([one, person], NOW)
        assert await guarded.claim_speech([other, person], later)
        assert not await guarded.claim_speech([one, person], later)


async def test_a_clock_that_is_turned_back_silences_nobody(new_url: str) -> None:
    limits = [Limit(b"person", 600, 1)]
    async with await Guarded.open(new_url) as guarded:
        for claim in (guarded.claim_speech, in_memory(OwnSpeech())):
            assert await claim(limits, NOW)
            assert not await claim(limits, NOW - timedelta(seconds=1))  # another copy's clock
            assert await claim(limits, NOW - timedelta(hours=1))
            assert not await claim(limits, NOW - timedelta(minutes=51))
            assert await claim(limits, NOW - timedelta(minutes=49))


def in_memory(speech: OwnSpeech) -> Callable[[Sequence[Limit], datetime], Awaitable[bool]]:
    async def claim(limits: Sequence[Limit], now: datetime) -> bool:
        return speech.claim(limits, now)

    return claim


class TestSqlite:
    @pytest.fixture
    def database(self, on_sqlite: Database) -> Database:
        return on_sqlite

    async def test_locked_for_writing_it_can_be_read(
        self, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with await Guarded.open(database.url, clock) as guarded:
            assert await guarded.change_settings(GROUP, {"replies": "on"})
            with locked_for_writing(database):
                began = time.monotonic()
                await all_writes_report_false(guarded)
                assert (await guarded.chat(GROUP)).settings == {"replies": "on"}
                assert time.monotonic() - began < SOON
            assert len(warnings(caplog)) == 1
            assert "locked" in warnings(caplog)[0]
            clock.seconds += REST
            assert await guarded.change_settings(GROUP, {"replies": "off"})
            assert (await guarded.chat(GROUP)).settings == {"replies": "off"}

    async def test_locked_for_all_it_gives_defaults_and_comes_back(
        self, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with await Storage.open(database.url) as storage:
            await storage.change_settings(GROUP, {"replies": "on"})
        assert database.file is not None
        with locked_for_all(database.file):
            guarded = await Guarded.open(database.url, clock)
            await all_reads_give_defaults(guarded)
            await all_writes_report_false(guarded)
        assert len(warnings(caplog)) == 1
        clock.seconds += REST
        assert (await guarded.chat(GROUP)).settings == {"replies": "on"}
        await guarded.close()

    async def test_one_warning_a_minute_without_ids_and_words(
        self, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with await Guarded.open(database.url, clock) as guarded:
            with locked_for_writing(database):
                for _ in range(3):
                    assert not await guarded.note_unmet(PHRASE, GROUP, DAY)
                    clock.seconds += REST
                assert len(warnings(caplog)) == 1
                clock.seconds += BETWEEN_WARNINGS
                assert not await guarded.change_settings(GROUP, {"rules": PHRASE})
        assert len(warnings(caplog)) == 2
        assert PHRASE not in caplog.text
        assert str(GROUP) not in caplog.text

    async def test_while_it_rests_a_call_does_not_even_try(
        self, database: Database, clock: Clock
    ) -> None:
        async with await Guarded.open(database.url, clock) as guarded:
            with locked_for_writing(database):
                assert not await guarded.mark_back(GROUP)
            assert not await guarded.mark_back(GROUP)
            clock.seconds += REST
            assert await guarded.mark_back(GROUP)

    async def test_a_damaged_file_is_told_at_the_start(self, database: Database) -> None:
        assert database.file is not None
        database.file.write_bytes(b"these are holiday pictures" * 1000)
        with pytest.raises(Damaged, match=r"bot\.db"):
            await Guarded.open(database.url)

    async def test_a_key_of_the_process_until_the_database_is_there(
        self, database: Database, clock: Clock
    ) -> None:
        async with await Guarded.open(database.url, clock) as guarded:
            with locked_for_writing(database):
                own = await guarded.key("people")
                assert await guarded.key("people") == own
            clock.seconds += REST
            kept = await guarded.key("people")
            assert kept != own
            with locked_for_writing(database):
                assert not await guarded.mark_back(GROUP)
                assert await guarded.key("people") == kept

    async def test_a_call_that_takes_too_long_is_not_waited_for(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def slow(storage: Storage, chat_id: int) -> ChatSettings:
            await asyncio.sleep(30)
            return ChatSettings("NL")

        monkeypatch.setattr(guards, "PATIENCE", 0.1)
        monkeypatch.setattr(Storage, "chat", slow)
        async with await Guarded.open(database.url) as guarded:
            began = time.monotonic()
            assert await guarded.chat(GROUP) == ChatSettings()
            assert time.monotonic() - began < SOON

    async def test_a_call_that_is_refused_does_not_stop_the_others(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def refuse(storage: Storage, chat_id: int) -> None:
            raise Refused("no")

        monkeypatch.setattr(Storage, "mark_back", refuse)
        async with await Guarded.open(database.url) as guarded:
            assert not await guarded.mark_back(GROUP)
            assert await guarded.set_country(GROUP, "NL")

    async def test_a_mistake_of_ours_is_not_hidden(self, database: Database) -> None:
        async with await Guarded.open(database.url) as guarded:
            with pytest.raises(ValueError, match="two letters"):
                await guarded.set_country(GROUP, "NLD")


class TestPostgresql:
    async def test_a_lost_server_gives_defaults_and_is_reached_again(
        self, server: Server, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        url = server.database()
        name = name_in(url)
        async with await Guarded.open(url, clock) as guarded:
            assert await guarded.change_settings(GROUP, {"replies": "on"})
            server.run(
                f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
            )
            await all_reads_give_defaults(guarded)
            await all_writes_report_false(guarded)
            assert len(warnings(caplog)) == 1
            server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            clock.seconds += REST
            assert (await guarded.chat(GROUP)).settings == {"replies": "on"}
            assert await guarded.change_settings(GROUP, {"replies": "off"})

    async def test_a_server_that_is_not_there_yet_is_reached_later(
        self, server: Server, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        url = server.database()
        name = name_in(url)
        server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        async with await Guarded.open(url, clock) as guarded:
            assert not await guarded.set_country(GROUP, "NL")
            assert len(warnings(caplog)) == 1
            server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            clock.seconds += REST
            assert await guarded.set_country(GROUP, "NL")

    async def test_a_value_that_does_not_fit_is_refused_without_being_told(
        self, server: Server, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with await Guarded.open(server.database()) as guarded:
            assert not await guarded.claim_week(GROUP, PHRASE * 100, "alopecia", DAY)
            assert await guarded.claim_week(GROUP, "2026-W49", "alopecia", DAY)
        assert "StringDataRightTruncation" in warnings(caplog)[0]
        assert PHRASE not in caplog.text

    async def test_a_table_that_another_holds_is_not_waited_for(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = server.database()
        async with await Guarded.open(url) as guarded:
            monkeypatch.setattr(guards, "PATIENCE", 0.2)
            with psycopg.connect(url) as holder:
                holder.execute("LOCK TABLE chats")
                began = time.monotonic()
                assert await guarded.chat(GROUP) == ChatSettings()
                assert time.monotonic() - began < SOON
