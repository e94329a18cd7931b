"""A correction reaches what was said before: messages of the last 30 days are changed in place.

Done in small portions, again and again: so it takes up after a restart where it was, keeps within
Telegram's limits, and each message is changed once. What two copies of the bot do at the same time
is the same edit, of which Telegram refuses the second.
"""

import logging
from datetime import datetime, timedelta

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.library import Edition
from bot.library.models import Topic
from bot.pages.cards import card
from bot.pages.in_groups import short_card
from bot.pages.page import Page, View
from bot.priority import Priority
from bot.reply import keyboard
from bot.storage import Guarded, Post

KEPT = timedelta(days=30)
PORTION = 20  # messages of a topic
log = logging.getLogger(__name__)


async def correct(bot: ExtBot[Priority], edition: Edition, chats: Guarded, now: datetime) -> int:
    """Change one portion of the messages that say what has been corrected since; how many."""
    number = 0
    for topic in edition.topics.values():
        if topic.correction is None or topic.sensitive:
            continue
        posts = await chats.outdated_posts(topic.id, topic.version, now - KEPT, PORTION)
        for post in posts:
            if not await _put_right(bot, post, _page(edition, topic, post, now, bot.username)):
                return number  # Telegram is away or asks for patience: later
            await chats.settle_post(post, topic.version)
            number += 1
    return number


async def _put_right(bot: ExtBot[Priority], post: Post, page: Page) -> bool:
    """Change the message; False where it may succeed another time."""
    try:
        await bot.edit_message_text(
            page.text,
            chat_id=post.chat_id,
            message_id=post.message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(page),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            rate_limit_args=Priority.LATER,
        )
    except (BadRequest, Forbidden, ChatMigrated):  # it is gone, says so already, or the bot is out
        return True
    except TelegramError as error:
        log.warning("a correction has to wait: %s", type(error).__name__)
        return False
    return True


def _page(edition: Edition, topic: Topic, post: Post, now: datetime, bot: str) -> Page:
    """The card; in a group the short one, which has no buttons that belong to somebody."""
    private = post.chat_id > 0
    view = View(edition=edition, today=now.date(), private=private, bot=bot)
    return card(view, topic) if private else short_card(view, topic)
