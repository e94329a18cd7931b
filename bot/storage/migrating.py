"""Setting up a database: look at the file, then bring the tables up to date, one copy at a time.

A new database gets the tables as they are now; only what an older version has made goes through the
steps of ``migrations``, for which alone Alembic is imported: it takes time and memory.
"""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.address import Address
from bot.storage.engine import AT_START, BUSY, NO_TRANSACTION, WRITES, for_setting_up
from bot.storage.errors import Damaged, translated
from bot.storage.tables import STEP, metadata, script_for_sqlite, steps_made

LOCK = 0x696D6D756E6F  # any number, the same in every copy of the bot
PAUSE = 0.05  # seconds


def set_up(address: Address) -> None:
    """Make or update the tables. Blocks; copies that start at once wait for each other.

    Raises:
        Damaged: before anything was written to the file.
        TooNew: the database has tables of a later version.
        Unavailable: not reached, or locked for longer than ``AT_START``.
    """
    if address.file is not None and address.file.exists():
        _refuse_damaged(address.file)
    engine = for_setting_up(address)
    try:
        with translated():
            if address.is_sqlite:
                _use_write_ahead_log(engine)
            if not _is_up_to_date(engine):
                _bring_up_to_date(engine)
    finally:
        engine.dispose()


def _refuse_damaged(file: Path) -> None:
    """Read the file through, read-only: even opening one to write could change it."""
    try:
        url = f"{file.as_uri()}?mode=ro"
        with closing(sqlite3.connect(url, uri=True, timeout=BUSY)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
    except sqlite3.OperationalError:
        return  # locked or not to be opened: no damage; what follows will say it
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        raise Damaged(
            f"the database file {file} is damaged or no SQLite database; it was left as it is. "
            "Put a copy in its place, or move it away to start anew"
        )


def _use_write_ahead_log(engine: Engine) -> None:
    """Readers and a writer no longer wait for each other. The file remembers it.

    SQLite does not wait for a lock here, so we do.
    """
    give_up = time.monotonic() + AT_START
    with engine.execution_options(**NO_TRANSACTION).connect() as connection:
        while True:
            try:
                connection.execute(text("PRAGMA journal_mode = WAL"))
                return
            except OperationalError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(PAUSE)


def _step(connection: Connection) -> str | None:
    """The step that the tables are at; None where there are none."""
    if not inspect(connection).has_table(steps_made.name):
        return None
    return connection.execute(select(steps_made.c.version_num)).scalar()


def _is_up_to_date(engine: Engine) -> bool:
    """Whether there is nothing to do: then no lock is needed either."""
    with engine.connect() as connection:
        return _step(connection) == STEP


def _bring_up_to_date(engine: Engine) -> None:
    with engine.execution_options(**WRITES).begin() as connection:
        _lock(connection)
        step = _step(connection)
        if step is None:
            _make(connection)
        elif step != STEP:
            from bot.storage.upgrading import upgrade

            upgrade(connection)


def _make(connection: Connection) -> None:
    """All tables, as if every step had made them."""
    metadata.create_all(connection, checkfirst=False)
    steps_made.create(connection)
    connection.execute(steps_made.insert().values(version_num=STEP))


async def make_in_memory(engine: AsyncEngine) -> None:
    """Make the tables of a database in memory: with one hop to its thread, not one a statement."""
    async with engine.connect() as connection:
        sqlite = (await connection.get_raw_connection()).driver_connection
        assert sqlite is not None
        await sqlite.executescript(script_for_sqlite())


def _lock(connection: Connection) -> None:
    """Wait until no other copy is at it. In SQLite, to have begun to write is the lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{AT_START:.0f}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
