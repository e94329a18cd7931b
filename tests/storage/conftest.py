"""Every storage test runs on SQLite and on a real PostgreSQL."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage import Storage
from tests.storage.database import Database
from tests.storage.folders import new_folder
from tests.storage.servers import Server

BOTH = ("sqlite", "postgresql")


async def make_tables(url: str) -> None:
    async with await Storage.open(url):
        pass


@pytest.fixture(scope="session")
def on_postgresql(_server: Server | str) -> Iterator[Database]:
    """A PostgreSQL database with all tables; each test that uses it empties them."""
    assert isinstance(_server, Server)
    database = Database(_server.database())
    asyncio.run(make_tables(database.url))
    yield database
    database.close()


@pytest.fixture(scope="session")
def made_file() -> Iterator[Path]:
    """A SQLite file with all tables, to copy."""
    with new_folder() as folder:
        asyncio.run(make_tables(f"sqlite:///{folder}/bot.db"))
        yield folder / "bot.db"


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder."""
    with new_folder() as folder:
        yield folder


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@pytest.fixture
def new_url(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """A database that nobody has opened yet."""
    if kind == "sqlite":
        return f"sqlite:///{folder}/bot.db"
    server: Server = request.getfixturevalue("server")
    return server.database()


@pytest.fixture
def on_sqlite(made_file: Path, folder: Path) -> Iterator[Database]:
    """A SQLite database with all tables."""
    shutil.copy(made_file, folder / "bot.db")
    database = Database(f"sqlite:///{folder}/bot.db")
    yield database
    database.close()


@pytest.fixture
def database(kind: str, request: pytest.FixtureRequest) -> Database:
    """A database with its tables, all of them empty."""
    if kind == "postgresql":
        request.getfixturevalue("server")
    database: Database = request.getfixturevalue(f"on_{kind}")
    database.empty()
    return database


@pytest.fixture
async def storage(database: Database) -> AsyncIterator[Storage]:
    """The storage on ``database``."""
    async with await Storage.open(database.url) as storage:
        yield storage
