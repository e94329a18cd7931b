"""What the bot may do in a group, asked of Telegram."""

from telegram import ChatMemberAdministrator
from telegram.error import TelegramError

from bot.context import Context


async def may_delete(context: Context, chat: int) -> bool:
    """Whether the bot may delete the messages of others in the group."""
    try:
        me = await context.bot.get_chat_member(chat, context.bot.id)
    except TelegramError:
        return False
    return isinstance(me, ChatMemberAdministrator) and me.can_delete_messages
