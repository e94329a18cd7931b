"""A small application over the sandbox, and how it gets its updates."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from telegram import Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters

from bot.sandbox import SandboxRequest, Telegram
from bot.transport.ledger import Ledger
from bot.transport.metrics import Metrics
from bot.transport.reach import Reach
from bot.transport.taking import AnyApp
from bot.transport.watched import Watched
from tests.transport.keeping import Kept

Answer = Callable[[Update, CallbackContext[Any, Any, Any, Any]], Coroutine[Any, Any, Any]]


@pytest.fixture(autouse=True)
def _times_of_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``python -m bot`` does: without it RetryAfter warns of its own future."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def reach() -> Reach:
    return Reach()


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
async def ledger(kept: Kept) -> AsyncIterator[Ledger]:
    ledger = Ledger(kept)
    yield ledger
    await ledger.close()


@pytest.fixture
async def app(telegram: Telegram, metrics: Metrics, reach: Reach) -> AsyncIterator[AnyApp]:
    """It says what it hears; a test may add handlers before that."""
    request = Watched(SandboxRequest(telegram), metrics, reach)
    builder = Application.builder().token(telegram.token).updater(None).job_queue(None)
    app = builder.request(request).get_updates_request(request).build()
    async with app:
        yield app
    assert [call for call in telegram.refusals if call.method != "getUpdates"] == []


@pytest.fixture
def answers(app: AnyApp) -> Callable[[Answer], None]:
    """Let a function answer every text."""

    def answered_by(function: Answer) -> None:
        app.add_handler(MessageHandler(filters.TEXT, function))

    return answered_by


async def echo(update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """The same words back."""
    assert update.effective_message is not None
    await update.effective_message.reply_text(update.effective_message.text or "?")


def asks_for_help(update: Update) -> bool:
    """What is urgent in these tests."""
    return update.message is not None and update.message.text == "help"


def echo_after(over: asyncio.Event) -> Answer:
    """The same words back, once ``over`` is set; to who asks for help at once."""

    async def wait_and_echo(update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        if not asks_for_help(update):
            await over.wait()
        await echo(update, context)

    return wait_and_echo


async def until(condition: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


def value(metrics: Metrics, name: str, **labels: str) -> float:
    """What a metric says; 0 while it says nothing."""
    return metrics.registry.get_sample_value(name, labels) or 0.0
