"""Run the bot on Telegram until it is told to stop."""

import asyncio
import logging
import sys

from bot.app import build_app, introduce
from bot.config import Config
from bot.library import Library
from bot.matching.matchers import Matchers
from bot.transport.polling import Rejected, poll

log = logging.getLogger(__name__)
REJECTED = "Telegram does not know this BOT_TOKEN; get the right one from BotFather (README.md)"


def run_bot(config: Config, library: Library) -> int:
    """Poll Telegram; the exit status is 0 after a signal, 1 where the token is rejected."""
    matchers = Matchers.of(library)
    matchers.build_all()
    app = build_app(config, library, matchers=matchers)
    try:
        asyncio.run(poll(app, lambda: introduce(app.bot, library)))
    except Rejected:
        print(REJECTED, file=sys.stderr)
        return 1
    log.info("stopped")
    return 0
