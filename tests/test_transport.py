"""The running program against a Bot API server on loopback: it starts, answers, and stops."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.sandbox import Telegram
from bot.storage import IN_MEMORY
from tests.conftest import ROOT
from tests.loopback import serve

STOPS_WITHIN = 15.0  # seconds


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


async def test_it_starts_introduces_itself_answers_and_stops_on_sigterm() -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    async with serve(telegram, telegram.token) as url, running(url, telegram.token) as process:
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


async def test_ctrl_c_stops_it_too() -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    async with serve(telegram, telegram.token) as url, running(url, telegram.token) as process:
        await ann.says("/help")
        assert await ann.hears(timeout=20)
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert process.returncode == 0


async def test_a_rejected_token_is_one_line_and_exit_1() -> None:
    telegram = Telegram()
    wrong = "4200000002:" + "w" * 35
    async with serve(telegram, telegram.token) as url, running(url, wrong) as process:
        _, log = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert log.decode().count("\n") == 1
    assert "BOT_TOKEN" in log.decode()
    assert wrong not in log.decode()


async def test_an_unreachable_telegram_is_waited_for_and_said_so() -> None:
    telegram = Telegram()
    async with serve(telegram, telegram.token) as url:
        pass  # nobody listens there any more
    async with running(url, telegram.token) as process:
        assert process.stderr is not None
        lines = [await asyncio.wait_for(process.stderr.readline(), 20) for _ in range(2)]
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert b"trying again in 1 s" in lines[0]
    assert b"trying again in 2 s" in lines[1]
    assert process.returncode == 0


async def test_a_name_that_leads_nowhere_is_said_so_and_tried_again() -> None:
    telegram = Telegram()
    refusal = "Bad Request: bad webhook: Failed to resolve host: Name or service not known"
    telegram.fail("setWebhook", code=400, description=refusal)
    webhook = {"WEBHOOK_URL": "https://bot.example.org/telegram", "WEBHOOK_SECRET": "s" * 32}
    async with (
        serve(telegram, telegram.token) as url,
        running(url, telegram.token, **webhook) as process,
    ):
        assert process.stderr is not None
        refused = await asyncio.wait_for(process.stderr.readline(), 20)
        then = await asyncio.wait_for(process.stderr.readline(), 20)
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert b"Telegram refuses: Bad webhook: failed to resolve host" in refused
    assert b"trying again in 1 s" in refused
    assert b"running as @" in then


async def test_a_flood_limit_at_the_start_is_waited_out() -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    telegram.fail("setMyCommands", code=429, retry_after=1)
    async with serve(telegram, telegram.token) as url, running(url, telegram.token) as process:
        await ann.says("/help")
        assert await ann.hears(timeout=20)
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert process.returncode == 0
    assert b"asks for patience" in log


async def test_a_database_that_cannot_be_used_is_one_line_and_exit_1() -> None:
    telegram = Telegram()
    elsewhere = {"DATABASE_URL": "mysql://somewhere"}
    async with (
        serve(telegram, telegram.token) as url,
        running(url, telegram.token, **elsewhere) as process,
    ):
        _, log = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert log.decode().count("\n") == 1
    assert "DATABASE_URL" in log.decode()
