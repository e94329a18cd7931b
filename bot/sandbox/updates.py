"""The queue of updates: long polling, confirming by offset, and the conflicts that there can be.

A webhook can be set and then stops ``getUpdates``, but nothing is posted to it.
"""

import asyncio
import itertools

from bot.sandbox.params import Params, array
from bot.sandbox.refusal import Json, Refusal, bad_request

BY_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST_POLL = 50
MOST_UPDATES = 100


class Signal:
    """Wakes everybody who waits for something to happen."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def fire(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def wait(self, timeout: float) -> None:
        """Return at the next ``fire``, or after ``timeout`` seconds."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await asyncio.wait([waiter], timeout=timeout)
        finally:
            self._waiting.discard(waiter)


class Updates:
    """Updates that wait to be fetched. ``webhook`` is what ``setWebhook`` was told, or empty."""

    def __init__(self, signal: Signal) -> None:
        self.signal = signal
        self.pending: list[Json] = []
        self.allowed: set[str] = set()
        self.webhook: Json = {}
        self._ids = itertools.count(1)
        self._poll = 0

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind; without asking it gets all but three."""
        return kind in self.allowed if self.allowed else kind not in BY_REQUEST_ONLY

    def numbered(self, kind: str, body: Json) -> Json:
        return {"update_id": next(self._ids), kind: body}

    def add(self, update: Json) -> None:
        self.pending.append(update)
        self.signal.fire()

    async def get(self, params: Params) -> list[Json]:
        """What is pending; waits for up to ``timeout`` seconds where nothing is."""
        if self.webhook:
            raise _conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.choose(params)
        self._confirm(params.integer("offset"))
        await self._wait(min(max(params.integer("timeout"), 0), LONGEST_POLL))
        return self.pending[: min(max(params.integer("limit", MOST_UPDATES), 1), MOST_UPDATES)]

    async def _wait(self, timeout: float) -> None:
        self._poll = poll = self._poll + 1
        self.signal.fire()  # so that an older poll sees that it is no longer the newest
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while not self.pending and (left := end - loop.time()) > 0:
            await self.signal.wait(left)
            if poll != self._poll:
                raise _conflict(
                    "terminated by other getUpdates request; "
                    "make sure that only one bot instance is running"
                )
            if self.webhook:
                raise _conflict("terminated by setWebhook request")

    def _confirm(self, offset: int) -> None:
        """What comes before ``offset`` is done; a negative one keeps only that many."""
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    def choose(self, params: Params) -> None:
        """Keep ``allowed_updates`` for later, as Telegram does, until another call names them."""
        if params.has("allowed_updates"):
            names = params.json("allowed_updates", "can't parse allowed_updates")
            self.allowed = set(map(str, array(names, "can't parse allowed_updates")))

    def set_webhook(self, params: Params) -> None:
        url, secret = params.text("url"), params.text("secret_token")
        if params.flag("drop_pending_updates"):
            self.pending.clear()
        if url and not url.startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in secret):
            raise bad_request("secret token contains unallowed characters")
        self.choose(params)
        self.webhook = {"url": url, "secret_token": secret} if url else {}
        self.signal.fire()

    def webhook_info(self) -> Json:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
            **({"allowed_updates": sorted(self.allowed)} if self.allowed else {}),
        }


def _conflict(complaint: str) -> Refusal:
    return Refusal(409, f"Conflict: {complaint}")
