"""What chats have set, in memory: an answer must not wait for a query each time.

Looked at again when it is older than a second, so that what one copy of the bot changes is known to
all within two. Only what has changed is read then; where the number of chats does not come out
right afterwards, because some are gone, all are read anew.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.chats import ChatSettings, decoded
from bot.storage.tables import chats

FRESH = 1.0  # seconds
# A change may be committed a while after the time that it bears: so much is looked at again.
OVERLAP = timedelta(seconds=10)


class Kept(NamedTuple):
    """The chats that changed: by id, when the last of them did, and how many chats there are."""

    changed: dict[int, ChatSettings]
    newest: datetime | None
    chats: int


async def read(connection: AsyncConnection, since: datetime | None) -> Kept:
    """The chats that changed after ``since``, or all."""
    query = select(chats.c.chat_id, chats.c.country, chats.c.settings, chats.c.updated_at)
    if since is not None:
        query = query.where(chats.c.updated_at > since)
    rows = (await connection.execute(query)).all()
    number = (await connection.execute(select(func.count()).select_from(chats))).scalar_one()
    changed = {row.chat_id: ChatSettings(row.country, decoded(row.settings)) for row in rows}
    return Kept(changed, max((row.updated_at for row in rows), default=None), number)


class Mirror:
    """``chats`` in memory. ``fetch`` reads those changed since; None where that is not possible,
    and then what was known stays."""

    def __init__(
        self,
        fetch: Callable[[datetime | None], Awaitable[Kept | None]],
        clock: Callable[[], float],
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._chats: dict[int, ChatSettings] = {}
        self._newest: datetime | None = None
        self._looked: float | None = None
        self._changes = self._seen = 0
        self._look: asyncio.Task[None] | None = None

    async def chat(self, chat_id: int) -> ChatSettings:
        """What was set in the chat."""
        await self.refresh()
        return self._chats.get(chat_id, ChatSettings())

    async def with_settings(self) -> list[tuple[int, ChatSettings]]:
        """All chats that have something set."""
        await self.refresh()
        return [(chat_id, kept) for chat_id, kept in self._chats.items() if kept.settings]

    def expire(self) -> None:
        """Look again before the next answer: something was changed here."""
        self._changes += 1

    async def refresh(self) -> None:
        """Look again if that is due; those who come meanwhile wait for the one that looks."""
        while not self._is_fresh():
            if self._look is None or self._look.done():
                self._look = asyncio.create_task(self._again())
            await asyncio.shield(self._look)

    def _is_fresh(self) -> bool:
        looked_lately = self._looked is not None and self._clock() - self._looked < FRESH
        return looked_lately and self._seen == self._changes

    def _since(self) -> datetime | None:
        """From when on to look. Where that is yet to come, the clock has been turned back, and what
        changes now bears an earlier time: then at everything."""
        since = self._newest - OVERLAP if self._newest else None
        return since if since and since <= datetime.now(UTC) else None

    async def _again(self) -> None:
        began, changes = self._clock(), self._changes
        since = self._since()
        kept = await self._fetch(since)
        if kept is not None and since is not None:
            known = self._chats | kept.changed
            some_are_gone = len(known) != kept.chats
            kept = await self._fetch(None) if some_are_gone else kept._replace(changed=known)
        if kept is not None:
            self._chats = kept.changed
            self._newest = kept.newest or self._newest
        self._looked, self._seen = began, changes
