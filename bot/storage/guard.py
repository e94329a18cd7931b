"""Whatever becomes of the database, an answer never waits for it.

Reads give defaults, writes report False, one warning a minute says so, and it reconnects by itself.
``guarded.py`` has the methods.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.storage.errors import Refused, StorageError, Unavailable
from bot.storage.storage import Storage

PATIENCE = 3.0  # seconds that one call may take
REST = 5.0  # seconds without a try after a failure, so that not every answer waits
BETWEEN_WARNINGS = 60.0  # seconds
log = logging.getLogger(__name__)

Result = TypeVar("Result")
Use = Callable[[Storage], Awaitable[Result]]


@dataclass
class Rest:
    """When to try again after a failure. Of many calls that come then, one tries first."""

    until: float | None = None

    def is_over(self, now: float) -> bool:
        """Whether a call may try; after a failure, the others wait for how it goes."""
        if self.until is None:
            return True
        over = now >= self.until
        if over:
            self.until = now + REST
        return over


class Guard:
    """Holds a ``Storage`` that may be lost: uses of it never fail and never take long.

    ``on_failure`` is called each time that the database fails one.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._opening: asyncio.Task[Storage] | None = None
        # Of their own: a database that is locked for writing can still be read.
        self._reads, self._writes = Rest(), Rest()
        self._warned_at: float | None = None
        self._late: set[asyncio.Task[Any]] = set()
        self.on_failure: Callable[[], object] = lambda: None

    @classmethod
    async def open(cls, url: str, clock: Callable[[], float] = time.monotonic) -> Self:
        """Open the database, or go on without it and try again with each call.

        Raises:
            StorageError: one readable line, where waiting would not help.
        """
        guard = cls(url, clock)
        try:
            await guard._reached()
        except Unavailable as error:
            guard._warn(error)
        return guard

    async def close(self) -> None:
        """Let go of all connections, after what is still under way."""
        under_way = {*self._late, *([self._opening] if self._opening else [])}
        if under_way:
            await asyncio.wait(under_way, timeout=PATIENCE)
        for task in under_way:
            task.cancel()
        if self._is_open:
            await (await self._reached()).close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _read(self, use: Use[Result], default: Result) -> Result:
        found = await self._tried(self._reads, use)
        return default if found is None else found

    async def _write(self, use: Use[None]) -> bool:
        async def done(storage: Storage) -> bool:
            await use(storage)
            return True

        return bool(await self._tried(self._writes, done))

    async def _tried(self, rest: Rest, use: Use[Result]) -> Result | None:
        """What ``use`` gives, or None where the database does not."""
        if not rest.is_over(self._clock()):
            return None
        try:
            result = await self._in_time(use)
        except StorageError as error:
            # That one call is refused is no sign that the next one would be.
            alone = isinstance(error, Refused) and self._is_open
            rest.until = None if alone else self._clock() + REST
            self._warn(error)
            return None
        rest.until = None
        return result

    async def _in_time(self, use: Use[Result]) -> Result:
        """Run ``use`` for at most ``PATIENCE``. What takes longer is left to end by itself:
        to take back a call to a lost server can take as long as the call."""

        async def run() -> Result:
            return await use(await self._reached())

        task = asyncio.create_task(run())
        self._late.add(task)
        task.add_done_callback(self._ended)
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            task.cancel()
            raise Unavailable(f"no answer within {PATIENCE:.0f} seconds")
        return task.result()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._late.discard(task)
        _failed(task)

    @property
    def _is_open(self) -> bool:
        return self._opening is not None and self._opening.done() and not _failed(self._opening)

    async def _reached(self) -> Storage:
        """The storage; one attempt to open it at a time, which outlives the call that began it."""
        if self._opening is None or _failed(self._opening):
            self._opening = asyncio.create_task(Storage.open(self._url))
            self._opening.add_done_callback(_failed)
        return await asyncio.shield(self._opening)

    def _warn(self, error: StorageError) -> None:
        self.on_failure()
        now = self._clock()
        if self._warned_at is None or now - self._warned_at >= BETWEEN_WARNINGS:
            self._warned_at = now
            log.warning("the database cannot be used (%s); answering without it", error)


def _failed(task: asyncio.Task[Any]) -> bool:
    """Whether it ended without a result. Once looked at, asyncio does not log the error itself."""
    return task.done() and (task.cancelled() or task.exception() is not None)
