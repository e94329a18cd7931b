"""What a chat has set: its country, a group's settings, and whether the bot is still there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Row, Update, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.errors import Refused
from bot.storage.tables import chats, insert

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]
Settings = Mapping[str, JsonValue]
NONE_SET = "{}"


@dataclass(frozen=True)
class ChatSettings:
    """What was set in a chat: ``country`` as ISO 3166 alpha-2; ``settings`` without defaults."""

    country: str | None = None
    settings: Settings = field(default_factory=dict)


async def read(connection: AsyncConnection, chat_id: int) -> ChatSettings:
    """What was set in the chat; nothing where it is not known."""
    query = select(chats.c.country, chats.c.settings).where(chats.c.chat_id == chat_id)
    row = (await connection.execute(query)).one_or_none()
    return ChatSettings() if row is None else ChatSettings(row.country, decoded(row.settings))


async def set_country(connection: AsyncConnection, chat_id: int, code: str | None) -> None:
    """Remember the country, or forget it.

    Raises:
        ValueError: ``code`` is not two letters.
    """
    if code is not None and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError("a country is two letters")
    await _locked(connection, chat_id)
    country = code.upper() if code else None
    await connection.execute(_update(chat_id).values(country=country))
    await _drop_empty_private(connection, chat_id)


async def change(connection: AsyncConnection, chat_id: int, changes: Settings) -> None:
    """Change some settings and keep the others; null takes one out, so that its default holds."""
    row = await _locked(connection, chat_id)
    settings = _encoded({**decoded(row.settings), **changes})
    await connection.execute(_update(chat_id).values(settings=settings, left_at=None))
    await _drop_empty_private(connection, chat_id)


async def migrate(connection: AsyncConnection, old: int, new: int) -> None:
    """Hand what ``old`` had set to ``new``, whose own settings win. Again, it does nothing."""
    taken = delete(chats).where(chats.c.chat_id == old)
    before = (
        await connection.execute(taken.returning(chats.c.country, chats.c.settings))
    ).one_or_none()
    if before is None:
        return
    row = await _locked(connection, new)
    settings = {**decoded(before.settings), **decoded(row.settings)}
    country = row.country or before.country
    await connection.execute(_update(new).values(settings=_encoded(settings), country=country))


async def mark_left(connection: AsyncConnection, chat_id: int, now: datetime) -> None:
    """Note that the bot is out of the chat; a second notice does not start the 30 days anew."""
    if not is_private(chat_id):  # a group needs a row, since there may be counters to delete later
        await _locked(connection, chat_id)
    since = func.coalesce(chats.c.left_at, literal(now, chats.c.left_at.type))
    await connection.execute(_update(chat_id).values(left_at=since))


async def mark_back(connection: AsyncConnection, chat_id: int) -> None:
    """Note that the bot is in the chat again."""
    await connection.execute(_update(chat_id).values(left_at=None))


def is_private(chat_id: int) -> bool:
    """Whether the id is a person's: Telegram gives groups and channels ids below zero."""
    return chat_id > 0


def _now(connection: AsyncConnection) -> ColumnElement[datetime]:
    """By the one clock that all copies share: the server's; SQLite's is this machine's."""
    if connection.dialect.name == "postgresql":
        return func.clock_timestamp(type_=chats.c.updated_at.type)
    return literal(datetime.now(UTC), chats.c.updated_at.type)


def _update(chat_id: int) -> Update:
    return update(chats).where(chats.c.chat_id == chat_id)


async def _locked(connection: AsyncConnection, chat_id: int) -> Row[tuple[str | None, str]]:
    """The chat's row, made where there is none, and ours until the transaction ends.

    One statement does it all: between two, another copy could delete the row.
    """
    made = insert(connection, chats).values(
        chat_id=chat_id, settings=NONE_SET, updated_at=_now(connection)
    )
    held = made.on_conflict_do_update(
        index_elements=[chats.c.chat_id], set_={"updated_at": made.excluded.updated_at}
    )
    return (await connection.execute(held.returning(chats.c.country, chats.c.settings))).one()


async def _drop_empty_private(connection: AsyncConnection, chat_id: int) -> None:
    """A person's id stays only while they have asked for something to be remembered."""
    if is_private(chat_id):
        empty = (chats.c.country.is_(None), chats.c.settings == NONE_SET)
        await connection.execute(delete(chats).where(chats.c.chat_id == chat_id, *empty))


def _encoded(settings: Settings) -> str:
    return json.dumps({name: value for name, value in settings.items() if value is not None})


def decoded(text: str) -> dict[str, JsonValue]:
    """Settings as ``chats.settings`` holds them.

    Raises:
        Refused: they are no JSON object.
    """
    try:
        settings = json.loads(text)
    except ValueError:
        settings = None
    if not isinstance(settings, dict):
        raise Refused("the settings of a chat are no JSON object")
    return settings
