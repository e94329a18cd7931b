"""Polling: connect, patiently; hand updates on; stop when told to.

Errors:
    Rejected    Telegram does not know the token; waiting does not help
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application

AnyApp = Application[Any, Any, Any, Any, Any, Any]
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds
log = logging.getLogger(__name__)


class Rejected(Exception):
    """Telegram refused the token."""


async def poll(app: AnyApp, introduce: Callable[[], Awaitable[None]]) -> None:
    """Run ``app`` until SIGINT or SIGTERM, then finish what is in hand.

    ``introduce`` is awaited once Telegram is reached, before the first update.

    Raises:
        Rejected: at the start or, where the token is revoked, later.
    """
    if app.updater is None:
        raise ValueError("polling needs an application with an updater")
    stop = asyncio.Event()
    rejected = asyncio.Event()
    with _stopping_on_signals(stop):
        try:
            await _reached(app.initialize, stop)
            await _reached(introduce, stop)
            if not stop.is_set():
                await app.updater.start_polling(
                    allowed_updates=Update.ALL_TYPES, error_callback=_listener(stop, rejected)
                )
                await app.start()
                log.info("running as @%s", app.bot.username)
                await stop.wait()
        finally:
            await _wind_up(app)
    if rejected.is_set():
        raise Rejected


async def _reached(step: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """Do ``step``, again after growing waits while Telegram cannot be reached."""
    wait = FIRST_WAIT
    while not stop.is_set():
        try:
            await step()
            return
        except InvalidToken:
            raise Rejected from None
        except RetryAfter as error:
            wait = max(wait, float(error._retry_after.total_seconds()))
            log.warning("Telegram asks for patience; trying again in %.0f s", wait)
        except NetworkError:
            log.warning("Telegram cannot be reached; trying again in %.0f s", wait)
        await _first(stop.wait(), wait)
        wait = min(wait * 2, LONGEST_WAIT)


async def _first(event: Awaitable[Any], seconds: float) -> None:
    try:
        await asyncio.wait_for(event, seconds)
    except TimeoutError:
        return


def _listener(stop: asyncio.Event, rejected: asyncio.Event) -> Callable[[TelegramError], None]:
    """What polling's own errors do: a revoked token ends the run, the rest is waited out."""

    def heard(error: TelegramError) -> None:
        if isinstance(error, InvalidToken):
            rejected.set()
            stop.set()
        else:
            log.warning("polling: %s; trying again", type(error).__name__)

    return heard


async def _wind_up(app: AnyApp) -> None:
    if app.updater is not None and app.updater.running:
        await app.updater.stop()
    if app.running:
        await app.stop()
    await app.shutdown()
    await app.bot.shutdown()  # the application leaves it open where it never got ready


@contextmanager
def _stopping_on_signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
