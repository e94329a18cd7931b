"""Messages in groups that are no commands: only what is urgent is answered, at once."""

from telegram import Update, User
from telegram.error import BadRequest, Forbidden
from telegram.helpers import create_deep_linked_url

from bot.context import Context
from bot.handlers.messages import own_words
from bot.matching.urgent import UrgentMatch
from bot.pages.urgent import urgent_in_group, urgent_page
from bot.reply import send, send_to, urgent_link


async def text(update: Update, context: Context) -> None:
    """A text or caption of a member: silence, unless it tells of an emergency."""
    message, person = update.effective_message, update.effective_user
    if message is None or person is None:
        return
    helped, chat = context.bot_data.helped, message.chat_id
    answered = context.bot_data.answers.of(chat, message.id)
    if answered or helped.lately(chat, person.id):
        return
    match = context.matcher(update).read(*own_words(message), alone=False).urgent
    if match is not None:
        helped.note(chat, person.id)
        await _help(update, context, person, match)


async def _help(update: Update, context: Context, person: User, match: UrgentMatch) -> None:
    """Two lines in the group; where the bot cannot write there, the whole answer in private.

    Raises:
        TelegramError: the person cannot be reached in private either.
    """
    view = await context.view(update)
    private = create_deep_linked_url(context.bot.username, urgent_link(match))
    try:
        await send(update, context, urgent_in_group(view, match, private), anew=True)
    except (BadRequest, Forbidden):
        await send_to(context, person.id, urgent_page(view, match, ()))
