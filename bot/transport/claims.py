"""Claims: which copy of the bot works on which update, so that no two answer the same one.

A claim is a lease: it ends by itself if its copy dies, and is renewed while the copy is at work.
Claims that are asked for while the database is busy with others go together in the next commit.
"""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import islice
from typing import Protocol

from bot.transport.ledger import REMEMBERED, Ledger, utc

LEASE = timedelta(seconds=60)
RENEWAL = 20.0  # seconds
MOST = 16  # in one commit


Asked = dict[int, "asyncio.Future[Claimed | None]"]


class Claimed(Protocol):
    """What came of claiming; what is in neither is with another copy."""

    @property
    def ours(self) -> Mapping[int, int]:
        """What nobody else works on."""

    @property
    def answered(self) -> frozenset[int]:
        """What was answered before."""


class Claiming(Protocol):
    """What is needed of the storage. None: there is no database, and nobody knows."""

    async def claim(
        self, ids: Collection[int], owner: str, now: datetime, until: datetime
    ) -> Claimed | None:
        """Claim these updates."""

    async def renew_claims(self, ids: Collection[int], owner: str, until: datetime) -> bool:
        """Keep them."""

    async def give_back(self, update_id: int, owner: str, now: datetime) -> int | None:
        """Let others try it; how often it has failed."""

    async def release_claims(self, owner: str, now: datetime) -> bool:
        """Let others have them all."""


class Claim(Enum):
    """Whose an update is."""

    OURS = auto()
    ANSWERED = auto()
    IN_HAND = auto()  # here, or in another copy


class Claims:
    """The claims of this copy, which is called ``owner``; a copy that starts anew under the name
    of a dead one takes over from it."""

    def __init__(
        self,
        kept: Claiming,
        ledger: Ledger,
        owner: str,
        clock: Callable[[], datetime] = utc,
    ) -> None:
        self._kept = kept
        self._ledger = ledger
        self._owner = owner
        self._clock = clock
        self._in_hand: set[int] = set()
        self._failures: dict[int, int] = {}
        self._asked: Asked = {}
        self._asking: asyncio.Task[None] | None = None
        self._renewing: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Let go of what a former self had in hand, and begin."""
        await self._kept.release_claims(self._owner, self._clock())
        self._renewing = asyncio.create_task(self._renew())

    async def close(self) -> None:
        """Renew nothing any more."""
        if self._renewing is not None:
            self._renewing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._renewing

    async def claim(self, update_id: int) -> Claim:
        """Whose the update is; where it is ours, ``done``, ``failed`` or ``put_back`` follows."""
        if update_id in self._in_hand:
            return Claim.IN_HAND
        if self._ledger.remembers(update_id):
            return Claim.ANSWERED
        self._in_hand.add(update_id)
        try:
            claimed = await self._ask_for(update_id)
        except BaseException:
            self._in_hand.discard(update_id)
            raise
        if claimed is None or update_id in claimed.ours:
            return Claim.OURS
        self._in_hand.discard(update_id)
        return Claim.ANSWERED if update_id in claimed.answered else Claim.IN_HAND

    def done(self, update_id: int) -> "asyncio.Future[None]":
        """The update is over; it is not taken again. See ``Ledger.note``."""
        self._in_hand.discard(update_id)
        self._failures.pop(update_id, None)
        return self._ledger.note(update_id)

    async def failed(self, update_id: int) -> int:
        """Give the update back; how often it has failed, here and, as far as known, elsewhere."""
        here = self._failures.pop(update_id, 0) + 1
        everywhere = await self._kept.give_back(update_id, self._owner, self._clock())
        self._in_hand.discard(update_id)
        self._failures[update_id] = failures = max(here, everywhere or 0)
        if len(self._failures) > REMEMBERED:
            del self._failures[next(iter(self._failures))]
        return failures

    async def put_back(self, update_id: int) -> None:
        """Let others have it at once: this copy stops, and it is not the update that has failed."""
        self._in_hand.discard(update_id)
        await self._kept.renew_claims([update_id], self._owner, self._clock())

    async def _ask_for(self, update_id: int) -> Claimed | None:
        asked: asyncio.Future[Claimed | None] = asyncio.get_running_loop().create_future()
        self._asked[update_id] = asked
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await asked

    async def _ask(self) -> None:
        try:
            while group := {key: self._asked[key] for key in islice(self._asked, MOST)}:
                for key in group:
                    del self._asked[key]
                await self._ask_for_group(group)
        finally:
            self._asking = None

    async def _ask_for_group(self, group: Asked) -> None:
        """Hand everybody who waits the same answer, or the same error."""
        now = self._clock()
        try:
            claimed = await self._kept.claim([*group], self._owner, now, now + LEASE)
        except Exception as error:
            for waiting in _those_who_wait(group):
                waiting.set_exception(error)
        else:
            for waiting in _those_who_wait(group):
                waiting.set_result(claimed)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEWAL)
            if self._in_hand:
                until = self._clock() + LEASE
                await self._kept.renew_claims([*self._in_hand], self._owner, until)


def _those_who_wait(group: Asked) -> list["asyncio.Future[Claimed | None]"]:
    """Some may have given up."""
    return [waiting for waiting in group.values() if not waiting.done()]
