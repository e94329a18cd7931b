"""Run the bot on Telegram until it is told to stop."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable

from bot.app import build_app, introduce
from bot.config import Config
from bot.content import Content
from bot.context import App
from bot.corrections import correct
from bot.library import ContentError, Library
from bot.matching.matchers import Matchers
from bot.storage import Guarded, StorageError
from bot.transport.polling import Rejected, poll
from bot.watching import watch

CORRECTIONS_EVERY = 60.0  # seconds
log = logging.getLogger(__name__)
REJECTED = "Telegram does not know this BOT_TOKEN; get the right one from BotFather (README.md)"


def run_bot(config: Config, library: Library) -> int:
    """Run until a signal, then exit status 0; 1, with a line, where the token is rejected or the
    database cannot be used."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # else RetryAfter warns of its own future
    matchers = Matchers.of(library)
    matchers.build_all()
    try:
        with asyncio.Runner(loop_factory=_fastest_loop()) as runner:
            runner.run(_run(config, library, matchers))
    except Rejected:
        print(REJECTED, file=sys.stderr)
        return 1
    except StorageError as error:
        print(error, file=sys.stderr)
        return 1
    log.info("stopped")
    return 0


async def _run(config: Config, library: Library, matchers: Matchers) -> None:
    async with await Guarded.open(config.database_url) as chats:
        app = build_app(config, library, chats, matchers=matchers)
        beside = [asyncio.create_task(_watch(config, app)), asyncio.create_task(_correct(app))]
        try:
            await poll(app, lambda: introduce(app.bot, library))
        finally:
            for task in beside:
                task.cancel()


async def _watch(config: Config, app: App) -> None:
    """Swap in what the content becomes, as long as it is sound."""

    def swap(content: Content) -> None:
        app.bot_data.content = content

    def refused(error: ContentError) -> None: ...

    await watch(config.content_dir, swap, refused)


async def _correct(app: App) -> None:
    """Carry corrections to what was said, a portion a minute."""
    while True:
        await asyncio.sleep(CORRECTIONS_EVERY)
        if app.running:
            parts = app.bot_data
            await correct(app.bot, parts.content.library.edition(None), parts.chats, parts.now())


def _fastest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's event loop; asyncio's own (None) where there is no uvloop, as on Windows."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
