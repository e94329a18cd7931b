"""Counters: how often each topic was answered, and with what outcome; never by whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.chats import is_private
from bot.storage.tables import IN_ALL, counters, insert
from bot.storage.tally import Answered

IN_ALL_KEY = (counters.c.day, counters.c.topic, counters.c.outcome)
IN_CHAT_KEY = (counters.c.chat_id, *IN_ALL_KEY)


class Count(NamedTuple):
    """How often a topic came to an outcome."""

    topic: str
    outcome: str
    times: int


async def add(connection: AsyncConnection, counts: Mapping[Answered, int]) -> None:
    """Add to the counts in all, and to those of the groups named. The id of a private chat is not
    kept. Rows go in in one order, so that two copies never wait for each other for ever."""
    in_all: Counter[Answered] = Counter()
    for answered, times in counts.items():
        in_all[answered._replace(chat_id=None)] += times
    made = insert(connection, counters)
    more = made.on_conflict_do_update(
        index_elements=IN_ALL_KEY,
        index_where=IN_ALL,
        set_={"count": counters.c.count + made.excluded.count},
    )
    await connection.execute(more, _rows(in_all))
    of_groups = {one: n for one, n in counts.items() if one.chat_id and not is_private(one.chat_id)}
    if of_groups:
        await add_rows(connection, _rows(of_groups))


def _rows(counts: Mapping[Answered, int]) -> list[dict[str, Any]]:
    return [one._asdict() | {"count": times} for one, times in sorted(counts.items())]


async def add_rows(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the counts of groups, as rows of the table, to those that there are."""
    made = insert(connection, counters)
    added = made.on_conflict_do_update(
        index_elements=IN_CHAT_KEY, set_={"count": counters.c.count + made.excluded.count}
    )
    await connection.execute(added, rows)


async def by_day(connection: AsyncConnection, chat_id: int, since: date) -> dict[date, int]:
    """How often a group was answered about something on each day from ``since`` on; menus, which
    are about nothing, are not counted, and days without are left out."""
    query = (
        select(counters.c.day, func.sum(counters.c.count))
        .where(counters.c.chat_id == chat_id, counters.c.day >= since, counters.c.topic != "")
        .group_by(counters.c.day)
    )
    return {row[0]: row[1] for row in await connection.execute(query)}


async def totals(connection: AsyncConnection, chat_id: int | None, since: date) -> list[Count]:
    """Counts from ``since`` on, of a group or (None) in all; the most frequent first."""
    whose = IN_ALL if chat_id is None else counters.c.chat_id == chat_id
    times = func.sum(counters.c.count)
    query = (
        select(counters.c.topic, counters.c.outcome, times)
        .where(whose, counters.c.day >= since)
        .group_by(counters.c.topic, counters.c.outcome)
        .order_by(times.desc(), counters.c.topic, counters.c.outcome)
    )
    return [Count(*row) for row in await connection.execute(query)]
