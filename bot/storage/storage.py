"""The storage: each method is one transaction, and raises ``StorageError`` alone."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from datetime import date, datetime
from typing import Self, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage import (
    belongings,
    chats,
    counting,
    deleting,
    keys,
    mirror,
    posted,
    speaking,
    taking,
    unmet,
    weekly,
)
from bot.storage.address import Address, parsed
from bot.storage.chats import ChatSettings, Settings
from bot.storage.counting import Count
from bot.storage.deleting import Due
from bot.storage.engine import NO_TRANSACTION, WRITES, for_at_once, for_use
from bot.storage.errors import StorageError, Unavailable, translated
from bot.storage.migrating import make_in_memory, set_up
from bot.storage.mirror import Kept
from bot.storage.posted import Post
from bot.storage.speaking import Limit
from bot.storage.taking import Claims
from bot.storage.tally import Answered
from bot.storage.unmet import Hashes, Unmet

Result = TypeVar("Result")


class Storage(AbstractAsyncContextManager["Storage"]):
    """Chat settings and counters, in SQLite or PostgreSQL. ``Storage.open`` makes one."""

    def __init__(self, address: Address, engine: AsyncEngine) -> None:
        self._address = address
        self._engine = engine
        self._writer = engine.execution_options(**WRITES)
        # SQLite has one writer at a time: in line here, nobody waits longer than the others.
        self._turn: AbstractAsyncContextManager[object] = (
            asyncio.Lock() if address.is_sqlite else nullcontext()
        )
        self._direct = for_at_once(address)
        self._keys: dict[str, bytes] = {}

    @classmethod
    async def open(cls, url: str) -> Self:
        """Reach the database at ``url`` and bring its tables up to date.

        Raises:
            StorageError: one readable line; ``Unavailable`` where waiting may help.
        """
        address = parsed(url)
        if not address.in_memory:
            await asyncio.to_thread(set_up, address)
        engine = for_use(address)
        if address.in_memory:
            await make_in_memory(engine)
        return cls(address, engine)

    async def close(self) -> None:
        """Let go of all connections."""
        with translated():
            if self._direct is not None:
                self._direct.dispose()
            await self._engine.dispose()

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def works(self) -> bool:
        """Whether the database answers; it always does, or ``StorageError`` is raised."""
        async with self._reading() as connection:
            return (await connection.execute(text("SELECT 1"))).scalar() == 1

    async def chat(self, chat_id: int) -> ChatSettings:
        """What was set in the chat."""
        async with self._reading() as connection:
            return await chats.read(connection, chat_id)

    async def set_country(self, chat_id: int, code: str | None) -> None:
        """Remember the chat's country (two letters, else ``ValueError``), or forget it."""
        async with self._writing() as connection:
            await chats.set_country(connection, chat_id, code)

    async def change_settings(self, chat_id: int, changes: Settings) -> None:
        """Change these settings and keep the others; a null takes one out."""
        async with self._writing() as connection:
            await chats.change(connection, chat_id, changes)

    async def migrate_chat(self, old: int, new: int) -> None:
        """Give all that group ``old`` has to ``new``; what ``new`` has set itself wins."""
        hashes = await self._hashes()
        async with self._writing() as connection:
            await belongings.move(connection, hashes, old, new)

    async def mark_left(self, chat_id: int, now: datetime) -> None:
        """Note that the bot lost the chat; 30 days later ``clean`` deletes all about it."""
        async with self._writing() as connection:
            await chats.mark_left(connection, chat_id, now)

    async def mark_back(self, chat_id: int) -> None:
        """Note that the bot is in the chat again: nothing will be deleted."""
        async with self._writing() as connection:
            await chats.mark_back(connection, chat_id)

    async def forget(self, chat_id: int) -> None:
        """Delete everything about the chat, at once."""
        hashes = await self._hashes()
        async with self._writing() as connection:
            await belongings.forget(connection, hashes, [chat_id])
        await self._empty_log()

    async def kept_chats(self, since: datetime | None) -> Kept:
        """The chats that changed after ``since``, or all, and how many chats there are."""
        async with self._reading() as connection:
            return await mirror.read(connection, since)

    async def count(self, counts: Mapping[Answered, int]) -> None:
        """Count answers, in all and for their groups; the id of a private chat is not kept."""
        async with self._writing() as connection:
            await counting.add(connection, counts)

    async def counts(self, chat_id: int | None, since: date) -> list[Count]:
        """Counts from ``since`` on, of a group or (None) in all; the most frequent first."""
        async with self._reading() as connection:
            return await counting.totals(connection, chat_id, since)

    async def counts_by_day(self, chat_id: int, since: date) -> dict[date, int]:
        """How often a group was answered on each day from ``since`` on."""
        async with self._reading() as connection:
            return await counting.by_day(connection, chat_id, since)

    async def note_unmet(self, phrase: str, chat_id: int, day: date) -> None:
        """Note that a phrase found nothing; its words are kept once five chats have sent it."""
        hashes = await self._hashes()
        async with self._writing() as connection:
            await unmet.note(connection, hashes, phrase, chat_id, day)

    async def unmet(self, day: date) -> list[Unmet]:
        """What five chats or more asked for in vain in the 30 days up to ``day``."""
        async with self._reading() as connection:
            return await unmet.top(connection, day)

    async def claim_speech(self, limits: Sequence[Limit], now: datetime) -> bool:
        """Whether one more keeps within all limits; if so it is noted as said."""
        async with self._writing() as connection:
            return await speaking.claim(connection, limits, now)

    async def unclaim_speech(self, limits: Sequence[Limit], now: datetime) -> None:
        """Undo a claim made at ``now``: it was not said after all."""
        async with self._writing() as connection:
            await speaking.take_back(connection, limits, now)

    async def delete_later(self, chat_id: int, message_id: int, at: datetime) -> None:
        """Put a message on the list of those to be deleted at ``at``."""
        async with self._writing() as connection:
            await deleting.later(connection, Due(chat_id, message_id), at)

    async def take_due(self, now: datetime) -> list[Due]:
        """The messages to be deleted by now; each is given out once, and a minute later again
        unless ``note_deleted`` follows."""
        async with self._writing() as connection:
            return await deleting.take(connection, now)

    async def note_deleted(self, due: Due) -> None:
        """Take a message off that list."""
        async with self._writing() as connection:
            await deleting.done(connection, due)

    async def note_posted(self, post: Post, topic: str, version: str, now: datetime) -> None:
        """Remember for 30 days which version of a topic a message says."""
        async with self._writing() as connection:
            await posted.note(connection, post, topic, version, now)

    async def outdated_posts(
        self, topic: str, version: str, since: datetime, most: int
    ) -> list[Post]:
        """At most ``most`` messages that say another version of the topic."""
        async with self._reading() as connection:
            return await posted.outdated(connection, topic, version, since, most)

    async def settle_post(self, post: Post, version: str) -> None:
        """Note that the message says this version now, or never will."""
        async with self._writing() as connection:
            await posted.settle(connection, post, version)

    async def forget_post(self, post: Post) -> None:
        """The message is gone, or says something else."""
        async with self._writing() as connection:
            await posted.forget(connection, post)

    async def clean(self, now: datetime) -> None:
        """Delete what is past its time. Any number of copies may do it, at any time."""
        hashes = await self._hashes()
        async with self._writing() as connection:
            await belongings.clean(connection, hashes, now)
        await self._empty_log()

    async def claim_week(self, chat_id: int, week: str, topic: str, day: date) -> bool:
        """Whether the group's post of ``week`` ("2026-W48") is ours to send: true once only."""
        async with self._writing() as connection:
            return await weekly.claim(connection, chat_id, week, topic, day)

    async def posted_topics(self, chat_id: int, since: date) -> list[str]:
        """Topics of the group's weekly posts from ``since`` on, the oldest first."""
        async with self._reading() as connection:
            return await weekly.topics(connection, chat_id, since)

    async def note_answered(self, ids: Collection[int], now: datetime) -> None:
        """Remember for an hour that these updates were answered."""
        await self._at_once(lambda connection: taking.note_answered(connection, ids, now))

    async def answered(self, ids: Collection[int]) -> frozenset[int]:
        """Which of these updates were answered."""
        async with self._reading() as connection:
            return await connection.run_sync(taking.those_answered, ids)

    async def claim(
        self, ids: Collection[int], owner: str, now: datetime, until: datetime
    ) -> Claims:
        """Claim for ``owner`` those updates that nobody works on and nobody has answered."""
        return await self._at_once(
            lambda connection: taking.claim(connection, ids, owner, now, until)
        )

    async def renew_claims(self, ids: Collection[int], owner: str, until: datetime) -> None:
        """Say that ``owner`` is still at work on these."""
        await self._at_once(lambda connection: taking.renew(connection, ids, owner, until))

    async def give_back(self, update_id: int, owner: str, now: datetime) -> int | None:
        """End a claim on what failed; how often it has, None where it was not ``owner``'s."""
        return await self._at_once(
            lambda connection: taking.give_back(connection, update_id, owner, now)
        )

    async def release_claims(self, owner: str, now: datetime) -> None:
        """End all claims of ``owner``."""
        await self._at_once(lambda connection: taking.release(connection, owner, now))

    async def key(self, name: str) -> bytes:
        """The key for hashes of one purpose, 32 bytes: made at first use, then always the same."""
        if name not in self._keys:
            self._keys[name] = await self._known_key(name) or await self._made_key(name)
        return self._keys[name]

    async def _known_key(self, name: str) -> bytes | None:
        async with self._reading() as connection:
            return await keys.known(connection, name)

    async def _made_key(self, name: str) -> bytes:
        async with self._writing() as connection:
            return await keys.made(connection, name)

    async def _hashes(self) -> Hashes:
        return Hashes(await self.key("unmet phrase"), await self.key("unmet chat"))

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        with translated():
            async with self._engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        with translated():
            async with self._turn, self._writer.begin() as connection:
                yield connection

    async def _at_once(self, use: Callable[[Connection], Result]) -> Result:
        """A small transaction that everybody waits for: right here where nobody else writes, since
        a hop to SQLite's thread and back would take many times as long."""
        if self._direct is not None:
            with suppress(Unavailable), translated(), self._direct.begin() as connection:
                return use(connection)
        async with self._writing() as connection:
            return await connection.run_sync(use)

    async def _empty_log(self) -> None:
        """Empty SQLite's write-ahead log, where deleted words would linger; later if it is busy."""
        if self._address.file is None:
            return
        bare = self._engine.execution_options(**NO_TRANSACTION)
        with suppress(StorageError), translated():
            async with self._turn, bare.connect() as connection:
                await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
