from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram.ext import Application

from bot.sandbox import Person, SandboxRequest, Telegram, drive
from tests.conftest import Clock
from tests.sandbox.echo import add_handlers


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    return Telegram(now=clock)


@pytest.fixture
async def ann(telegram: Telegram) -> Person:
    """Ann has written to the bot once, so it may write to her."""
    ann = telegram.person("Ann", language="en")
    await ann.says("Hello")
    telegram.updates.pending.clear()
    return ann


@pytest.fixture
async def echo(telegram: Telegram) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """A small real application that runs over ``telegram``."""
    request = SandboxRequest(telegram)
    builder = Application.builder().token(telegram.token)
    application = builder.request(request).get_updates_request(request).build()
    add_handlers(application)
    async with application:
        drive(telegram, application)
        yield application
