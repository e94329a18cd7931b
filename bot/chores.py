"""Beside the answers: the content is watched, corrections are carried, what is past is deleted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.config import Config
from bot.content import Content
from bot.context import App
from bot.corrections import correct
from bot.library import ContentError
from bot.library.dates import due
from bot.watching import watch

CORRECTIONS_EVERY = 60.0  # seconds
CLEANING_EVERY = 600.0  # seconds


@asynccontextmanager
async def chores(config: Config, app: App) -> AsyncIterator[None]:
    """Do them all meanwhile."""
    tasks = [
        asyncio.create_task(work) for work in (_watch(config, app), _correct(app), _clean(app))
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


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

    await watch(config.content_dir, lambda content: use(content, app), refused)


async def _correct(app: App) -> None:
    """Carry corrections to what was said, a portion a minute."""
    while True:
        await asyncio.sleep(CORRECTIONS_EVERY)
        if app.running:
            parts = app.bot_data
            await correct(app.bot, parts.content.library.edition(None), parts.chats, parts.now())


async def _clean(app: App) -> None:
    """Delete what is past its time."""
    while True:
        await app.bot_data.chats.clean(app.bot_data.now())
        await asyncio.sleep(CLEANING_EVERY)
