"""Messages of the bot in groups that are to be deleted by and by; they outlast a restart."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import insert, to_delete

AGAIN = timedelta(minutes=1)


class Due(NamedTuple):
    """A message whose time has come."""

    chat_id: int
    message_id: int


async def later(connection: AsyncConnection, due: Due, at: datetime) -> None:
    """Have the message deleted at ``at``; a second time does nothing."""
    made = insert(connection, to_delete).values(**due._asdict(), at=at)
    await connection.execute(made.on_conflict_do_nothing())


async def take(connection: AsyncConnection, now: datetime) -> list[Due]:
    """What is due by now: of several copies only one gets each, to try; it is due ``AGAIN`` unless
    it is ``done`` by then."""
    taken = update(to_delete).where(to_delete.c.at <= now).values(at=now + AGAIN)
    rows = await connection.execute(taken.returning(to_delete.c.chat_id, to_delete.c.message_id))
    return [Due(*row) for row in rows]


async def done(connection: AsyncConnection, due: Due) -> None:
    """The message is gone, or will never go."""
    is_it = (to_delete.c.chat_id == due.chat_id, to_delete.c.message_id == due.message_id)
    await connection.execute(delete(to_delete).where(*is_it))
