"""An emergency in a group: two lines for all to see, at once, whatever is switched off there."""

from dataclasses import replace

from telegram import Message, Update
from telegram.error import TelegramError

from bot.budget import Budget, give_back
from bot.context import Context
from bot.matching.urgent import UrgentMatch
from bot.pages import links
from bot.pages.urgent import urgent_in_group, urgent_page
from bot.reply import send, send_to, withdraw
from bot.speakers import speaker


async def help_(
    update: Update, context: Context, match: UrgentMatch, said: Message | None = None
) -> None:
    """Answer ``said``, or the message of ``update``: at most once a person in ten minutes.

    Where the bot cannot write in the group, the whole answer goes to the person in private.
    """
    asked = update.effective_message
    if asked is None:
        return
    message, answers = said or asked, context.bot_data.answers
    person = speaker(message)
    budget = Budget(context, asked.chat_id, await context.settings(update))
    if answers.is_urgent(asked.chat_id, asked.id):
        return
    if not await budget.allows_help(person, update.update_id):
        return
    earlier = answers.of(asked.chat_id, asked.id)
    helped = await _help(update, context, match, message)
    if not helped:
        await give_back(context)
    if helped and earlier is not None:  # an edit has made the message urgent
        await _take_away(context, asked.chat_id, earlier)


async def _take_away(context: Context, chat: int, answer: int) -> None:
    """Now or by and by: the update has its answer, and is not to be tried again."""
    try:
        await withdraw(context, chat, answer)
    except TelegramError:
        await context.chats.delete_later(chat, answer, context.now())


async def _help(update: Update, context: Context, match: UrgentMatch, message: Message) -> bool:
    """Whether the person was told what to do, here or in private."""
    view = await context.view(update)
    private = links.address(view, links.urgent_link(match))
    if await send(update, context, urgent_in_group(view, match, private), anew=True, to=message):
        return True
    person = message.from_user
    if person is None or message.sender_chat is not None:  # who speaks as a chat is not known
        return False
    country = (await context.chats.chat(person.id)).country
    own = replace(view, private=True, country=country)
    return await send_to(context, person.id, urgent_page(own, match, ()))
