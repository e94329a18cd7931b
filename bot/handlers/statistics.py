"""``/stats``: what was asked in a group, for its admins, where they want that counted."""

from telegram import Update

from bot.context import Context
from bot.handlers.settings import say_admins_only
from bot.pages import settings, statistics
from bot.reply import send


async def stats(update: Update, context: Context) -> None:
    """``/stats``."""
    view, chat = await context.view(update), update.effective_chat
    if chat is None or view.private:
        await send(update, context, settings.how(view))
    elif not await context.by_admin(update):
        await say_admins_only(update, context)
    elif not (await context.settings(update)).statistics:
        await send(update, context, statistics.off(view))
    else:
        await context.chats.flush()
        since = statistics.first_day(view.today)
        counts = await context.chats.counts(chat.id, since)
        days = await context.chats.counts_by_day(chat.id, since)
        topics = [(count.topic, count.times) for count in counts]
        await send(update, context, statistics.statistics(view, topics, days))
