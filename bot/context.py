"""What every handler may use, typed."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot, JobQueue

from bot import __version__
from bot.admins import Admins, is_anonymous
from bot.answered import Answers, Arrivals
from bot.content import Content
from bot.library import Edition, Library
from bot.library.overrides import Overrides
from bot.matching.matcher import Matcher
from bot.pages.page import Outcome, Page, View
from bot.priority import Priority
from bot.settings import DEFAULTS, GroupSettings
from bot.storage import Answered, ChatSettings, Guarded, Limit
from bot.transport.metrics import Metrics

Clock = Callable[[], datetime]


class Parts:
    """What the application is built from; ``build_app`` fills it before the first update."""

    content: Content
    overrides: Overrides
    chats: Guarded
    answers: Answers
    admins: Admins
    arrivals: Arrivals
    contact: str
    now: Clock
    weeks: dict[int, str]  # the last one in which this copy of the bot posted, by group
    metrics: Metrics


class Context(CallbackContext[ExtBot[Priority], dict[Any, Any], dict[Any, Any], Parts]):
    """python-telegram-bot's context, with the parts by name."""

    silence = ""  # why nothing was said, where it is known

    @cached_property
    def content(self) -> Content:
        """What the bot answers from; the same throughout one update, whatever is swapped in."""
        return self.bot_data.content

    @cached_property
    def claimed(self) -> list[tuple[Sequence[Limit], datetime]]:
        """What was claimed of the group's budget for this update, and when."""
        return []

    @property
    def library(self) -> Library:
        """The library that the bot answers from, with the operator's own numbers."""
        return self.bot_data.overrides.over(self.content.library)

    @property
    def chats(self) -> Guarded:
        """What is kept of each chat."""
        return self.bot_data.chats

    def now(self) -> datetime:
        """The time, aware; a test can turn it."""
        return self.bot_data.now()

    def edition(self, update: Update) -> Edition:
        """The edition in the language of whoever sent ``update``."""
        person = update.effective_user
        return self.library.edition(person.language_code if person else None)

    def matcher(self, update: Update) -> Matcher:
        """What reads messages in the language of whoever sent ``update``."""
        return self.content.matchers[self.edition(update).language]

    async def settings(self, update: Update) -> GroupSettings:
        """What the admins of the group have set; the defaults in private."""
        chat = update.effective_chat
        kept = (await self.chats.chat(chat.id)).settings if chat else None
        return GroupSettings.of(kept) if kept else DEFAULTS

    async def by_admin(self, update: Update) -> bool:
        """Whether an admin of the group sent the message of ``update``; in private nobody is."""
        message, person = update.effective_message, update.effective_user
        if message is None or person is None:
            return False
        admins = self.bot_data.admins
        return is_anonymous(message) or await admins.has(self.bot, message.chat_id, person.id)

    async def count(self, update: Update, page: Page) -> None:
        """Count an answer: by day and topic, and in a group that wants it for the group too."""
        chat = update.effective_chat
        wanted = chat is not None and (await self.settings(update)).statistics
        group = chat.id if chat and wanted else None
        metrics = self.bot_data.metrics
        metrics.replies.labels(page.outcome.value, page.about).inc()
        if page.outcome is Outcome.URGENT:
            metrics.urgent.inc()
        self.chats.count(Answered(self.now().date(), page.about, page.outcome, group))

    def silent(self, reason: str) -> None:
        """Note why an update is left without a reply; one of a few fixed reasons."""
        self.silence = reason
        self.bot_data.metrics.silent.labels(reason).inc()

    async def view(self, update: Update) -> View:
        """What a page needs to know to answer ``update``."""
        person, chat = update.effective_user, update.effective_chat
        kept = await self.chats.chat(chat.id) if chat else ChatSettings()
        return View(
            edition=self.edition(update),
            language=(person.language_code or "") if person else "",
            today=self.now().date(),
            contact=self.bot_data.contact,
            version=__version__,
            bot=self.bot.username,
            country=kept.country,
            private=chat is not None and chat.type == chat.PRIVATE,
            find=lambda words: self.matcher(update).search.find(words),
        )


Jobs = JobQueue[Context]
App = Application[ExtBot[Priority], Context, dict[Any, Any], dict[Any, Any], Parts, Jobs]
CONTEXT_TYPES = ContextTypes(context=Context, bot_data=Parts)


def real_time() -> datetime:
    """Now, in UTC. A topic is due by its date there."""
    return datetime.now(UTC)
