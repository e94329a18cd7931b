"""Polling: fetch updates, hand them on, and tell Telegram of one only when it is done.

Telegram forgets an update once a poll's offset is past it. Until then it comes with every poll
again, so what is in hand is known by its id and left alone.
"""

import asyncio
import contextlib
import logging
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.transport.ledger import Ledger
from bot.transport.metrics import Metrics, kind_of
from bot.transport.patience import FIRST_WAIT, LONGEST_WAIT, Rejected, pause
from bot.transport.reach import Reach
from bot.transport.taking import ALLOWED, AnyApp, Outcome, Taken, is_update, read, take, tell
from bot.transport.turns import Line, Place, Turns, Urgent, line_of, nothing_urgent
from bot.transport.window import Held, Window

MOST = 100  # updates that Telegram gives at once
POLL = 30  # seconds that Telegram holds a poll while there is nothing new
GRACE = 10.0  # seconds that it may take beyond that
FULL_HANDS = (0.1, 1.0)  # seconds between polls while updates are in hand: first, and at most
CONFLICT_WAIT = 5.0  # seconds, at least
TRIES = 8  # of an update while Telegram answers others
CONFLICT = (
    "another program fetches this bot's updates (409): a token is for one program alone; "
    "trying again in %.0f s"
)
log = logging.getLogger(__name__)

Raw = dict[str, Any]


