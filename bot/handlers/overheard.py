"""Keyword replies: what the bot says in a group to messages that do not speak to it, where an admin
wants that, and only where it is sure to help.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Message, MessageEntity, Update

from bot.budget import Budget, give_back
from bot.context import Context
from bot.handlers.asking import take_back
from bot.matching.explaining import replies
from bot.matching.meaning import Meaning
from bot.pages.in_groups import in_short
from bot.pages.page import Outcome, Page
from bot.reply import send
from bot.settings import GENERAL, GroupSettings, Replies
from bot.speakers import answers_somebody, speaker, thread

FRESH = timedelta(seconds=60)
IN_TIME = 5.0  # seconds


@dataclass(frozen=True)
class Heard:
    """A message of somebody in the group, what it means, and when and where it is looked at."""

    message: Message
    meaning: Meaning
    settings: GroupSettings
    now: datetime

    @property
    def is_question(self) -> bool:
        """Whether it asks something, as far as that shows."""
        return self.meaning.question or self.meaning.asks is not None


async def heard(update: Update, context: Context, message: Message, meaning: Meaning) -> None:
    """Reply where every rule allows it; an edited message has its reply edited."""
    settings = await context.settings(update)
    one = Heard(message, meaning, settings, context.now())
    if update.edited_message is not None:
        await _edited(update, context, one)
    elif not all(rule(one) for rule in RULES):
        context.silent("nothing to add")
    else:
        page = in_short(await context.view(update), meaning)
        budget = Budget(context, message.chat_id, settings)
        if await budget.allows_reply(speaker(message), _topics(page, meaning)):
            await _send_in_time(update, context, page)
        else:
            context.silent("said enough")


async def _send_in_time(update: Update, context: Context, page: Page) -> None:
    """Now or not at all: where messages have to queue, the talk has gone on meanwhile."""
    try:
        async with asyncio.timeout(IN_TIME):
            if not await send(update, context, page):
                await give_back(context)
    except TimeoutError:
        context.silent("too late")


async def _edited(update: Update, context: Context, one: Heard) -> None:
    """What was answered before is answered anew, or the answer goes."""
    chat = one.message.chat_id
    if context.bot_data.answers.of(chat, one.message.id) is None:
        return
    if not replies(one.meaning):
        await take_back(update, context)
    elif await Budget(context, chat, one.settings).allows_asking(speaker(one.message)):
        await send(update, context, in_short(await context.view(update), one.meaning))


def _topics(page: Page, meaning: Meaning) -> tuple[str, ...]:
    """What the cooldown counts: what the reply is about; of a choice, all that it offers."""
    if page.outcome is Outcome.CHOICE:
        return tuple(topic.id for topic in meaning.topics)
    return (page.about,)


def _is_wanted(one: Heard) -> bool:
    if one.settings.replies is Replies.QUESTIONS:
        return one.is_question
    return one.settings.replies is Replies.ON


def _is_in_its_thread(one: Heard) -> bool:
    return one.settings.replies_in(thread(one.message) or GENERAL)


def _is_fresh(one: Heard) -> bool:
    return one.now - one.message.date <= FRESH


def _is_no_command(one: Heard) -> bool:
    entities = (*one.message.entities, *one.message.caption_entities)
    return not any(e.type == MessageEntity.BOT_COMMAND and e.offset == 0 for e in entities)


def _breaks_into_no_talk(one: Heard) -> bool:
    """Not into a reply from one person to another, unless it asks something."""
    replied = answers_somebody(one.message)
    own = replied is None or speaker(replied) == speaker(one.message)
    return own or one.is_question


def _is_plain(one: Heard) -> bool:
    return replies(one.meaning)


RULES: tuple[Callable[[Heard], bool], ...] = (
    _is_wanted,
    _is_plain,
    _is_fresh,
    _is_no_command,
    _is_in_its_thread,
    _breaks_into_no_talk,
)
