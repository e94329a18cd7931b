"""Who is an admin of which group: asked of Telegram, and remembered for a minute at most."""

import time

from telegram import ChatMember, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import ExtBot

from bot.answered import Clock, Recent
from bot.priority import Priority

KEPT = 60.0  # seconds
ADMINS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


class Admins:
    """What Telegram has said of late; by hashes, as all that is known of people."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._recent = Recent[bool](KEPT, clock)

    async def has(
        self, bot: ExtBot[Priority], chat: int, person: int, *, anew: bool = False
    ) -> bool:
        """Whether ``person`` is an admin of ``chat``; not where the bot may not know.

        ``anew``: ask Telegram, whatever it said before.

        Raises:
            TelegramError: Telegram could not be asked.
        """
        known = None if anew else self._recent.of(chat, person)
        if known is not None:
            return known
        try:
            member = await bot.get_chat_member(chat, person)
        except (BadRequest, ChatMigrated, Forbidden):  # no such group, or the bot is out of it
            self._recent.forget(chat, person)
            return False
        is_admin = member.status in ADMINS
        self._recent.note(chat, person, is_admin)
        return is_admin


def is_anonymous(message: Message) -> bool:
    """Whether it was written in the name of the group itself, which only its admins can do."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat_id
