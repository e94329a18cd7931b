"""The bot comes into a group, loses it, and moves with it to a new id."""

from telegram import Chat, ChatMember, ChatMemberRestricted, Message, Update
from telegram.constants import ParseMode

from bot.context import Context
from bot.pages.group import Group
from bot.pages.settings import hello
from bot.refusals import Tolerant
from bot.reply import NO_PREVIEW, keyboard, withdraw

PRESENT = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)
GROUPS = (Chat.GROUP, Chat.SUPERGROUP)


async def changed(update: Update, context: Context) -> None:
    """What the bot is in a chat has changed: where it came, it says hello once; where it may no
    longer write, it is silent, and all about the chat is deleted a while later."""
    change = update.my_chat_member
    if change is None:
        return
    chat, was, now = change.chat, change.old_chat_member, change.new_chat_member
    if not _can_write(now):
        context.bot_data.arrivals.forget(chat.id)
        await context.chats.mark_left(chat.id, context.now())
        return
    await context.chats.mark_back(chat.id)
    if chat.type in GROUPS and not _is_there(was):
        await _greet(update, context, chat)


async def migrated(update: Update, context: Context) -> None:
    """A group became a supergroup, which has a new id; of the two messages each tells both ids."""
    message = update.effective_message
    if message is None:
        return
    old = message.migrate_from_chat_id or message.chat_id
    new = message.migrate_to_chat_id or message.chat_id
    await context.chats.migrate_chat(old, new)
    said = context.bot_data.arrivals.moved(old, new)
    if said is not None:  # Telegram told first that the bot had come into the supergroup
        await withdraw(context, new, said)


async def _greet(update: Update, context: Context, chat: Chat) -> None:
    """Say hello, unless the group is only a known one with a new id; where that is refused, do
    not."""
    arrivals = context.bot_data.arrivals
    if arrivals.is_known(chat.id):
        return
    page = hello(await context.view(update), Group(chat.id))
    with Tolerant(context):
        said: Message = await chat.send_message(
            page.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(page),
            link_preview_options=NO_PREVIEW,
        )
        arrivals.greeted(chat.id, said.id)


def _is_there(member: ChatMember) -> bool:
    return member.status in PRESENT or (
        isinstance(member, ChatMemberRestricted) and member.is_member
    )


def _can_write(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return member.status in PRESENT
