"""A small load balancer on loopback: asks each copy whether it is ready, shares what comes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from itertools import cycle

import aiohttp
from aiohttp import web

from tests.loopback import HOST

ASKING_EVERY = 0.1  # seconds


class Balancer:
    """Hands each delivery to the next copy that is ready; 502 where none is."""

    def __init__(self, ports: list[int]) -> None:
        self.ready: set[int] = set()
        self._turns = cycle(ports)
        self._ports = ports

    @contextlib.asynccontextmanager
    async def listening(self, port: int) -> AsyncIterator[None]:
        """Listen there."""
        application = web.Application()
        application.router.add_post("/{path:.*}", self._forward)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, HOST, port).start()
        async with aiohttp.ClientSession() as self._session:
            asking = asyncio.create_task(self._ask())
            try:
                yield
            finally:
                asking.cancel()
                await asyncio.wait({asking})
                await runner.cleanup()

    async def has(self, port: int, *, ready: bool) -> None:
        """Wait until the copy there is ready, or is not any more."""
        async with asyncio.timeout(30):
            while (port in self.ready) is not ready:
                await asyncio.sleep(0.02)

    async def _ask(self) -> None:
        while True:
            for port in self._ports:
                status = await self._status(port)
                (self.ready.add if status == 200 else self.ready.discard)(port)
            await asyncio.sleep(ASKING_EVERY)

    async def _status(self, port: int) -> int:
        with contextlib.suppress(aiohttp.ClientError):
            async with self._session.get(f"http://{HOST}:{port}/readyz") as response:
                return response.status
        return 0

    async def _forward(self, request: web.Request) -> web.Response:
        if not self.ready:
            return web.Response(status=502)
        port = next(port for port in self._turns if port in self.ready)
        address = f"http://{HOST}:{port}{request.path}"
        headers = {name: request.headers[name] for name in request.headers if name[0] == "X"}
        with contextlib.suppress(aiohttp.ClientError):
            async with self._session.post(
                address, data=await request.read(), headers=headers
            ) as response:
                return web.Response(status=response.status)
        return web.Response(status=502)
