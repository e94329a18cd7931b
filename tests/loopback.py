"""A Bot API server on 127.0.0.1, with the sandbox behind it: for everything that speaks HTTP.

    telegram = Telegram()
    async with serve(telegram, telegram.token) as url:      # BOT_API_URL=<url>
        …                                                   # start a bot that polls
        await ann.says("/start")
        answer = await ann.hears()

Updates are fetched with ``getUpdates``; nothing is posted to a webhook.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.sandbox import Telegram

HOST = "127.0.0.1"
LONGEST_BODY = 50 * 1024 * 1024


@asynccontextmanager
async def serve(telegram: Telegram, token: str) -> AsyncIterator[str]:
    """The address of a server that answers at ``<address>/bot<token>/<method>``.

    On leaving, polls that still wait are broken off.
    """

    async def answer(request: web.Request) -> web.Response:
        params = await read_params(request)
        asked, method = request.match_info["token"], request.match_info["method"]
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
    try:
        yield f"http://{HOST}:{_port(runner)}"
    finally:
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
