"""Turns: what is of one chat goes in order, what is of different chats at the same time. What is
urgent waits for nobody: whoever goes before may be waiting for Telegram, for a minute.

At the same time, but not all at once: a hundred that begin together also end together, and a kill
in that moment would find them all answered and none of them noted. So there are a few places. An
update has one until it is noted as answered, or for a moment: whoever takes longer waits for
something, and keeps nobody.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Container
from contextlib import asynccontextmanager

from telegram import Update

PLACES = 16  # what a kill may find answered and not noted
MOMENT = 0.3  # seconds; a busy machine makes everybody wait for 0.15

Line = int | tuple[str, int]  # a chat's, or an update's own
Urgent = Callable[[Update], bool]


class Turns:
    """Whose turn it is in each chat; chats in which nothing happens take no memory."""

    def __init__(self) -> None:
        self._lines: dict[Line, _Line] = {}
        self._places = asyncio.Semaphore(PLACES)

    def __contains__(self, name: object) -> bool:
        """Whether somebody in that line is not done."""
        return name in self._lines

    @asynccontextmanager
    async def turn(self, name: Line) -> AsyncIterator["Place"]:
        """Wait until everybody who came before in the line is done; then it is our turn.

        The place must be left.
        """
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = _Line()
        line.length += 1
        try:
            async with line:
                await self._places.acquire()
                yield Place(self._places)
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[name]


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


def line_of(update: Update, busy: Container[Line], urgent: Urgent) -> Line:
    """The line of the update's chat; one of its own where ``busy`` has that and it is urgent."""
    chat = chat_of(update)
    return ("urgent", update.update_id) if chat in busy and urgent(update) else chat


def nothing_urgent(_: Update) -> bool:
    """For programs in which nothing is."""
    return False
