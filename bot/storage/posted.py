"""Which messages say what about which topic, so that a correction reaches them.

Answers in groups, and in private those that somebody asked to have corrected; for 30 days.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import insert, posted


class Post(NamedTuple):
    """A message that stands in a chat."""

    chat_id: int
    message_id: int


async def note(
    connection: AsyncConnection, post: Post, topic: str, version: str, now: datetime
) -> None:
    """Remember what a message says; of one that is known, what it says now."""
    row = {**post._asdict(), "topic": topic, "version": version, "posted_at": now}
    made = insert(connection, posted).values(row)
    said = {name: made.excluded[name] for name in ("topic", "version", "posted_at")}
    keys = [posted.c.chat_id, posted.c.message_id]
    await connection.execute(made.on_conflict_do_update(index_elements=keys, set_=said))


async def outdated(
    connection: AsyncConnection, topic: str, version: str, since: datetime, most: int
) -> list[Post]:
    """At most ``most`` messages that say another version of the topic, the newest first.

    Those of a group that became a supergroup since are left out: they cannot be edited.
    """
    query = (
        select(posted.c.chat_id, posted.c.message_id)
        .where(posted.c.topic == topic, posted.c.version != version)
        .where(posted.c.posted_at > since, posted.c.message_id > 0)
        .order_by(posted.c.posted_at.desc(), posted.c.message_id)
        .limit(most)
    )
    return [Post(*row) for row in await connection.execute(query)]


async def settle(connection: AsyncConnection, post: Post, version: str) -> None:
    """Note that the message says this version now, or never will."""
    await connection.execute(update(posted).where(*_is(post)).values(version=version))


async def forget(connection: AsyncConnection, post: Post) -> None:
    """The message is gone, or says something else."""
    await connection.execute(delete(posted).where(*_is(post)))


def _is(post: Post) -> tuple[ColumnElement[bool], ...]:
    return posted.c.chat_id == post.chat_id, posted.c.message_id == post.message_id
