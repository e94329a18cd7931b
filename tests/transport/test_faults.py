"""Faults, through HTTP on loopback: whatever goes wrong, who wrote is answered, and once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from aiohttp import web
from telegram.ext import Application, MessageHandler, filters

from bot.sandbox import Telegram
from bot.storage import IN_MEMORY, Guarded
from bot.storage import engine as engines
from bot.storage import guard as guards
from bot.transport import polling
from bot.transport.ledger import Ledger, utc
from bot.transport.metrics import Metrics
from bot.transport.polling import Polling
from bot.transport.reach import Reach
from bot.transport.request import Request
from bot.transport.watched import Watched
from tests.loopback import (
    Fault,
    Faults,
    bad_gateway,
    half_a_body,
    reset,
    serve,
    silence,
    wrong_json,
)
from tests.storage.servers import Server, name_in
from tests.transport.conftest import echo, value
from tests.transport.crowd import Crowd


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds takes tenths here."""
    monkeypatch.setattr(polling, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(polling, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(polling, "POLL", 1)
    monkeypatch.setattr(polling, "GRACE", 0.2)
    monkeypatch.setattr(guards, "REST", 0.2)
    monkeypatch.setattr(guards, "PATIENCE", 1.0)


@dataclass
class Bot:
    """A bot that polls over HTTP and says what it hears."""

    telegram: Telegram
    metrics: Metrics
    faults: Faults
    chats: Guarded


@asynccontextmanager
async def at_work(
    telegram: Telegram,
    database: str,
    clock: Callable[[], datetime] = utc,
    read_timeout: float = 10.0,
) -> AsyncIterator[Bot]:
    faults, metrics, reach, stop = Faults(), Metrics(), Reach(), asyncio.Event()
    async with (
        serve(telegram, telegram.token, faults=faults) as url,
        await Guarded.open(database) as chats,
    ):
        chats.on_failure = metrics.database_errors.inc
        request = Watched(Request(read_timeout=read_timeout), metrics, reach)
        builder = Application.builder().token(telegram.token).base_url(f"{url}/bot").updater(None)
        app = builder.request(request).get_updates_request(request).job_queue(None).build()
        app.add_handler(MessageHandler(filters.TEXT, echo))
        ledger = Ledger(chats, clock)
        way = Polling(app, ledger, metrics, reach)
        async with app:
            await way.open()
            running = asyncio.create_task(way.run(stop))
            yield Bot(telegram, metrics, faults, chats)
            stop.set()
            await running
            await way.finish(5)
            await ledger.close()


def refusing(status: int, **parameters: int) -> Fault:
    """What Telegram says when it does not want to."""

    async def refuse(request: web.Request) -> web.StreamResponse:
        body = {"ok": False, "error_code": status, "description": "x", "parameters": parameters}
        return web.json_response(body, status=status)

    return refuse


ON_THE_WAY = {
    "429": refusing(429, retry_after=1),
    "500": refusing(500),
    "502 with a page": bad_gateway,
    "nothing": silence,
    "wrong JSON": wrong_json,
    "connection reset": reset,
}


@pytest.mark.parametrize("fault", ON_THE_WAY)
@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_a_fault_on_the_way_is_waited_out(method: str, fault: str) -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    read_timeout = 0.3 if fault == "nothing" else 10.0
    async with at_work(telegram, IN_MEMORY, read_timeout=read_timeout) as bot:
        bot.faults.order(method, ON_THE_WAY[fault], times=2)
        await ann.says("one")
        assert (await ann.hears(timeout=15)).text == "one"
        await ann.says("two")
        assert (await ann.hears(timeout=15)).text == "two"
    assert len(ann.messages) == 4
    assert telegram.updates.pending == []


async def test_half_of_the_updates_are_asked_for_again() -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    async with at_work(telegram, IN_MEMORY) as bot:
        bot.faults.order("getUpdates", half_a_body, times=2)
        await ann.says("one")
        assert (await ann.hears(timeout=15)).text == "one"
    assert len(ann.messages) == 2


async def test_a_database_that_is_gone_for_a_while_stops_no_answer(server: Server) -> None:
    url = server.database()
    name, telegram = name_in(url), Telegram()
    crowd = Crowd.of(telegram, people=5, each=1)
    ann = telegram.person("Ann")
    async with at_work(telegram, url) as bot:
        await crowd.talks()
        await crowd.is_served(within=15)
        async with asyncio.timeout(15):
            while await bot.chats.answered(range(1, 6)) != {*range(1, 6)}:
                await asyncio.sleep(0.02)
        server.run(
            f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        await ann.says("without")
        assert (await ann.hears(timeout=15)).text == "without"
        assert not await bot.chats.works()
        assert value(bot.metrics, "bot_database_errors_total") > 0
        server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        async with asyncio.timeout(15):
            while not await bot.chats.works():
                await asyncio.sleep(0.1)
        await ann.says("with")
        assert (await ann.hears(timeout=15)).text == "with"
    async with await Guarded.open(url) as chats:
        assert await chats.answered([*range(1, 6), 7]) == {*range(1, 6), 7}
    assert len(ann.messages) == 4


async def test_a_full_disk_stops_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    async with await Guarded.open(url):
        pass  # its tables are made
    # SQLite takes this as "no page more than there are".
    monkeypatch.setattr(engines, "PRAGMAS", (*engines.PRAGMAS, "PRAGMA max_page_count = 1"))
    telegram = Telegram()
    crowd = Crowd.of(telegram, people=50, each=20)
    async with at_work(telegram, url) as bot:
        await crowd.talks()
        await crowd.is_served(within=30)
        assert value(bot.metrics, "bot_database_errors_total") > 0
    assert (crowd.lost, crowd.twice) == (0, 0)
    assert "full" in caplog.text


async def test_a_clock_that_jumps_loses_and_repeats_nothing(tmp_path: Path) -> None:
    jumps = count()

    def jumping() -> datetime:
        return datetime.now(UTC) + timedelta(days=(next(jumps) % 5 - 2) * 400)

    telegram = Telegram()
    crowd = Crowd.of(telegram, people=20, each=5)
    async with at_work(telegram, f"sqlite:///{tmp_path}/bot.db", jumping):
        await crowd.talks()
        await crowd.is_served(within=30)
    async with at_work(telegram, f"sqlite:///{tmp_path}/bot.db", jumping):
        await asyncio.sleep(0.1)
    assert (crowd.lost, crowd.twice) == (0, 0)
