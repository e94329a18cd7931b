"""What the files of SQLite hold: the words of a person are in none of them."""

import logging
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.storage import Answered, Storage
from tests.storage.database import Database

DAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
PHRASE = "zanzibar remedy"
CHATS = (4200000001, 4200000002, -42, -43, -44)


@pytest.fixture
def database(on_sqlite: Database) -> Database:
    """A database whose files can be read."""
    return on_sqlite


@pytest.fixture
async def storage(database: Database) -> AsyncIterator[Storage]:
    async with await Storage.open(database.url) as storage:
        yield storage


async def test_the_files_hold_a_phrase_only_once_five_chats_sent_it(
    storage: Storage, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for chat_id in CHATS[:4]:
        await storage.note_unmet(PHRASE, chat_id, DAY)
    assert PHRASE.encode() not in database.bytes()
    await storage.note_unmet(PHRASE, CHATS[4], DAY)
    assert PHRASE.encode() in database.bytes()
    own = [record for record in caplog.records if record.name.startswith("bot")]
    assert PHRASE not in "".join(record.getMessage() for record in own)


async def test_what_is_deleted_is_gone_from_the_files_too(
    storage: Storage, database: Database
) -> None:
    for chat_id in CHATS:
        await storage.note_unmet(PHRASE, chat_id, DAY)
    await storage.change_settings(CHATS[2], {"rules": "a secret garden"})
    await storage.clean(NOW + timedelta(days=30))
    await storage.forget(CHATS[2])
    assert PHRASE.encode() not in database.bytes()
    assert b"a secret garden" not in database.bytes()


async def test_who_sent_a_phrase_is_not_in_the_files(storage: Storage, database: Database) -> None:
    for chat_id in CHATS:
        await storage.note_unmet(PHRASE, chat_id, DAY)
        await storage.count({Answered(DAY, "alopecia", "card", chat_id): 1})
    content = database.bytes()
    for person in CHATS[:2]:
        assert str(person).encode() not in content
        assert person.to_bytes(8) not in content
        assert person.to_bytes(6) not in content
