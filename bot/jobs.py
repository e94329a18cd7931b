"""What the bot does by itself, at its time; python-telegram-bot's JobQueue runs it.

A job never fails: what goes wrong is one line in the log, and the next run tries again.
"""

import logging
import random
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import JobQueue

from bot import __version__
from bot.context import Context
from bot.corrections import correct
from bot.library.models import Topic
from bot.pages.page import View
from bot.pages.weekly import fit_for_a_week, post
from bot.priority import Priority
from bot.reply import NO_PREVIEW, keyboard
from bot.settings import GroupSettings, Weekly
from bot.storage import ChatSettings, Due, Post
from bot.transport.taking import said

DELETIONS_EVERY = 5.0  # seconds
POSTS_EVERY = 60.0  # seconds
CORRECTIONS_EVERY = 60.0  # seconds
NOT_TWICE_WITHIN = timedelta(days=184)  # half a year
LATE_IS_WELL = {"misfire_grace_time": None, "coalesce": True}
log = logging.getLogger(__name__)

Job = Callable[[Context], Coroutine[Any, Any, None]]


def add_jobs(queue: JobQueue[Context]) -> None:
    """Have them all run once the application is started."""
    every = ((delete_due, DELETIONS_EVERY), (post_weekly, POSTS_EVERY))
    for job, seconds in (*every, (carry_corrections, CORRECTIONS_EVERY)):
        queue.run_repeating(job, seconds, 1.0, name=job.__name__, job_kwargs=LATE_IS_WELL)


def never_failing(job: Job) -> Job:
    """The job, with its errors logged."""

    @wraps(job)
    async def run(context: Context) -> None:
        try:
            await job(context)
        except Exception as error:
            log.error("%s: %s", job.__name__, said(error))

    return run


@never_failing
async def delete_due(context: Context) -> None:
    """Delete the messages whose time has come."""
    for due in await context.chats.take_due(context.now()):
        await _delete(context, due)


async def _delete(context: Context, due: Due) -> None:
    """What is gone already, or may not be deleted, is left; where Telegram is away, or the bot is
    killed first, it is due again in a minute."""
    try:
        with suppress(BadRequest, ChatMigrated, Forbidden):
            await context.bot.delete_message(due.chat_id, due.message_id)
    except TelegramError:
        return
    await context.chats.note_deleted(due)


@never_failing
async def carry_corrections(context: Context) -> None:
    """Carry corrections to what was said before, a portion at a time."""
    edition = context.library.edition(None)
    await correct(context.bot, edition, context.chats, context.now())


@never_failing
async def post_weekly(context: Context) -> None:
    """Post the topic of the week in every group where it is the day and the hour for it.

    An hour that has passed meanwhile is not made up for.
    """
    for chat_id, kept in await context.chats.with_settings():
        when = GroupSettings.of(kept.settings).weekly if "weekly" in kept.settings else None
        if when is None:
            continue
        now = context.now().astimezone(ZoneInfo(when.zone))
        if _is_time(when, now) and context.bot_data.weeks.get(chat_id) != week_of(now.date()):
            await _in_one_group(context, chat_id, kept, now)


def _is_time(when: Weekly, now: datetime) -> bool:
    return (now.weekday(), now.hour) == (when.weekday, when.hour)


def week_of(day: date) -> str:
    """ISO year and week: "2026-W49"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


async def _in_one_group(context: Context, chat: int, kept: ChatSettings, now: datetime) -> None:
    """Claim the week, so that no other copy of the bot posts too; then post. A failure here is none
    of the other groups'."""
    week = week_of(now.date())
    posted = await context.chats.posted_topics(chat, now.date() - NOT_TWICE_WITHIN)
    if posted is None:  # without the database nobody knows what there was
        return
    view = _view(context, kept, now.date())
    topic = _choice(view, posted, f"{chat} {week}")
    if topic and await context.chats.claim_week(chat, week, topic.id, now.date()):
        context.bot_data.weeks[chat] = week
        try:
            await _post(context, chat, view, topic)
        except Exception as error:
            log.warning("no weekly topic for one group: %s", said(error))


async def _post(context: Context, chat: int, view: View, topic: Topic) -> None:
    try:
        await _send(context, chat, view, topic)
    except ChatMigrated as moved:
        await context.chats.migrate_chat(chat, moved.new_chat_id)
        await _send(context, moved.new_chat_id, view, topic)
    except Forbidden:
        await context.chats.mark_left(chat, context.now())
    except BadRequest:  # it may not write there, or the thread "General" is closed
        return


async def _send(context: Context, chat: int, view: View, topic: Topic) -> None:
    page = post(view, topic)
    sent = await context.bot.send_message(
        chat,
        page.text,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(page),
        link_preview_options=NO_PREVIEW,
        rate_limit_args=Priority.LATER,
    )
    await context.chats.note_posted(Post(chat, sent.id), topic.id, topic.version, context.now())


def _view(context: Context, kept: ChatSettings, today: date) -> View:
    return View(
        edition=context.library.edition(None),
        today=today,
        contact=context.bot_data.contact,
        version=__version__,
        bot=context.bot.username,
        country=kept.country,
        private=False,
    )


def _choice(view: View, posted: list[str], seed: str) -> Topic | None:
    """Any topic that fits, always the same one for the same seed; None where all have been."""
    fresh = [topic for topic in fit_for_a_week(view) if topic.id not in posted]
    return random.Random(seed).choice(fresh) if fresh else None
