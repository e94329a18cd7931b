"""A Bot API server on 127.0.0.1, with the sandbox behind it: for everything that speaks HTTP.

    telegram = Telegram()
    async with serve(telegram, telegram.token) as url:      # BOT_API_URL=<url>
        …                                                   # start a bot that polls
        await ann.says("/start")
        answer = await ann.hears()

Updates are fetched with ``getUpdates``, or delivered to a webhook where ``serve`` is told where it
can be reached on this machine.
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.sandbox import Telegram
from tests.delivering import Deliveries

HOST = "127.0.0.1"
LONGEST_BODY = 50 * 1024 * 1024

Fault = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Faults:
    """What goes wrong on the way to Telegram: for each method, what happens to its next calls."""

    def __init__(self) -> None:
        self._ordered: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def order(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let ``fault`` answer the next calls of ``method``."""
        self._ordered[method].extend([fault] * times)

    def next(self, method: str) -> Fault | None:
        """What happens to this call of ``method``."""
        ordered = self._ordered[method]
        return ordered.popleft() if ordered else None


async def bad_gateway(request: web.Request) -> web.StreamResponse:
    """502, with a page for people."""
    page = "<html><body><h1>502 Bad Gateway</h1></body></html>"
    return web.Response(status=502, text=page, content_type="text/html")


async def wrong_json(request: web.Request) -> web.StreamResponse:
    """200, with something that is no answer."""
    return web.Response(text='{"ok": true, "result": [{"update', content_type="application/json")


async def half_a_body(request: web.Request) -> web.StreamResponse:
    """200, and then the connection breaks."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"ok": true, "result": ')
    return _cut(request, response)


async def reset(request: web.Request) -> web.StreamResponse:
    """No answer: the connection breaks."""
    return _cut(request, web.Response())


async def silence(request: web.Request) -> web.StreamResponse:
    """No answer for a minute."""
    await asyncio.sleep(60)
    return web.Response(status=504)


def _cut(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return response


@asynccontextmanager
async def serve(
    telegram: Telegram,
    token: str,
    *,
    deliveries: Deliveries | None = None,
    faults: Faults | None = None,
) -> AsyncIterator[str]:
    """The address of a server that answers at ``<address>/bot<token>/<method>``.

    ``deliveries`` are made meanwhile; ``faults`` happen before anything reaches ``telegram``. On
    leaving, polls that still wait are broken off.
    """

    async def answer(request: web.Request) -> web.StreamResponse:
        params = await read_params(request)
        asked, method = request.match_info["token"], request.match_info["method"]
        if faults and (fault := faults.next(method)):
            return await fault(request)
        status, body = await telegram.serve(
            telegram.token if asked == token else "", method, params
        )
        return web.json_response(body, status=status)

    application = web.Application(client_max_size=LONGEST_BODY)
    for verb in ("GET", "POST"):
        application.router.add_route(verb, "/bot{token}/{method}", answer)
    runner = web.AppRunner(
        application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True
    )
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    delivering = asyncio.create_task(deliveries.run()) if deliveries else None
    try:
        yield f"http://{HOST}:{_port(runner)}"
    finally:
        if delivering is not None:
            delivering.cancel()
            await asyncio.wait({delivering})
        await runner.cleanup()


def _port(runner: web.AppRunner) -> int:
    """The port that the system chose."""
    address = runner.addresses[0]
    return int(address[1])


async def read_params(request: web.Request) -> dict[str, object]:
    """Query string, form, multipart or JSON: Telegram takes any, and so do we."""
    params: dict[str, object] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.text()
        return params | (json.loads(body) if body else {})
    for name, value in (await request.post()).items():
        params[name] = value if isinstance(value, str) else f"attach://{name}"
    return params
