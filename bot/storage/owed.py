"""What happened to a group while the database was away: it is told when it is back, in order."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.storage.errors import Refused
from bot.storage.storage import Storage

AGAIN_EVERY = 5.0  # seconds
MOST = 1000  # beyond that the database is lost, and what it has missed with it

Use = Callable[[Storage], Awaitable[None]]


class Owed:
    """Changes in memory until ``write`` takes them, each after those before it."""

    def __init__(self, write: Callable[[Use], Awaitable[bool]]) -> None:
        self._write = write
        self._owed: list[Use] = []
        self._turn = asyncio.Lock()
        self._paying: asyncio.Task[None] | None = None

    async def pay(self, use: Use) -> bool:
        """Do it now, or else by and by; whether it is done."""
        async with self._turn:
            await self._pay_owed()
            if not self._owed and await self._write(use):
                return True
            if len(self._owed) < MOST:
                self._owed.append(use)
        if self._paying is None or self._paying.done():
            self._paying = asyncio.create_task(self._pay_soon())
        return False

    async def close(self) -> None:
        """Do what is owed, for the last time."""
        if self._paying is not None:
            self._paying.cancel()
        async with self._turn:
            await self._pay_owed()

    async def _pay_soon(self) -> None:
        while self._owed:
            await asyncio.sleep(AGAIN_EVERY)
            async with self._turn:
                await self._pay_owed()

    async def _pay_owed(self) -> None:
        while self._owed and await self._write(_unless_refused(self._owed[0])):
            del self._owed[0]


def _unless_refused(use: Use) -> Use:
    """What is refused once is refused for ever: it is not owed any more."""

    async def tried(storage: Storage) -> None:
        with suppress(Refused):
            await use(storage)

    return tried
