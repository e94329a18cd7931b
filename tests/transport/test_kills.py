"""Killed in the middle, twice, the running program loses nothing and repeats little."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.sandbox import Telegram
from tests.delivering import Deliveries
from tests.library.content_folder import ContentFolder
from tests.loopback import serve
from tests.storage.folders import new_folder
from tests.test_transport import free_port, running
from tests.transport.crowd import Crowd

PEOPLE, EACH = 60, 10
MESSAGES = PEOPLE * EACH
KILLED_AT = (MESSAGES // 3, 2 * MESSAGES // 3)  # answers
MOST_TWICE = 40


@asynccontextmanager
async def place(telegram: Telegram, webhook: bool) -> AsyncIterator[tuple[str, dict[str, str]]]:
    """The address of Telegram, and the settings of a bot that polls it or has a webhook."""
    port = free_port()
    deliveries = Deliveries(telegram, f"http://127.0.0.1:{port}") if webhook else None
    with new_folder() as folder:
        settings = {
            "CONTENT_DIR": str(ContentFolder(folder).folder),
            "DATABASE_URL": f"sqlite:///{folder}/bot.db",
            "LISTEN": f"127.0.0.1:{port}",
            "MESSAGES_PER_SECOND": "100000",
        }
        if webhook:
            settings |= {"WEBHOOK_URL": "https://bot.example/hook", "WEBHOOK_SECRET": "a-secret"}
        async with serve(telegram, telegram.token, deliveries=deliveries) as url:
            yield url, settings


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_two_kills_lose_nothing_and_repeat_little(webhook: bool) -> None:
    telegram = Telegram()
    crowd = Crowd.of(telegram, PEOPLE, EACH)
    await crowd.talks()
    async with place(telegram, webhook) as (url, settings):
        for answers in KILLED_AT:
            async with running(url, telegram.token, **settings) as process:
                await crowd.has(answers, within=30)
                process.kill()
                await process.communicate()
        async with running(url, telegram.token, **settings) as process:
            await crowd.is_served(within=30)
            process.terminate()
            _, log = await process.communicate()
    assert process.returncode == 0, log.decode()[-2000:]
    assert crowd.lost == 0
    assert crowd.twice <= MOST_TWICE
    assert telegram.updates.pending == []
    assert telegram.refusals == []
