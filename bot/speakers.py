"""Who speaks in a group, and whose a menu is.

Telegram names stand-ins as senders where somebody speaks as a chat: the group itself for an
anonymous admin, a channel, or the linked channel whose posts it passes on.
"""

from telegram import Chat, Message
from telegram.constants import ChatID

from bot.admins import is_anonymous

ANYBODY = 0  # whose menu everybody may use
ANONYMOUS = int(ChatID.ANONYMOUS_ADMIN)  # whose menu any admin may use


def is_person(message: Message) -> bool:
    """Whether somebody of the group speaks: no channel, and no bot."""
    sender = message.from_user
    return is_anonymous(message) or (
        message.sender_chat is None and sender is not None and not sender.is_bot
    )


def is_passed_on(message: Message) -> bool:
    """Whether the words are somebody else's: forwarded, or brought by a bot or a linked channel."""
    return bool(message.forward_origin or message.via_bot or message.is_automatic_forward)


def speaker(message: Message) -> int:
    """The id of the person or, where one speaks as a chat, of that chat; 0 where there is none."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else 0


def owner(message: Message) -> int:
    """Whose the menu is that answers ``message``. In private, and of a channel, everybody's."""
    if message.chat.type == Chat.PRIVATE or message.from_user is None:
        return ANYBODY
    if is_anonymous(message):
        return ANONYMOUS
    return message.from_user.id if message.sender_chat is None else ANYBODY


def thread(message: Message) -> int | None:
    """The thread of a forum in which ``message`` stands; None elsewhere, and in "General"."""
    return message.message_thread_id if message.is_topic_message else None


def answers_somebody(message: Message) -> Message | None:
    """The message to which ``message`` replies; the one that opened the thread is none, since all
    that stands in a thread counts as a reply to it."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created or replied.is_automatic_forward:
        return None
    return replied
