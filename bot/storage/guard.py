"""The storage as answers use it: whatever becomes of the database, an answer never waits for it.

Reads give defaults, writes report False, one warning a minute says so, and it reconnects by itself.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.storage import keys
from bot.storage.chats import ChatSettings, Settings
from bot.storage.counting import Count
from bot.storage.errors import Refused, StorageError, Unavailable
from bot.storage.storage import Storage
from bot.storage.taking import Claims
from bot.storage.unmet import Unmet

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


class Guarded:
    """A ``Storage`` that never fails and never takes long. ``Guarded.open`` makes one."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._opening: asyncio.Task[Storage] | None = None
        # Of their own: a database that is locked for writing can still be read.
        self._reads, self._writes = Rest(), Rest()
        self._warned_at: float | None = None
        self._keys: dict[str, bytes] = {}
        self._own_keys: dict[str, bytes] = {}
        self._late: set[asyncio.Task[Any]] = set()

    @classmethod
    async def open(cls, url: str, clock: Callable[[], float] = time.monotonic) -> Self:
        """Open the database, or go on without it and try again with each call.

        Raises:
            StorageError: one readable line, where waiting would not help.
        """
        guarded = cls(url, clock)
        try:
            await guarded._reached()
        except Unavailable as error:
            guarded._warn(error)
        return guarded

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

    async def chat(self, chat_id: int) -> ChatSettings:
        """What was set in the chat; nothing without the database."""
        return await self._read(lambda storage: storage.chat(chat_id), ChatSettings())

    async def set_country(self, chat_id: int, code: str | None) -> bool:
        """Remember the chat's country, or forget it."""
        return await self._write(lambda storage: storage.set_country(chat_id, code))

    async def change_settings(self, chat_id: int, changes: Settings) -> bool:
        """Change these settings and keep the others; a null takes one out."""
        return await self._write(lambda storage: storage.change_settings(chat_id, changes))

    async def migrate_chat(self, old: int, new: int) -> bool:
        """Give all that group ``old`` has to ``new``."""
        return await self._write(lambda storage: storage.migrate_chat(old, new))

    async def mark_left(self, chat_id: int, now: datetime) -> bool:
        """Note that the bot lost the chat."""
        return await self._write(lambda storage: storage.mark_left(chat_id, now))

    async def mark_back(self, chat_id: int) -> bool:
        """Note that the bot is in the chat again."""
        return await self._write(lambda storage: storage.mark_back(chat_id))

    async def forget(self, chat_id: int) -> bool:
        """Delete everything about the chat."""
        return await self._write(lambda storage: storage.forget(chat_id))

    async def count(self, day: date, topic: str, outcome: str, chat_id: int | None = None) -> bool:
        """Count an answer."""
        return await self._write(lambda storage: storage.count(day, topic, outcome, chat_id))

    async def counts(self, chat_id: int | None, since: date) -> list[Count]:
        """Counts from ``since`` on; none without the database."""
        return await self._read(lambda storage: storage.counts(chat_id, since), [])

    async def note_unmet(self, phrase: str, chat_id: int, day: date) -> bool:
        """Note that a phrase found nothing."""
        return await self._write(lambda storage: storage.note_unmet(phrase, chat_id, day))

    async def unmet(self, day: date) -> list[Unmet]:
        """What many asked for in vain; nothing without the database."""
        return await self._read(lambda storage: storage.unmet(day), [])

    async def clean(self, now: datetime) -> bool:
        """Delete what is past its time."""
        return await self._write(lambda storage: storage.clean(now))

    async def claim_week(self, chat_id: int, week: str, topic: str, day: date) -> bool:
        """Whether the group's weekly post is ours to send; not without the database."""
        claim = self._tried(
            self._writes, lambda storage: storage.claim_week(chat_id, week, topic, day)
        )
        return bool(await claim)

    async def posted_topics(self, chat_id: int, since: date) -> list[str]:
        """Topics of the group's weekly posts; none without the database."""
        return await self._read(lambda storage: storage.posted_topics(chat_id, since), [])

    async def note_answered(self, ids: Collection[int], now: datetime) -> bool:
        """Remember for an hour that these updates were answered, and end the claims on them."""
        return await self._write(lambda storage: storage.note_answered(ids, now))

    async def answered(self, ids: Collection[int]) -> frozenset[int]:
        """Which of these updates were answered; none, as far as is known without the database."""
        return await self._read(lambda storage: storage.answered(ids), frozenset())

    async def claim(
        self, ids: Collection[int], owner: str, now: datetime, until: datetime
    ) -> Claims | None:
        """Claim updates; None without the database: then nobody knows of other copies."""
        return await self._tried(
            self._writes, lambda storage: storage.claim(ids, owner, now, until)
        )

    async def renew_claims(self, ids: Collection[int], owner: str, until: datetime) -> bool:
        """Say that ``owner`` is still at work on these."""
        return await self._write(lambda storage: storage.renew_claims(ids, owner, until))

    async def give_back(self, update_id: int, owner: str, now: datetime) -> int | None:
        """End a claim on what failed; how often it has, None where that is not known."""
        return await self._tried(
            self._writes, lambda storage: storage.give_back(update_id, owner, now)
        )

    async def release_claims(self, owner: str, now: datetime) -> bool:
        """End all claims of ``owner``."""
        return await self._write(lambda storage: storage.release_claims(owner, now))

    async def key(self, name: str) -> bytes:
        """The key for hashes of one purpose; without the database, one of this process alone."""
        if name not in self._keys:
            found = await self._tried(self._writes, lambda storage: storage.key(name))
            if found is None:
                return self._own_keys.setdefault(name, keys.fresh())
            self._keys[name] = found
        return self._keys[name]

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
        now = self._clock()
        if self._warned_at is None or now - self._warned_at >= BETWEEN_WARNINGS:
            self._warned_at = now
            log.warning("the database cannot be used (%s); answering without it", error)


def _failed(task: asyncio.Task[Any]) -> bool:
    """Whether it ended without a result. Once looked at, asyncio does not log the error itself."""
    return task.done() and (task.cancelled() or task.exception() is not None)
