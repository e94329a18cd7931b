"""What was said of late, so that nobody can make the bot say too much: keyed hashes and times.

A limit is "at most so many in so many seconds" of one thing, such as replies in one group. Who and
where stand in it as a keyed hash only, which is deleted when it is past, within an hour.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import insert, said

MOST_IN_MEMORY = 20_000
# So much may the clocks of two copies differ. What seems to have been said later than that was said
# before the clock was turned back, and must keep nobody waiting for an answer until it catches up.
APART = timedelta(minutes=1)


@dataclass(frozen=True)
class Limit:
    """At most ``most`` within ``seconds`` of what ``thing`` (a keyed hash) stands for.

    ``names``: it is no limit but stands for what claims, and comes first. What has claimed before
    (and was killed before it could say anything) may have it again.
    """

    thing: bytes
    seconds: float
    most: int
    names: bool = False


async def claim(connection: AsyncConnection, limits: Sequence[Limit], now: datetime) -> bool:
    """Whether one more keeps within all limits; if so it is noted, for all of them, as said."""
    await _lock(connection, limits)
    for limit in limits:
        number = await _count(connection, limit, now)
        if limit.names and number:
            return True
        if number >= limit.most:
            return False
    rows = [
        {"thing": limit.thing, "at": now, "until": now + timedelta(seconds=limit.seconds)}
        for limit in limits
    ]
    if rows:
        await connection.execute(insert(connection, said), rows)
    return True


async def take_back(connection: AsyncConnection, limits: Sequence[Limit], now: datetime) -> None:
    """Undo a claim made at ``now``: it was not said after all."""
    for limit in limits:
        undone = delete(said).where(said.c.thing == limit.thing, said.c.at == now)
        await connection.execute(undone)


async def clean(connection: AsyncConnection, now: datetime) -> None:
    """Delete what is past."""
    await connection.execute(delete(said).where(said.c.until <= now))


async def _count(connection: AsyncConnection, limit: Limit, now: datetime) -> int:
    since = now - timedelta(seconds=limit.seconds)
    of_late = (said.c.at > since, said.c.at <= now + APART)
    query = select(func.count()).where(said.c.thing == limit.thing, *of_late)
    return (await connection.execute(query)).scalar_one()


async def _lock(connection: AsyncConnection, limits: Sequence[Limit]) -> None:
    """One at a time for each thing, always in the same order: else two copies would wait for each
    other for ever, or both count one too few. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        for thing in sorted(limit.thing for limit in limits):
            number = int.from_bytes(thing[:8], signed=True)
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": number})


class OwnSpeech:
    """The same in memory, for while there is no database: as far as this copy of the bot knows."""

    def __init__(self) -> None:
        self._said: dict[bytes, deque[datetime]] = {}

    def claim(self, limits: Sequence[Limit], now: datetime) -> bool:
        """Whether one more keeps within all limits; if so it is noted."""
        for limit in limits:
            times = self._said.setdefault(limit.thing, deque())
            while times and times[0] <= now - timedelta(seconds=limit.seconds):
                times.popleft()
            while times and times[-1] > now + APART:
                times.pop()
        if any(limit.names and self._said[limit.thing] for limit in limits):
            return True
        fits = all(len(self._said[limit.thing]) < limit.most for limit in limits)
        for limit in limits if fits else ():
            self._said[limit.thing].append(now)
        if len(self._said) > MOST_IN_MEMORY:
            self._said.clear()
        return fits

    def take_back(self, limits: Sequence[Limit], now: datetime) -> None:
        """Undo a claim made at ``now``."""
        for limit in limits:
            times = self._said.get(limit.thing)
            if times and now in times:
                times.remove(now)
