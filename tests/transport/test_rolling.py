"""Two copies behind a balancer on one PostgreSQL: restarted one after the other, under load."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.sandbox import Telegram
from tests.delivering import Deliveries
from tests.library.content_folder import ContentFolder
from tests.loopback import HOST, serve
from tests.storage.folders import new_folder
from tests.storage.servers import Server
from tests.test_transport import STOPS_WITHIN, free_port, running
from tests.transport.balancer import Balancer
from tests.transport.crowd import Crowd

PEOPLE, EACH = 40, 10


class Fleet:
    """Copies of the bot, by their ports."""

    def __init__(self, url: str, token: str, settings: dict[str, str], balancer: Balancer) -> None:
        self._url, self._token, self._settings = url, token, settings
        self._balancer = balancer
        self._copies: dict[int, Process] = {}
        self._running = AsyncExitStack()

    @asynccontextmanager
    async def of(self, *ports: int) -> AsyncIterator["Fleet"]:
        """All of them, ready."""
        async with self._running:
            await asyncio.gather(*(self.starts(port) for port in ports))
            yield self

    async def starts(self, port: int) -> None:
        """A copy, ready."""
        settings = self._settings | {"LISTEN": f"{HOST}:{port}"}
        copy = running(self._url, self._token, **settings)
        self._copies[port] = await self._running.enter_async_context(copy)
        await self._balancer.has(port, ready=True)

    async def stops(self, port: int) -> None:
        """A copy, told to; it exits in time and without a complaint."""
        process = self._copies[port]
        process.terminate()
        _, log = await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
        assert process.returncode == 0, log.decode()[-2000:]
        assert " ERROR " not in log.decode()


async def test_a_rolling_restart_under_load_loses_and_repeats_nothing(server: Server) -> None:
    telegram = Telegram()
    crowd = Crowd.of(telegram, PEOPLE, EACH)
    door, one, two = free_port(), free_port(), free_port()
    balancer = Balancer([one, two])
    deliveries = Deliveries(telegram, f"http://{HOST}:{door}")
    with new_folder() as folder:
        settings = {
            "CONTENT_DIR": str(ContentFolder(folder).folder),
            "DATABASE_URL": server.database(),
            "MESSAGES_PER_SECOND": "100000",
            "WEBHOOK_URL": "https://bot.example/hook",
            "WEBHOOK_SECRET": "a-secret",
        }
        async with (
            serve(telegram, telegram.token, deliveries=deliveries) as url,
            balancer.listening(door),
            Fleet(url, telegram.token, settings, balancer).of(one, two) as fleet,
        ):
            talking = asyncio.create_task(crowd.talks(pause=0.01))
            for port in (one, two):
                await fleet.stops(port)
                await fleet.starts(port)
            await talking
            await crowd.is_served(within=30)
            await asyncio.gather(fleet.stops(one), fleet.stops(two))
    assert (crowd.lost, crowd.twice) == (0, 0)
    assert telegram.refusals == []
