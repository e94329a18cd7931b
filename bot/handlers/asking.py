"""What people in a group ask of the bot: by a command, by its name, or in reply to what it said."""

from datetime import timedelta

from telegram import Message, MessageEntity, Update

from bot.budget import Budget
from bot.context import Context
from bot.handlers.emergencies import help_
from bot.handlers.messages import own_words
from bot.library.models import Basic, Condition, Guide, Medicine, SideEffect, Topic
from bot.matching.meaning import Meaning
from bot.pages import answers, found, listed, menus, shelves, visits
from bot.pages.atlas import open_page
from bot.pages.page import Outcome, Page, View
from bot.pages.replies import reply
from bot.pages.text import escape
from bot.pages.unclear import asked_for
from bot.reply import remark, send, send_to, withdraw
from bot.speakers import answers_somebody, speaker

NOTE_STAYS = timedelta(minutes=1)
# What a command looks for, first things first, and what it opens of that.
KINDS: dict[str, tuple[tuple[type[Topic], ...], answers.Address]] = {
    "condition": ((Condition,), shelves.card),
    "medicine": ((Medicine,), shelves.card),
    "sideeffects": ((SideEffect, Medicine), listed.effects_or_card),
    "howitworks": ((Basic,), shelves.card),
    "guide": ((Guide,), shelves.card),
    "visit": ((Medicine, Condition), visits.questions_for),
}


def speaks_to_bot(context: Context, message: Message) -> bool:
    """Whether ``message`` mentions the bot or replies to something that it said."""
    replied = answers_somebody(message)
    return _is_own(context, replied) or is_mentioned(context, message)


def is_mentioned(context: Context, message: Message) -> bool:
    """Whether the bot's @name stands in the message."""
    kinds: list[str | None] = [MessageEntity.MENTION]
    names = {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}.values()
    return f"@{context.bot.username}".lower() in map(str.lower, names)


async def asked(update: Update, context: Context, message: Message) -> None:
    """Answer what is said to the bot like a text in private; or else, where its name stands in a
    reply to somebody, what they said. What is not understood is met with silence."""
    view, question = await context.view(update), answers_somebody(message)
    written, cut = own_words(message)
    meaning = context.matcher(update).read(written, cut)
    mentioned = is_mentioned(context, message)
    page = _understood(view, meaning, written, polite=mentioned)
    if page is None and mentioned and question and not _is_own(context, question):
        if await is_within_budget(update, context, message):
            await answered(update, context, question, "")
        return
    if page is None and mentioned and written.strip().lower() == f"@{view.bot}".lower():
        page = menus.home(view)
    if page is None:
        await take_back(update, context)
    elif await is_within_budget(update, context, message):
        await send(update, context, page)


async def answered(update: Update, context: Context, question: Message, command: str) -> bool:
    """Answer ``question``, to which a command or the bot's name replies; False where it has no
    text, is the bot's own, or is not understood."""
    written, cut = own_words(question)
    if not written or _is_own(context, question):
        return False
    meaning = context.matcher(update).read(written, cut)
    if meaning.urgent:
        await help_(update, context, meaning.urgent, question)
        return True
    page = _about(await context.view(update), meaning, written, command)
    if page is not None:
        await send(update, context, page, to=question)
    return page is not None


async def take_back(update: Update, context: Context) -> None:
    """An edit has left nothing to answer: the answer goes."""
    edited, answers = update.edited_message, context.bot_data.answers
    answer = answers.of(edited.chat_id, edited.id) if edited else None
    if edited is not None and answer is not None:
        await withdraw(context, edited.chat_id, answer)


async def is_within_budget(update: Update, context: Context, message: Message) -> bool:
    """Whether the person may be answered now. The first time that it is too much they are told so,
    in private where the bot has just spoken with them."""
    budget = Budget(context, message.chat_id, await context.settings(update))
    person = speaker(message)
    if await budget.allows_asking(person):
        return await budget.allows_sending()
    if not await budget.allows_note(person):
        return False
    view = await context.view(update)
    note = Page(escape(view.edition.phrases.in_groups.too_many))
    met = context.bot_data.answers.has_met(person)
    if not (met and await send_to(context, person, note)):
        sent = await remark(context, message, note)
        if sent is not None:
            await context.chats.delete_later(message.chat_id, sent.id, context.now() + NOTE_STAYS)
    return False


def _understood(view: View, meaning: Meaning, text: str, *, polite: bool = False) -> Page | None:
    """What is answered in private, but for what is not understood and, unless ``polite``, words
    like "thanks"."""
    if meaning.asks or meaning.topics or meaning.guessed or (polite and meaning.small_talk):
        return reply(view, meaning, text)
    return asked_for(view, text) if polite else None


def _about(view: View, meaning: Meaning, text: str, command: str) -> Page | None:
    """The answer that ``command`` would give to ``text``; None where there is none."""
    if command == "find":
        page = found.found(view, go) if (go := found.address(text)).ref else None
        return page if page and page.outcome is not Outcome.NOTHING else None
    if command and command not in KINDS:
        return None
    kinds, to = KINDS.get(command, ((), shelves.card))
    mine = [topic for kind in kinds for topic in meaning.topics if isinstance(topic, kind)]
    if mine and not meaning.asks:
        return open_page(view, to(mine[0]))
    return _understood(view, meaning, text)


def _is_own(context: Context, message: Message | None) -> bool:
    """Whether the bot itself said it."""
    sender = message.from_user if message else None
    return sender is not None and sender.id == context.bot.id
