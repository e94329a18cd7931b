"""Reaching Telegram, patiently, until somebody says stop.

Errors:
    Rejected    Telegram does not know the token; waiting does not help
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds
log = logging.getLogger(__name__)


class Rejected(Exception):
    """Telegram refused the token."""


async def reached(step: Callable[[], Awaitable[Any]], stop: asyncio.Event) -> None:
    """Do ``step``, again after growing waits while Telegram cannot be reached, or until ``stop``.

    Raises:
        Rejected: the token is refused.
    """
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
        except BadRequest as error:  # a NetworkError to python-telegram-bot; here it has no texts
            log.warning("Telegram refuses: %s; trying again in %.0f s", error.message, wait)
        except NetworkError:
            log.warning("Telegram cannot be reached; trying again in %.0f s", wait)
        await pause(wait, stop)
        wait = min(wait * 2, LONGEST_WAIT)


async def pause(seconds: float, until: asyncio.Event) -> None:
    """Wait for ``until``, for at most so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await until.wait()
    except TimeoutError:
        return
