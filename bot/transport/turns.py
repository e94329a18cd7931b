"""Turns: what is of one chat goes in order, what is of different chats at the same time.

At the same time, but not all at once: a hundred that begin together also end together, and a kill
in that moment would find them all answered and none of them noted. So there are a few places. An
update has one until it is noted as answered, or for a moment: whoever takes longer waits for
something, and keeps nobody.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Update

PLACES = 16  # what a kill may find answered and not noted
MOMENT = 0.3  # seconds; a busy machine makes everybody wait for 0.15


class Turns:
    """Whose turn it is in each chat; chats in which nothing happens take no memory."""

    def __init__(self) -> None:
        self._chats: dict[int, _Line] = {}
        self._places = asyncio.Semaphore(PLACES)

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncIterator["Place"]:
        """Wait until everybody who came before in the chat is done; then it is our turn.

        The place must be left.
        """
        line = self._chats.get(chat)
        if line is None:
            line = self._chats[chat] = _Line()
        line.length += 1
        try:
            async with line:
                await self._places.acquire()
                yield Place(self._places)
        finally:
            line.length -= 1
            if not line.length:
                del self._chats[chat]


class _Line(asyncio.Lock):
    """A lock that knows how many use it; asyncio hands it on in the order of asking."""

    length = 0


class Place:
    """One of the places; it is free again after a moment, or when it is left before."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places: asyncio.Semaphore | None = places
        self._timer = asyncio.get_running_loop().call_later(MOMENT, self.leave)

    def leave(self, _: object = None) -> None:
        """Free the place, the first time that it is called."""
        if self._places is not None:
            self._timer.cancel()
            self._places.release()
            self._places = None


def chat_of(update: Update) -> int:
    """The chat whose order counts: the chat's id, without one the person's, without one 0."""
    if chat := update.effective_chat:
        return chat.id
    return update.effective_user.id if update.effective_user else 0
