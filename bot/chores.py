"""Beside the answers: the content is watched, and what is past is deleted."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.config import Config
from bot.content import Content
from bot.context import App
from bot.library import ContentError
from bot.library.dates import due
from bot.transport.taking import said
from bot.watching import watch

AGAIN = 60.0  # seconds after a failure
CLEANING_EVERY = 600.0  # seconds
log = logging.getLogger(__name__)


@asynccontextmanager
async def chores(config: Config, app: App) -> AsyncIterator[None]:
    """Do them all meanwhile."""
    works = (lambda: _watch(config, app), lambda: _clean(app))
    tasks = [asyncio.create_task(_lasting(work)) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _lasting(work: Callable[[], Awaitable[None]]) -> None:
    """Do it for ever: what goes wrong is a line in the log, and a minute later it begins anew."""
    while True:
        try:
            await work()
        except Exception as error:
            log.error("a chore: %s", said(error))
        await asyncio.sleep(AGAIN)


def use(content: Content, app: App) -> None:
    """Answer from ``content`` from now on."""
    app.bot_data.content = content
    app.bot_data.metrics.show_content(content.version, lambda: _past_review(app))


def _past_review(app: App) -> int:
    """How many topics are due, in all languages."""
    today = app.bot_data.now().date()
    editions = app.bot_data.content.library.editions.values()
    return sum(today >= due(topic.reviewed) for e in editions for topic in e.topics.values())


async def _watch(config: Config, app: App) -> None:
    """Swap in what the content becomes, as long as it is sound."""

    def refused(error: ContentError) -> None:
        app.bot_data.metrics.content_refused.inc()

    in_use = app.bot_data.content.version
    await watch(config.content_dir, in_use, lambda content: use(content, app), refused)


async def _clean(app: App) -> None:
    """Delete what is past its time."""
    while True:
        await app.bot_data.chats.clean(app.bot_data.now())
        await asyncio.sleep(CLEANING_EVERY)
