"""Opening: addresses, migrations, and files that are no database."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.storage import BadAddress, Damaged, Storage, StorageError, TooNew, Unavailable
from bot.storage import address as addresses
from bot.storage.address import parsed
from bot.storage.tables import STEP, chats, insert, metadata
from bot.storage.upgrading import settings, upgrade
from tests.storage.conftest import make_tables
from tests.storage.database import Database

GROUP = -42
NOW = datetime(2026, 11, 28, tzinfo=UTC)
PASSWORD = "hunter2"


async def test_a_new_database_has_the_tables_that_the_code_uses(database: Database) -> None:
    with database.connected() as connection:
        assert differences(connection) == []
        assert MigrationContext.configure(connection).get_current_revision() == STEP


async def test_the_steps_from_nothing_lead_there_too(new_url: str) -> None:
    database = Database(new_url)
    with database.connected() as connection:
        upgrade(connection)
        assert differences(connection) == []
        assert MigrationContext.configure(connection).get_current_revision() == STEP
    database.close()


async def test_tables_of_an_older_bot_are_brought_up_to_date(new_url: str) -> None:
    database = Database(new_url)
    with database.connected() as connection:
        steps = settings()
        steps.attributes["connection"] = connection
        command.upgrade(steps, "0001")
        connection.execute(
            insert(connection, chats),
            {"chat_id": GROUP, "settings": '{"replies": "on"}', "updated_at": NOW},
        )
    async with await Storage.open(new_url) as storage:
        assert (await storage.chat(GROUP)).settings == {"replies": "on"}
    with database.connected() as connection:
        assert differences(connection) == []
    database.close()


async def test_tables_of_somebody_else_are_left_alone(new_url: str) -> None:
    database = Database(new_url)
    with database.connected() as connection:
        connection.execute(text("CREATE TABLE chats (theirs INTEGER)"))
    with pytest.raises(StorageError):
        await Storage.open(new_url)
    with database.connected() as connection:
        assert inspect(connection).get_table_names() == ["chats"]
    database.close()


def differences(connection: Connection) -> list[object]:
    """Between the tables that are there and those of the code."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_what_was_set_is_there_when_it_is_opened_again(new_url: str) -> None:
    async with await Storage.open(new_url) as storage:
        await storage.change_settings(GROUP, {"replies": "on"})
    async with await Storage.open(new_url) as storage:
        assert (await storage.chat(GROUP)).settings == {"replies": "on"}


async def test_it_does_not_matter_where_the_program_runs(
    new_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    async with await Storage.open(new_url) as storage:
        assert (await storage.chat(GROUP)).settings == {}


async def test_a_relative_file_is_where_the_program_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    async with await Storage.open("sqlite:///bot.db"):
        assert (folder / "bot.db").is_file()


async def test_tables_of_a_newer_bot_are_left_alone(new_url: str) -> None:
    await make_tables(new_url)
    database = Database(new_url)
    with database.connected() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(TooNew, match="newer version of the bot"):
        await Storage.open(new_url)


async def test_in_memory_it_writes_nothing_to_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    async with await Storage.open("sqlite://") as storage:
        await storage.change_settings(GROUP, {"replies": "on"})
        assert (await storage.chat(GROUP)).settings == {"replies": "on"}
    assert list(folder.iterdir()) == []


async def test_sqlite_writes_ahead(made_file: Path) -> None:
    with closing(sqlite3.connect(made_file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def broken_page(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    file.write_bytes(content)


def other_content(file: Path) -> None:
    file.write_bytes(b"these are holiday pictures" * 1000)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:10000])


@pytest.mark.parametrize("damage", [broken_page, other_content, cut_short])
async def test_a_damaged_file_is_named_and_left_as_it_is(
    made_file: Path, folder: Path, damage: object
) -> None:
    file = folder / "bot.db"
    file.write_bytes(made_file.read_bytes())
    assert callable(damage)
    damage(file)
    before = sha256(file.read_bytes()).hexdigest()
    with pytest.raises(Damaged) as caught:
        await Storage.open(f"sqlite:///{file}")
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert sha256(file.read_bytes()).hexdigest() == before


async def test_an_empty_file_is_a_new_database(folder: Path) -> None:
    (folder / "bot.db").touch()
    async with await Storage.open(f"sqlite:///{folder}/bot.db") as storage:
        assert (await storage.chat(GROUP)).settings == {}


async def test_a_folder_is_no_file(folder: Path) -> None:
    with pytest.raises(Unavailable, match="unable to open"):
        await Storage.open(f"sqlite:///{folder}")


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        (f"mysql://bot:{PASSWORD}@host/name", "mysql is not a known kind"),
        (f"postgresql://bot:{PASSWORD}@host:port/name", "cannot be read"),
        (f"bot:{PASSWORD}@host", "cannot be read"),
        ("", "cannot be read"),
        ("bot.db", "cannot be read"),
        ("sqlite://bot.db", "sqlite:///file.db"),
        ("sqlite:///bot.db?mode=ro", "sqlite:///file.db"),
        ("sqlite:////nowhere/at/all/bot.db", "folder /nowhere/at/all does not exist"),
    ],
)
async def test_a_bad_address_is_one_line_without_the_password(url: str, hint: str) -> None:
    with pytest.raises(BadAddress) as caught:
        await Storage.open(url)
    message = str(caught.value)
    assert hint in message
    assert message.startswith("DATABASE_URL")
    assert PASSWORD not in message
    assert "\n" not in message


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_all_ways_to_say_postgresql(scheme: str) -> None:
    address = parsed(f"{scheme}://bot:{PASSWORD}@host/name?sslmode=require")
    assert address.url.drivername == "postgresql+psycopg"
    assert address.url.query == {"sslmode": "require"}
    assert PASSWORD not in repr(address)


def test_without_the_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "find_spec", lambda name: None)
    with pytest.raises(BadAddress, match=r"pip install 'immunomodulator-bot\[postgres\]'"):
        parsed("postgresql://bot@host/name")


async def test_an_unreachable_server_is_one_line_without_the_password() -> None:
    with pytest.raises(StorageError) as caught:
        await Storage.open(f"postgresql://bot:{PASSWORD}@127.0.0.1:1/name")
    assert isinstance(caught.value, Unavailable)
    assert PASSWORD not in str(caught.value)
    assert "\n" not in str(caught.value)
