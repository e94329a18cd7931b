"""Address -> engine: connections, and how their transactions begin."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, StaticPool

from bot.storage.address import Address

BUSY = 2.0  # seconds to wait for SQLite's lock: a person may be waiting for an answer
AT_START = 30.0  # seconds to wait for another copy that is setting up the same database
CONNECTING = 5  # seconds
BEGIN = "begin_with"  # execution option: the statement that begins a transaction, or ""
READS = {BEGIN: "BEGIN"}
# A transaction that begins by reading cannot always be turned into one that writes, however long
# it waits; so those that will write say so when they begin.
WRITES = {BEGIN: "BEGIN IMMEDIATE"}
NO_TRANSACTION = {BEGIN: ""}
PRAGMAS = (
    "PRAGMA synchronous = NORMAL",  # safe with WAL, and spares a flush for each counter
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten, not only unlinked
)


def for_use(address: Address) -> AsyncEngine:
    """The engine that the bot works with."""
    options: dict[str, Any] = {"hide_parameters": True}
    if address.in_memory:
        # One connection: a second one would open a second, empty database.
        options |= {"poolclass": AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0}
    else:
        options |= {"pool_size": 5, "max_overflow": 5}
    engine = create_async_engine(address.url, **options, **_driver(address, BUSY))
    _tune(engine.sync_engine, address)
    return engine


def for_at_once(address: Address) -> Engine | None:
    """A blocking engine for transactions that take less time than a hop to a thread and back: in a
    SQLite file. It never waits, neither for a lock nor for the disk; None where there is no file.
    """
    if address.file is None:
        return None
    url = address.url.set(drivername="sqlite")
    engine = create_engine(
        url, hide_parameters=True, poolclass=StaticPool, **_driver(address, patience=0.0)
    )
    _tune(engine, address)
    event.listen(engine, "connect", _leave_checkpoints)
    return engine.execution_options(**WRITES)


def for_setting_up(address: Address) -> Engine:
    """A blocking engine, for migrations; not for a database in memory."""
    url = address.url.set(drivername="sqlite") if address.is_sqlite else address.url
    engine = create_engine(url, hide_parameters=True, **_driver(address, AT_START))
    _tune(engine, address)
    return engine


def _driver(address: Address, patience: float) -> dict[str, Any]:
    if address.is_sqlite:
        return {"connect_args": {"timeout": patience}}
    # Prepared statements do not survive a pooler such as PgBouncer, and save little here.
    arguments: dict[str, Any] = {"prepare_threshold": None}
    if "connect_timeout" not in address.url.query:
        arguments["connect_timeout"] = CONNECTING
    return {"connect_args": arguments, "pool_pre_ping": True}


def _tune(engine: Engine, address: Address) -> None:
    if address.is_sqlite:
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin)


def _tune_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver leaves transactions to us
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _leave_checkpoints(connection: Any, _: object) -> None:
    """Copying the log into the file takes the disk's time; other connections do it."""
    connection.execute("PRAGMA wal_autocheckpoint = 0").close()


def _begin(connection: Connection) -> None:
    statement = connection.get_execution_options().get(BEGIN, READS[BEGIN])
    if statement:
        connection.exec_driver_sql(statement)
