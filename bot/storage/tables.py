"""The tables: all that is kept. ``migrations`` makes the same; a test holds the two together."""

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import (
    CHAR,
    DDL,
    BigInteger,
    Column,
    Connection,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    create_mock_engine,
    event,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import ExecutableDDLElement

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

    Insert = sqlite.Insert | postgresql.Insert


class Moment(TypeDecorator[datetime]):
    """A point in time, aware and in UTC on both sides; SQLite itself knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time with ``ValueError``: nobody could say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The same moment, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()
STEP = "0003"  # the last of ``migrations``: whose tables these are

# Where Alembic notes the step.
steps_made = Table(
    "alembic_version", MetaData(), Column("version_num", String(32), primary_key=True)
)

# Groups with their settings; a private chat only while it has a country that its person chose.
chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("country", CHAR(2)),
    Column("settings", Text, nullable=False),  # a JSON object
    Column("updated_at", Moment, nullable=False, index=True),
    Column("left_at", Moment, index=True),  # when the bot lost the group
)

# Keys for hashes, made when they are first asked for.
secrets = Table(
    "secrets",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

# What was answered how often: in all (chat_id null), and in each group.
counters = Table(
    "counters",
    metadata,
    Column("day", Date, nullable=False),
    Column("topic", String(100), nullable=False),
    Column("outcome", String(50), nullable=False),
    Column("chat_id", BigInteger),
    Column("count", Integer, nullable=False),
)
IN_ALL = counters.c.chat_id.is_(None)
# Two indexes, since a plain unique one takes every null for a different value. PostgreSQL gets its
# first one as text: to name its option here would load all of its dialect, everywhere.
Index(
    "counters_in_all",
    counters.c.day,
    counters.c.topic,
    counters.c.outcome,
    unique=True,
    sqlite_where=IN_ALL,
).ddl_if(dialect="sqlite")
event.listen(
    counters,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]  # it has no hints
        "CREATE UNIQUE INDEX counters_in_all ON counters (day, topic, outcome)"
        " WHERE chat_id IS NULL"
    ).execute_if(dialect="postgresql"),
)
Index(
    "counters_in_chats",
    counters.c.chat_id,
    counters.c.day,
    counters.c.topic,
    counters.c.outcome,
    unique=True,
)

# Which chats sent a phrase that found nothing, by keyed hashes, and when each last did.
unmet = Table(
    "unmet",
    metadata,
    Column("phrase_hash", LargeBinary, primary_key=True),
    Column("chat_hash", LargeBinary, primary_key=True),
    Column("seen_on", Date, nullable=False, index=True),
)

# The phrase itself, only while five different chats have sent it.
unmet_phrases = Table(
    "unmet_phrases",
    metadata,
    Column("phrase_hash", LargeBinary, primary_key=True),
    Column("phrase", Text, nullable=False),
)

# Answers in groups, for telling the group when one is corrected. A message id below zero is from
# before the group became a supergroup: there is nothing left to reply to.
posted = Table(
    "posted",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("topic", String(100), nullable=False, index=True),
    Column("version", String(100), nullable=False),
    Column("posted_at", Moment, nullable=False, index=True),
)

# One post a week and group: the key lets only one copy of the bot have it.
weekly = Table(
    "weekly",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("week", String(10), primary_key=True),  # 2026-W48
    Column("topic", String(100), nullable=False),
    Column("posted_on", Date, nullable=False),
)

# Updates that were answered, and those that a copy is working on: so that none is answered twice.
answered = Table(
    "answered",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
)
claims = Table(
    "claims",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("owner", String(100), nullable=False),
    Column("until", Moment, nullable=False, index=True),
    Column("failures", Integer, nullable=False, server_default="0"),
)

# What was said of late, as keyed hashes: at most so much of it within a time (speaking.py).
said = Table(
    "said",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thing", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment, nullable=False, index=True),
)
Index("said_of_late", said.c.thing, said.c.at)

# Answers in groups that are to go after a while.
to_delete = Table(
    "to_delete",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
)


def insert(connection: AsyncConnection | Connection, table: Table) -> "Insert":
    """An INSERT that can say ON CONFLICT, which each dialect has of its own."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # megabytes that who has SQLite does not need

    return postgresql.insert(table)


@cache
def script_for_sqlite() -> str:
    """What makes all tables in an empty SQLite database."""
    statements: list[str] = []

    def keep(made: ExecutableDDLElement, *_: object, **__: object) -> None:
        statements.append(str(made.compile(dialect=engine.dialect)))

    engine = create_mock_engine("sqlite://", keep)
    metadata.create_all(engine, checkfirst=False)
    return ";\n".join(statements)
