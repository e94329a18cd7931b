"""Sending a message without python-telegram-bot's objects: what goes out is plain JSON, and of what
comes back only the id is read. Building a ``Message`` and its keyboard from the answer, to forget
them at once, took a third of all the work on an update.
"""

from typing import Any

from telegram.ext import ExtBot

from bot.priority import Priority
from bot.transport.answer import AnswerLost


async def post_message(bot: ExtBot[Priority], message: dict[str, Any], priority: Priority) -> int:
    """Send ``message``, the parameters of Telegram's ``sendMessage``; the id that it got.

    Raises:
        TelegramError: as python-telegram-bot's ``send_message`` does.
        AnswerLost: it was sent, and the answer names no id.
    """
    turn = bot._merge_api_rl_kwargs(None, priority)  # how python-telegram-bot hands it on
    sent = await bot._post("sendMessage", message, api_kwargs=turn)
    try:
        return int(sent["message_id"])
    except (TypeError, LookupError, ValueError):
        raise AnswerLost("the answer names no message") from None
