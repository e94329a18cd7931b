"""The webhook: Telegram delivers updates, and each is answered for only when it is done.

200     done, or failed in a way that no other try would change
401     the secret is not ours; nothing was read
503     not now: it failed in passing, is in hand already, or we are stopping. Telegram delivers
        it again; what has failed three times is logged and let go
"""

import asyncio
import hmac
import json
import logging
from typing import Any

from aiohttp import web
from telegram import Update
from telegram.error import InvalidToken, TelegramError

from bot.transport.claims import Claim, Claims
from bot.transport.metrics import Metrics, kind_of
from bot.transport.patience import Rejected, pause
from bot.transport.reach import Reach
from bot.transport.taking import ALLOWED, AnyApp, Outcome, is_update, read, take, tell
from bot.transport.turns import Place, Turns, Urgent, line_of, nothing_urgent

SECRET = "X-Telegram-Bot-Api-Secret-Token"
TRIES = 3
CONNECTIONS = 100  # the most that Telegram opens
PROBE = 20.0  # seconds without a sign of Telegram
DONE, UNREADABLE, WRONG_SECRET, NOT_NOW = 200, 400, 401, 503
log = logging.getLogger(__name__)


class Webhook:
    """Takes what Telegram delivers at ``url`` to ``app``, which must be initialized before
    ``open``; then ``run``, then ``finish``. What is ``urgent`` waits for nobody in its chat."""

    def __init__(
        self,
        app: AnyApp,
        claims: Claims,
        metrics: Metrics,
        reach: Reach,
        url: str,
        secret: str,
        urgent: Urgent = nothing_urgent,
    ) -> None:
        self._app = app
        self._url = url
        self._claims = claims
        self._metrics = metrics
        self._reach = reach
        self._secret = secret.encode()
        self._turns = Turns()
        self._urgent = urgent
        self._is_open = False
        self._in_hand = 0
        self._idle = asyncio.Event()
        self._idle.set()
        metrics.queue.set_function(lambda: self._in_hand)

    async def open(self) -> None:
        """Begin to take updates, and tell Telegram where; those that wait are kept."""
        if not self._is_open:
            await self._claims.open()
            self._is_open = True
        await self._app.bot.set_webhook(
            self._url,
            secret_token=self._secret.decode(),
            allowed_updates=ALLOWED,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Return at ``stop``; until then ask now and then whether Telegram still knows us.

        Raises:
            Rejected: the token was revoked.
        """
        while not stop.is_set():
            await pause(PROBE, stop)
            if not (stop.is_set() or self._reach.within(PROBE)):
                await self._probe()

    async def _probe(self) -> None:
        try:
            await self._app.bot.get_me()
        except InvalidToken:
            raise Rejected from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached: %s", type(error).__name__)

    async def finish(self, seconds: float) -> None:
        """Take nothing more, and wait for what is in hand, for at most so long."""
        self._is_open = False
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            pass
        await self._claims.close()

    async def deliver(self, request: web.Request) -> web.Response:
        """Answer one delivery."""
        given = request.headers.get(SECRET, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=WRONG_SECRET)
        if not self._is_open:
            return web.Response(status=NOT_NOW)
        raw = _parsed(await request.read())
        if raw is None:
            return web.Response(status=UNREADABLE)
        self._reach.heard()
        return web.Response(status=await self._counted(raw))

    async def _counted(self, raw: dict[str, Any]) -> int:
        self._in_hand += 1
        self._idle.clear()
        try:
            return await self._taken(raw)
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._idle.set()

    async def _taken(self, raw: dict[str, Any]) -> int:
        update_id = raw["update_id"]
        whose = await self._claims.claim(update_id)
        if whose is not Claim.OURS:
            return DONE if whose is Claim.ANSWERED else NOT_NOW
        self._metrics.updates.labels(kind_of(raw)).inc()
        update = read(raw, self._app.bot)
        line = line_of(update, self._turns, self._urgent)
        async with self._turns.turn(line) as place:
            return await self._tried(update, place)

    async def _tried(self, update: Update, place: Place) -> int:
        taken = await take(self._app, update)
        tries = 1
        if taken.outcome is Outcome.PASSING and not self._is_open:
            await self._claims.put_back(update.update_id)
            return NOT_NOW
        if taken.outcome is Outcome.PASSING:
            tries = await self._claims.failed(update.update_id)
            if tries < TRIES:
                self._metrics.retries.inc()
                return NOT_NOW
        self._claims.done(update.update_id).add_done_callback(place.leave)
        tell(update.update_id, taken, tries, self._metrics)
        return DONE


def _parsed(body: bytes) -> dict[str, Any] | None:
    """The update that was delivered, or None where it is none."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return raw if is_update(raw) else None
