import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientConnectionError, ClientSession, FormData
from telegram.ext import Application

from bot.sandbox import Telegram
from tests.loopback import serve
from tests.sandbox.echo import add_handlers


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()  # with the real time, in which the requests happen


@pytest.fixture
async def url(telegram: Telegram) -> AsyncIterator[str]:
    async with serve(telegram, telegram.token) as url:
        yield url


async def test_a_bot_that_polls(telegram: Telegram, url: str) -> None:
    ann = telegram.person("Ann")
    application = Application.builder().token(telegram.token).base_url(f"{url}/bot").build()
    add_handlers(application)
    assert application.updater is not None
    async with application:
        await application.start()
        await application.updater.start_polling(poll_interval=0)
        assert not await ann.says("/start")
        assert (await ann.hears()).text == "Hello, nobody"
        await ann.presses("Fever")
        assert (await ann.hears()).text == "You pressed fever"
        assert (await ann.asks_inline("crohns")).titles == ["Crohns"]
        assert not await ann.hears(timeout=0.05)
        await application.updater.stop()
        await application.stop()
    assert telegram.unanswered == []
    assert telegram.refusals == []


async def test_every_way_to_send_parameters(telegram: Telegram, url: str) -> None:
    ann = telegram.person("Ann")
    await ann.says("Hi")
    send = f"{url}/bot{telegram.token}/sendMessage"
    form = FormData()
    form.add_field("chat_id", str(ann.id))
    form.add_field("photo", b"x", filename="x.jpg")
    params = {"chat_id": str(ann.id), "text": "x"}
    async with ClientSession() as session:
        for request in (
            session.get(send, params=params),
            session.post(send, data=params),
            session.post(send, json=params),
            session.post(f"{url}/bot{telegram.token}/sendPhoto", data=form),
        ):
            async with request as response:
                assert (response.status, (await response.json())["ok"]) == (200, True)
    assert len(ann.messages) == 5


async def test_refusals_over_http(telegram: Telegram, url: str) -> None:
    async with ClientSession() as session:
        async with session.get(f"{url}/bot1:wrong/getMe") as response:
            assert response.status == 401
            assert await response.json() == {
                "ok": False,
                "error_code": 401,
                "description": "Unauthorized",
            }
        async with session.post(f"{url}/bot{telegram.token}/sendMessage") as response:
            assert response.status == 400
            assert "description" in await response.json()


async def test_a_poll_that_waits_is_broken_off_at_the_end(telegram: Telegram) -> None:
    async with ClientSession() as session:
        async with serve(telegram, telegram.token) as url:
            address = f"{url}/bot{telegram.token}/getUpdates?timeout=30"
            poll = asyncio.create_task(session.get(address))
            await asyncio.sleep(0.05)
        with pytest.raises(ClientConnectionError):
            await asyncio.wait_for(poll, 5)
