"""Counts on their way into the database: gathered, and written together every few seconds."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import NamedTuple

WRITTEN_EVERY = 2.0  # seconds
MOST = 10_000  # different ones: beyond that the database is lost, and counts with it


class Answered(NamedTuple):
    """What was answered: a topic's id, or "" where there was none, and with what outcome.

    ``chat_id`` only of a group that has statistics on.
    """

    day: date
    topic: str
    outcome: str
    chat_id: int | None = None


class Tally:
    """Counts in memory until ``write`` takes them; what it refuses is tried again."""

    def __init__(self, write: Callable[[Mapping[Answered, int]], Awaitable[bool]]) -> None:
        self._write = write
        self._counts: Counter[Answered] = Counter()
        self._writing: asyncio.Task[None] | None = None

    def note(self, answered: Answered) -> None:
        """Count one more; returns at once."""
        if len(self._counts) < MOST:
            self._counts[answered] += 1
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_soon())

    async def flush(self) -> None:
        """Write what there is."""
        counts, self._counts = self._counts, Counter()
        if counts and not await self._write(counts):
            self._counts += counts

    async def close(self) -> None:
        """Write what there is, for the last time."""
        if self._writing is not None:
            self._writing.cancel()
        await self.flush()

    async def _write_soon(self) -> None:
        while self._counts:
            await asyncio.sleep(WRITTEN_EVERY)
            await self.flush()
