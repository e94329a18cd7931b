"""The application: built from its parts, with the one table of handlers."""

import math
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from functools import partial
from typing import Any

from telegram import BotCommand, BotCommandScope, Update
from telegram import BotCommandScopeAllChatAdministrators as ForAdmins
from telegram import BotCommandScopeAllGroupChats as ForGroups
from telegram import BotCommandScopeAllPrivateChats as ForPrivateChats
from telegram.ext import (
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.admins import Admins
from bot.answered import Answers, Arrivals
from bot.config import Config
from bot.content import Content
from bot.context import CONTEXT_TYPES, App, Clock, Context, Jobs, real_time
from bot.handlers import (
    buttons,
    commands,
    groups,
    inline,
    keeping,
    membership,
    messages,
    settings,
    stale,
    statistics,
)
from bot.jobs import add_jobs
from bot.library import DEFAULT_LANGUAGE, Library
from bot.library.overrides import Overrides
from bot.matching.matchers import Matchers
from bot.pages.links import SETTINGS
from bot.pages.page import Place
from bot.priority import Priority
from bot.storage import Guarded
from bot.transport.limiter import Limiter
from bot.transport.metrics import Metrics

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
PRIVATE = filters.ChatType.PRIVATE
IN_GROUPS = filters.ChatType.GROUPS
WORDS = filters.TEXT | filters.CAPTION
OF_SETTINGS = filters.UpdateType.MESSAGE & filters.Regex(rf"^/start(@\w+)? {SETTINGS}_")
TOLD = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
NEW = filters.UpdateType.MESSAGE


class Shown(Flag):
    """In whose menu of commands one stands; answered it is everywhere."""

    IN_PRIVATE = auto()
    TO_MEMBERS = auto()
    TO_ADMINS = auto()
    IN_GROUPS = TO_MEMBERS | TO_ADMINS
    EVERYWHERE = IN_PRIVATE | IN_GROUPS


@dataclass(frozen=True)
class Command:
    """A command, what answers it, and who is told of it."""

    name: str
    answer: Handler
    shown: Shown = Shown.EVERYWHERE


COMMANDS: tuple[Command, ...] = (
    Command("start", commands.start, Shown.IN_PRIVATE),
    Command("condition", commands.condition),
    Command("medicine", commands.medicine),
    Command("sideeffects", commands.side_effects),
    Command("howitworks", commands.how_it_works),
    Command("guide", commands.guide),
    Command("visit", commands.visit),
    Command("find", commands.find),
    Command("glossary", commands.words_explained),
    Command("urgent", commands.urgent),
    Command("report", commands.report),
    Command("about", commands.about),
    Command("privacy", keeping.about_privacy),
    Command("forget", keeping.forget, Shown.IN_PRIVATE | Shown.TO_ADMINS),
    Command("settings", settings.settings, Shown.TO_ADMINS),
    Command("stats", statistics.stats, Shown.TO_ADMINS),
    Command("help", commands.help_),
)


def in_group(command: Command) -> Handler:
    """What answers a command in a group."""

    async def answer(update: Update, context: Context) -> None:
        await groups.command(update, context, command.name, command.answer)

    return answer


def handlers(now: Clock) -> Sequence[BaseHandler[Update, Context, None]]:
    """Every handler, in order: the first one that fits an update gets it, and no other."""
    return (
        MessageHandler(stale.Stale(now), stale.left),
        CallbackQueryHandler(settings.pressed, f"^{Place.SETTINGS}:"),
        CallbackQueryHandler(buttons.pressed),
        CommandHandler("start", settings.in_private, filters=PRIVATE & OF_SETTINGS),
        *(CommandHandler(c.name, c.answer, filters=TOLD & PRIVATE) for c in COMMANDS),
        *(CommandHandler(c.name, in_group(c), filters=TOLD & IN_GROUPS) for c in COMMANDS),
        InlineQueryHandler(inline.query),
        ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, membership.migrated),
        MessageHandler(NEW & PRIVATE & filters.COMMAND, commands.help_),  # unknown ones
        MessageHandler(TOLD & PRIVATE & ~filters.VIA_BOT & WORDS, messages.text),
        MessageHandler(TOLD & IN_GROUPS & WORDS, groups.text),
        MessageHandler(
            NEW & PRIVATE & ~filters.VIA_BOT & ~filters.StatusUpdate.ALL, messages.no_text
        ),
    )


def build_app(
    config: Config,
    library: Library,
    chats: Guarded,
    *,
    request: BaseRequest | None = None,
    limiter: Limiter | None = None,
    clock: Clock = real_time,
    overrides: Overrides | None = None,
    matchers: Matchers | None = None,
    metrics: Metrics | None = None,
) -> App:
    """An application that is ready to be initialized.

    ``chats`` is what is kept of each chat; whoever opened it closes it. ``request`` replaces the
    way to Telegram (the sandbox does); without a ``limiter`` messages leave as fast as they can;
    ``clock`` gives the time; ``overrides`` replaces what HELPLINES_OVERRIDE names; ``matchers`` are
    those of ``library``, where they have been built already; ``metrics`` counts.

    Raises:
        ValueError: ``config`` has no token.
    """
    builder = ApplicationBuilder().context_types(CONTEXT_TYPES).job_queue(Jobs())
    if config.token is None:
        raise ValueError("an application needs a token")
    builder = builder.token(config.token)
    builder = builder.base_url(f"{config.api_url}/bot").base_file_url(f"{config.api_url}/file/bot")
    if request is None:
        from bot.transport.request import Request  # the network takes a while to import

        request = Request()
    builder = builder.request(request).get_updates_request(request)
    app: App = builder.rate_limiter(limiter or Limiter(math.inf)).build()
    app.bot_data.content = Content(library, matchers or Matchers.of(library))
    app.bot_data.overrides = overrides or Overrides(config.helplines_override)
    app.bot_data.chats = chats
    app.bot_data.answers = Answers()
    app.bot_data.admins = Admins(lambda: clock().timestamp())
    app.bot_data.arrivals = Arrivals(lambda: clock().timestamp())
    app.bot_data.contact = config.contact
    app.bot_data.now = clock
    app.bot_data.weeks = {}
    app.bot_data.metrics = metrics or Metrics()
    app.add_handlers(handlers(clock))
    if app.job_queue is not None:
        add_jobs(app.job_queue)
    return app


def urgent_in(app: App) -> Callable[[Update], bool]:
    """What tells which updates must not wait for others in their chat."""
    return partial(messages.is_urgent, app)


async def introduce(bot: ExtBot[Priority], library: Library) -> None:
    """Tell Telegram the commands for each kind of chat, and what the bot is, in every language."""
    for language, edition in library.editions.items():
        code = None if language == DEFAULT_LANGUAGE else language
        texts = edition.phrases.commands
        scopes: list[tuple[BotCommandScope, Shown]] = [
            (ForPrivateChats(), Shown.IN_PRIVATE),
            (ForGroups(), Shown.TO_MEMBERS),
            (ForAdmins(), Shown.TO_ADMINS),
        ]
        for scope, here in scopes:
            shown = [command.name for command in COMMANDS if here in command.shown]
            offered = [BotCommand(name, getattr(texts, name)) for name in shown]
            await bot.set_my_commands(offered, scope=scope, language_code=code)
        profile = edition.phrases.profile
        await bot.set_my_description(profile.description, language_code=code)
        await bot.set_my_short_description(profile.short_description, language_code=code)
