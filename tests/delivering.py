"""Deliveries to a webhook, as Telegram's server makes them.

Updates of one chat go one after the other, those of different chats at once. What is not answered
with a 2xx is delivered again, after waits that grow; nothing is given up.
"""

import asyncio
import contextlib
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox import Telegram
from bot.sandbox.refusal import Json

CONNECTIONS = 40
PATIENCE = 20.0  # seconds for an answer
FIRST_WAIT, LONGEST_WAIT = 0.1, 0.4  # seconds; Telegram's own are longer


class Deliveries:
    """Delivers what waits in ``telegram`` to where its webhook is.

    ``origin`` (``http://127.0.0.1:8080``) stands for the host in the webhook's address, as if a
    proxy there took care of TLS.
    """

    def __init__(self, telegram: Telegram, origin: str) -> None:
        self.origin = origin
        self.statuses: list[int] = []  # of every answer; 0 where there was none
        self._telegram = telegram
        self._busy: dict[int, asyncio.Task[None]] = {}  # by chat
        self._free = asyncio.Semaphore(CONNECTIONS)

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(PATIENCE), connector=aiohttp.TCPConnector(limit=0)
        ) as session:
            try:
                while True:
                    if self._telegram.updates.webhook:
                        self._begin(session)
                    await self._telegram.signal.wait(0.05)
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _begin(self, session: aiohttp.ClientSession) -> None:
        for update in self._telegram.updates.pending:
            chat = chat_of(update)
            if chat not in self._busy:
                self._busy[chat] = asyncio.create_task(self._deliver_chat(session, chat))

    async def _deliver_chat(self, session: aiohttp.ClientSession, chat: int) -> None:
        """Everything that waits in one chat, in order."""
        pending = self._telegram.updates.pending
        try:
            while mine := [update for update in pending if chat_of(update) == chat]:
                for update in mine:
                    await self._deliver(session, update)
                    pending.remove(update)
        finally:
            del self._busy[chat]

    async def _deliver(self, session: aiohttp.ClientSession, update: Json) -> None:
        wait = FIRST_WAIT
        while True:
            async with self._free:
                status = await self._post(session, update)
            self.statuses.append(status)
            if 200 <= status < 300:
                return
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> int:
        webhook = self._telegram.updates.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.get("secret_token", "")}
        address = self.origin + urlsplit(webhook.get("url", "")).path
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.post(address, json=update, headers=headers) as response:
                return response.status
        return 0


def chat_of(update: Json) -> int:
    """The chat of an update, or the person where there is none."""
    (body,) = (value for name, value in update.items() if name != "update_id")
    body = body.get("message", body)
    return int((body.get("chat") or body["from"])["id"])
