"""The running program against a Bot API server on loopback: it starts, answers, and stops."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession

from bot.sandbox import Telegram
from bot.storage import IN_MEMORY
from tests.conftest import ROOT
from tests.library.content_folder import ContentFolder
from tests.loopback import serve
from tests.storage.folders import new_folder

STOPS_WITHIN = 15.0  # seconds


@pytest.fixture(scope="module")
def small() -> Iterator[dict[str, str]]:
    """Content that is read in no time."""
    with new_folder() as folder:
        yield {"CONTENT_DIR": str(ContentFolder(folder).folder)}


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@asynccontextmanager
async def running(url: str, token: str, **settings: str) -> AsyncIterator[Process]:
    """``python -m bot`` as an operator runs it."""
    own = {"BOT_TOKEN": token, "BOT_API_URL": url, "DATABASE_URL": IN_MEMORY}
    own |= {"LISTEN": f"127.0.0.1:{free_port()}", **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=ROOT, env={**os.environ, **own}, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


@asynccontextmanager
async def started(telegram: Telegram, **settings: str) -> AsyncIterator[Process]:
    """The same, with Telegram to talk to."""
    async with (
        serve(telegram, telegram.token) as url,
        running(url, telegram.token, **settings) as process,
    ):
        yield process


async def test_it_starts_introduces_itself_answers_and_stops_on_sigterm() -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    async with started(telegram) as process:
        await ann.says("/condition crohns")
        answer = await ann.hears(timeout=20)
        assert answer.text.startswith("Crohn's disease")
        assert ann.commands()["condition"]
        await ann.presses("Sources")
        assert "MedlinePlus" in (await ann.hears(timeout=10)).text
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert process.returncode == 0
    assert telegram.refusals == []
    assert telegram.token not in log.decode()
    assert "crohns" not in log.decode()


async def test_ctrl_c_stops_it_too(small: dict[str, str]) -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    async with (
        serve(telegram, telegram.token) as url,
        running(url, telegram.token, **small) as process,
    ):
        await ann.says("/help")
        assert await ann.hears(timeout=20)
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert process.returncode == 0


async def test_a_rejected_token_is_one_line_and_exit_1(small: dict[str, str]) -> None:
    telegram = Telegram()
    wrong = "4200000002:" + "w" * 35
    async with serve(telegram, telegram.token) as url, running(url, wrong, **small) as process:
        _, log = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert log.decode().count("\n") == 1
    assert "BOT_TOKEN" in log.decode()
    assert wrong not in log.decode()


async def test_an_unreachable_telegram_is_waited_for_and_said_so(small: dict[str, str]) -> None:
    telegram = Telegram()
    async with serve(telegram, telegram.token) as url:
        pass  # nobody listens there any more
    async with running(url, telegram.token, **small) as process:
        assert process.stderr is not None
        lines = [await asyncio.wait_for(process.stderr.readline(), 20) for _ in range(2)]
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert b"trying again in 1 s" in lines[0]
    assert b"trying again in 2 s" in lines[1]
    assert process.returncode == 0


async def test_a_name_that_leads_nowhere_is_said_so_and_tried_again(
    small: dict[str, str],
) -> None:
    telegram = Telegram()
    refusal = "Bad Request: bad webhook: Failed to resolve host: Name or service not known"
    telegram.fail("setWebhook", code=400, description=refusal)
    webhook = {"WEBHOOK_URL": "https://bot.example.org/telegram", "WEBHOOK_SECRET": "s" * 32}
    async with (
        serve(telegram, telegram.token) as url,
        running(url, telegram.token, **small, **webhook) as process,
    ):
        assert process.stderr is not None
        refused = await asyncio.wait_for(process.stderr.readline(), 20)
        then = await asyncio.wait_for(process.stderr.readline(), 20)
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert b"Telegram refuses: Bad webhook: failed to resolve host" in refused
    assert b"trying again in 1 s" in refused
    assert b"running as @" in then


async def test_a_flood_limit_at_the_start_is_waited_out(small: dict[str, str]) -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    telegram.fail("setMyCommands", code=429, retry_after=1)
    async with (
        serve(telegram, telegram.token) as url,
        running(url, telegram.token, **small) as process,
    ):
        await ann.says("/help")
        assert await ann.hears(timeout=20)
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert process.returncode == 0
    assert b"asks for patience" in log


async def test_a_database_that_cannot_be_used_is_one_line_and_exit_1(small: dict[str, str]) -> None:
    telegram = Telegram()
    elsewhere = {"DATABASE_URL": "mysql://somewhere"}
    async with started(telegram, **small, **elsewhere) as process:
        _, log = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert log.decode().count("\n") == 1
    assert "DATABASE_URL" in log.decode()


WEBHOOK = {"WEBHOOK_URL": "https://bot.example/hook", "WEBHOOK_SECRET": "a-secret"}


async def get(address: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(address) as response:
        return response.status, await response.text()


async def test_from_outside_one_sees_that_it_works_and_nobodys_words() -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    place = f"127.0.0.1:{free_port()}"
    settings = {"LISTEN": place, "LOG_FORMAT": "json"}
    async with started(telegram, **settings) as process:
        await ann.says("/condition crohns")
        await ann.hears(timeout=20)
        await ann.says("my zanzibarquux hurts and I can't breathe")
        await ann.hears(timeout=20)
        assert await get(f"http://{place}/healthz") == (200, "alive\n")
        status, state = await get(f"http://{place}/readyz")
        _, metrics = await get(f"http://{place}/metrics")
        process.terminate()
        _, log = await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert status == 200
    assert json.loads(state) == {"telegram": True, "database": True, "content": True}
    lines = [json.loads(line) for line in log.decode().splitlines()]
    (card,) = [line for line in lines if line.get("handler") == "commands.condition"]
    assert (card["update_id"], card["outcome"], card["tries"]) == (1, "done", 1)
    assert card["milliseconds"] > 0
    assert 'bot_updates_total{kind="message"} 2.0' in metrics
    assert 'bot_replies_total{kind="card",topic="crohns-disease"} 1.0' in metrics
    assert "bot_urgent_answers_total 1.0" in metrics
    assert re.search(r'bot_content\{version="[0-9a-f]{12}"\} 1.0', metrics)
    for told in (metrics, log.decode()):
        assert "zanzibarquux" not in told
        assert str(ann.id) not in told


async def test_a_token_that_is_revoked_is_one_line_and_exit_1(small: dict[str, str]) -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    async with (
        serve(telegram, telegram.token) as url,
        running(url, telegram.token, **small) as process,
    ):
        await ann.says("/help")
        await ann.hears(timeout=20)
        telegram.fail("getUpdates", code=401, description="Unauthorized", times=9)
        await ann.says("/help")
        _, log = await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert process.returncode == 1
    (line,) = [line for line in log.decode().splitlines() if "INFO" not in line]
    assert "BOT_TOKEN" in line


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_place_that_is_taken_is_a_warning_or_with_a_webhook_the_end(
    small: dict[str, str], webhook: bool
) -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        settings = {"LISTEN": f"127.0.0.1:{listener.getsockname()[1]}"}
        settings |= WEBHOOK if webhook else {}
        async with started(telegram, **small, **settings) as process:
            if not webhook:
                await ann.says("/help")
                await ann.hears(timeout=20)
                process.terminate()
            _, log = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == (1 if webhook else 0)
    assert "LISTEN: cannot listen on 127.0.0.1:" in log.decode()
    assert not webhook or log.decode().count("\n") == 1


async def test_a_webhook_without_a_secret_is_one_line_and_exit_1(small: dict[str, str]) -> None:
    settings = {"WEBHOOK_URL": WEBHOOK["WEBHOOK_URL"]}
    async with running("http://127.0.0.1:9", Telegram().token, **small, **settings) as process:
        _, log = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert log.decode().count("\n") == 1
    assert "WEBHOOK_SECRET" in log.decode()
