"""The ledger: which updates were answered, so that a kill in the middle answers none of them twice.

Ids are written in groups, each in one commit. Those of the last milliseconds are what a kill can
lose. Without its database the ledger remembers what this process has answered, and no more.
"""

import asyncio
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Protocol

from bot.transport.patience import pause

GROUP = 8  # ids that are written without waiting for more
GATHERING = 0.01  # seconds that fewer are waited for
REMEMBERED = 10_000  # ids


class Answered(Protocol):
    """What the ledger needs of the storage."""

    async def note_answered(self, ids: Collection[int], now: datetime) -> bool:
        """Keep these ids."""

    async def answered(self, ids: Collection[int]) -> frozenset[int]:
        """Which of these are kept."""


def utc() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Ledger:
    """Which updates were answered."""

    def __init__(self, kept: Answered, clock: Callable[[], datetime] = utc) -> None:
        self._kept = kept
        self._clock = clock
        self._recent: dict[int, None] = {}
        self._group: list[int] = []
        self._enough = asyncio.Event()
        self._written: asyncio.Future[None] | None = None
        self._writing: asyncio.Task[None] | None = None

    def note(self, update_id: int) -> "asyncio.Future[None]":
        """Remember that the update was answered. The future is done when that is written, or when
        the database has failed to."""
        self.remember(update_id)
        self._group.append(update_id)
        if len(self._group) >= GROUP:
            self._enough.set()
        if self._written is None:
            self._written = asyncio.get_running_loop().create_future()
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        return self._written

    def remember(self, update_id: int) -> None:
        """Remember it in this process alone: enough for what was left without an answer, which can
        be left so again."""
        self._recent[update_id] = None
        if len(self._recent) > REMEMBERED:
            del self._recent[next(iter(self._recent))]

    def remembers(self, update_id: int) -> bool:
        """Whether this process has answered the update, lately."""
        return update_id in self._recent

    async def look_up(self, ids: Collection[int]) -> frozenset[int]:
        """Which of these were answered, by any process, in the last hour."""
        return await self._kept.answered(ids)

    async def close(self) -> None:
        """Return once everything is written, or the database has failed to."""
        self._enough.set()
        while self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        try:
            while (written := self._written) is not None:
                await pause(GATHERING, self._enough)
                self._enough.clear()
                ids, self._group, self._written = self._group, [], None
                try:
                    await self._kept.note_answered(ids, self._clock())
                finally:
                    written.set_result(None)
        finally:
            self._writing = None
