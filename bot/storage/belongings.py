"""What belongs to a chat in every table: moving it to another id, and deleting it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import chats, counting, speaking, unmet
from bot.storage import tables as t
from bot.storage.unmet import Hashes

AFTER_LEAVING = timedelta(days=30)
COUNTS_KEPT = timedelta(days=30)  # of one group; those in all stay
POSTED_KEPT = timedelta(days=30)
ANSWERED_KEPT = timedelta(hours=1)
CLAIMS_KEPT = timedelta(hours=1)  # after their end: they tell how often an update has failed
OF_A_CHAT = (t.chats, t.counters, t.posted, t.weekly, t.to_delete)


async def move(connection: AsyncConnection, hashes: Hashes, old: int, new: int) -> None:
    """Give all that ``old`` has to ``new``; nothing is left to do a second time.

    Rows are taken out before they are put in, so that of two copies only one finds them.
    """
    if old == new:
        return
    await chats.migrate(connection, old, new)
    if counts := await _taken(connection, t.counters, old):
        await counting.add_rows(connection, [row | {"chat_id": new} for row in counts])
    posts = [
        row | {"chat_id": new, "message_id": -abs(row["message_id"])}
        for row in await _taken(connection, t.posted, old)
    ]
    weeks = [row | {"chat_id": new} for row in await _taken(connection, t.weekly, old)]
    for table, rows in ((t.posted, posts), (t.weekly, weeks)):
        if rows:
            await connection.execute(t.insert(connection, table).on_conflict_do_nothing(), rows)
    await unmet.move(connection, hashes.of_chat(old), hashes.of_chat(new))


async def forget(connection: AsyncConnection, hashes: Hashes, ids: Collection[int]) -> None:
    """Delete everything about these chats."""
    for table in OF_A_CHAT:
        await connection.execute(delete(table).where(table.c.chat_id.in_(ids)))
    await unmet.forget(connection, [hashes.of_chat(chat_id) for chat_id in ids])


async def clean(connection: AsyncConnection, hashes: Hashes, now: datetime) -> None:
    """Delete what is past its time."""
    left = delete(t.chats).where(t.chats.c.left_at <= now - AFTER_LEAVING)
    gone = list((await connection.execute(left.returning(t.chats.c.chat_id))).scalars())
    if gone:
        await forget(connection, hashes, gone)
    of_groups = t.counters.c.chat_id.is_not(None)
    past: tuple[tuple[Table, ColumnElement[bool]], ...] = (
        (t.counters, and_(of_groups, t.counters.c.day <= (now - COUNTS_KEPT).date())),
        (t.posted, t.posted.c.posted_at <= now - POSTED_KEPT),
        (t.answered, t.answered.c.at <= now - ANSWERED_KEPT),
        (t.claims, t.claims.c.until <= now - CLAIMS_KEPT),
    )
    for table, is_past in past:
        await connection.execute(delete(table).where(is_past))
    await speaking.clean(connection, now)
    await unmet.clean(connection, now.date())


async def _taken(connection: AsyncConnection, table: Table, chat_id: int) -> list[dict[str, Any]]:
    taken = delete(table).where(table.c.chat_id == chat_id).returning(*table.c)
    return [dict(row) for row in (await connection.execute(taken)).mappings()]