class Polling:
    """Fetches updates for ``app``, which must be initialized. First ``open``, then ``run``, then
    ``finish``. What is ``urgent`` waits for nobody in its chat."""

    def __init__(
        self,
        app: AnyApp,
        ledger: Ledger,
        metrics: Metrics,
        reach: Reach,
        urgent: Urgent = nothing_urgent,
    ) -> None:
        self._app = app
        self._ledger = ledger
        self._metrics = metrics
        self._reach = reach
        self._window = Window(reach)
        self._turns = Turns()
        self._urgent = urgent
        self._work: set[asyncio.Task[None]] = set()
        self._stop = asyncio.Event()
        self._moved = asyncio.Event()  # enough is over for another poll
        self._enough = 0
        self._pause = FULL_HANDS[0]
        self._behind = True  # Telegram may hold what a former process has answered
        metrics.queue.set_function(lambda: len(self._work))

    async def open(self) -> None:
        """Tell Telegram that updates are fetched from now on; those that wait are kept."""
        await self._app.bot.delete_webhook(drop_pending_updates=False)

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch and hand on until ``stop``; what is in hand goes on, see ``finish``.

        Raises:
            Rejected: the token was revoked.
        """
        fetching = asyncio.create_task(self._fetch_on())
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            fetching.cancel()
            stopping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await fetching

    async def finish(self, seconds: float) -> None:
        """Wait for what is in hand, for at most so long, and tell Telegram what is done.

        What is not done then comes again at the next start.
        """
        self._stop.set()  # whatever waits for another try has it now, as its last
        if self._work:
            await asyncio.wait(self._work, timeout=seconds)
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        before = self._window.offset
        self._window.advance(passing=False)
        if self._window.offset != before:
            with contextlib.suppress(TelegramError):  # the ledger knows of them too
                await self._fetch(0, 1)

    async def _fetch_on(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                updates = await self._fetch(POLL, MOST)
            except InvalidToken:
                raise Rejected from None
            except TelegramError as error:
                wait = self._after(error, wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            wait = FIRST_WAIT
            self._reach.heard()
            fresh = await self._hand_on(updates)
            await self._until_there_is_room(fresh)

    def _after(self, error: TelegramError, wait: float) -> float:
        """Say why a poll failed; the seconds to wait."""
        if isinstance(error, Conflict):
            self._metrics.conflicts.inc()
            wait = max(wait, CONFLICT_WAIT)
            log.error(CONFLICT, wait)
        elif isinstance(error, RetryAfter):
            wait = max(wait, error._retry_after.total_seconds())
            log.warning("Telegram asks for patience; trying again in %.0f s", wait)
        else:
            log.warning("polling: %s; trying again in %.0f s", type(error).__name__, wait)
        return wait

    async def _fetch(self, seconds: int, most: int) -> list[Raw]:
        """The next updates, as they came: what is in hand is not read a second time.

        Raises:
            TelegramError: there are none to be had, or what came is no list of updates.
        """
        asked = {"offset": self._window.offset, "timeout": seconds, "limit": most}
        came = await self._app.bot._post(
            "getUpdates", asked | {"allowed_updates": ALLOWED}, read_timeout=seconds + GRACE
        )
        if not isinstance(came, list) or not all(map(is_update, came)):
            raise TelegramError("what came is no list of updates")
        return came

    async def _hand_on(self, updates: list[Raw]) -> int:
        """Begin to work on what is new; how many that were."""
        fresh = [raw for raw in updates if raw["update_id"] not in self._window]
        done = await self._done_before(fresh)
        for raw in fresh:
            self._begin(raw, raw["update_id"] in done)
        return len(fresh)

    async def _done_before(self, updates: list[Raw]) -> set[int]:
        """What was answered already. A former process had no more in its hands than comes with one
        poll: once the database knows nothing of what comes, it is all new."""
        ids = [raw["update_id"] for raw in updates]
        done = {number for number in ids if self._ledger.remembers(number)}
        if self._behind and ids:
            before = await self._ledger.look_up(ids)
            self._behind = bool(before)
            done |= before
        return done

    def _begin(self, raw: Raw, done: bool) -> None:
        self._metrics.updates.labels(kind_of(raw)).inc()
        update = read(raw, self._app.bot)
        line = line_of(update, self._window.busy, self._urgent)
        held = self._window.hold(update.update_id, line)
        if done:
            self._window.release(held, line)
            return
        task = asyncio.create_task(self._take(update, held, line))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _take(self, update: Update, held: Held, line: Line) -> None:
        async with self._turns.turn(line) as place:
            self._window.begin(held)
            taken, tries = await self._try(update)
            if taken.outcome is Outcome.PASSING and self._stop.is_set():
                return  # it stays in the window, and comes again at the next start
            self._note(held.update_id, taken, place)
            tell(held.update_id, taken, tries, self._metrics)
            self._window.release(held, line)
        if self._window.unfinished <= self._enough:
            self._moved.set()

    def _note(self, update_id: int, taken: Taken, place: Place) -> None:
        """The place is free again once a kill would not make us answer twice."""
        if taken.said_nothing:
            self._ledger.remember(update_id)
            place.leave()
        else:
            self._ledger.note(update_id).add_done_callback(place.leave)

    async def _try(self, update: Update) -> tuple[Taken, int]:
        """Take the update, again while that fails in passing; a try counts while others go."""
        wait, tries = FIRST_WAIT, 0
        while True:
            began = self._reach.clock()
            taken = await take(self._app, update)
            tries += 1 if not tries or self._reach.sent_at > began else 0
            passing = taken.outcome is Outcome.PASSING
            if not passing or tries >= TRIES or self._stop.is_set():
                return taken, tries
            self._metrics.retries.inc()
            await pause(max(wait, taken.retry_after), self._stop)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _until_there_is_room(self, fresh: int) -> None:
        """Wait until another poll brings something: half of what is in hand is over, or a moment
        has passed, which grows while nothing new comes."""
        self._metrics.let_go.inc(self._window.advance())
        if not len(self._window):
            self._pause = FULL_HANDS[0]
            return
        self._pause = FULL_HANDS[0] if fresh else min(self._pause * 2, FULL_HANDS[1])
        self._enough = self._window.unfinished // 2
        self._moved.clear()
        await pause(self._pause, self._moved)
        self._metrics.let_go.inc(self._window.advance())
