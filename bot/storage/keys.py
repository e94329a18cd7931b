"""Keys for hashes: made once, then the same in every copy of the bot."""

import secrets as random

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import insert, secrets

LENGTH = 32  # bytes


async def known(connection: AsyncConnection, name: str) -> bytes | None:
    """The key of that name, where it has been made."""
    query = select(secrets.c.value).where(secrets.c.name == name)
    value: bytes | None = (await connection.execute(query)).scalar_one_or_none()
    return value


async def made(connection: AsyncConnection, name: str) -> bytes:
    """The key of that name, new; or the other's, where another copy was making it too."""
    row = insert(connection, secrets).values(name=name, value=fresh())
    await connection.execute(row.on_conflict_do_nothing())
    value = await known(connection, name)
    assert value is not None  # in this transaction it stands there
    return value


def fresh() -> bytes:
    """A new key."""
    return random.token_bytes(LENGTH)
