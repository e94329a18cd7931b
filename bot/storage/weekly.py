"""The post of the week: at most one in each group, whichever copy of the bot comes first."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import insert, weekly


async def claim(
    connection: AsyncConnection, chat_id: int, week: str, topic: str, day: date
) -> bool:
    """Whether this week's post is ours to send; false where it has been claimed before."""
    made = insert(connection, weekly).values(chat_id=chat_id, week=week, topic=topic, posted_on=day)
    claimed = made.on_conflict_do_nothing().returning(weekly.c.week)
    return (await connection.execute(claimed)).one_or_none() is not None


async def topics(connection: AsyncConnection, chat_id: int, since: date) -> list[str]:
    """Topics of the group's weekly posts from ``since`` on, the oldest first."""
    query = (
        select(weekly.c.topic)
        .where(weekly.c.chat_id == chat_id, weekly.c.posted_on >= since)
        .order_by(weekly.c.posted_on, weekly.c.week)
    )
    return list((await connection.execute(query)).scalars())
