"""Messages that nobody waits for any more: whoever wrote them a day ago has asked elsewhere."""

from datetime import timedelta

from telegram import Message, Update
from telegram.ext import filters

from bot.context import Clock, Context

WAITS = timedelta(days=1)


class Stale(filters.MessageFilter):
    """Messages that were written, or last edited, longer ago than anybody waits."""

    def __init__(self, now: Clock) -> None:
        super().__init__()
        self._now = now

    def filter(self, message: Message) -> bool:
        """Whether the message is too old."""
        return self._now() - (message.edit_date or message.date) > WAITS


async def left(update: Update, context: Context) -> None:
    """No answer."""
    context.silent("too old")
