"""What the bot answers at LISTEN: health, readiness, metrics and, where there is one, the webhook.

Errors:
    Busy    somebody else listens there, or it is no address of this machine
"""

import os
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.transport.metrics import Metrics

CLOSING = 1.0  # seconds for answers that are on their way
LONGEST = 4 * 1024 * 1024  # bytes of an update; the longest message is far below

Deliver = Callable[[web.Request], Awaitable[web.Response]]
State = Callable[[], Awaitable[Mapping[str, bool]]]


class Busy(Exception):
    """It cannot be listened there."""


class Server:
    """``state`` says of each thing that the bot needs to be ready whether it is there."""

    def __init__(self, metrics: Metrics, state: State) -> None:
        self._metrics = metrics
        self._state = state
        self._application = web.Application(client_max_size=LONGEST)
        self._application.router.add_get("/healthz", self._alive)
        self._application.router.add_get("/readyz", self._ready)
        self._application.router.add_get("/metrics", self._measured)
        self._runner = web.AppRunner(self._application, access_log=None, shutdown_timeout=CLOSING)

    def deliver(self, path: str, deliver: Deliver) -> None:
        """Have ``deliver`` answer what is posted to ``path``; before ``start``."""
        self._application.router.add_post(path, deliver)

    async def start(self, host: str, port: int) -> None:
        """Listen.

        Raises:
            Busy: one line.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            raise Busy(f"LISTEN: cannot listen on {host}:{port} ({_reason(error)})") from None

    async def close(self) -> None:
        """Listen no more."""
        await self._runner.cleanup()

    async def _alive(self, request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, request: web.Request) -> web.Response:
        there = await self._state()
        return web.json_response(there, status=200 if all(there.values()) else 503)

    async def _measured(self, request: web.Request) -> web.Response:
        return web.Response(
            body=self._metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno and error.errno > 0 else type(error).__name__
