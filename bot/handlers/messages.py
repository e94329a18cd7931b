"""Messages in private that are no commands."""

from telegram import Update

from bot.context import Context
from bot.matching.lookup import look_up
from bot.pages import answers, cards
from bot.reply import send


async def text(update: Update, context: Context) -> None:
    """A text, or the caption of something: a topic's name opens its card."""
    message = update.effective_message
    written = (message.text or message.caption or "") if message else ""
    view = context.view(update)
    found = look_up(view.edition, written)
    if len(found.exact) == 1:
        page = cards.card(view, found.exact[0])
    elif found.exact:
        page = answers.which(view, written, found.exact)
    else:
        page = answers.not_understood(view)
    await send(update, page)


async def no_text(update: Update, context: Context) -> None:
    """A photo, a voice, a sticker, a place: the bot reads text."""
    await send(update, answers.text_only(context.view(update)))
