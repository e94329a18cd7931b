"""Page -> Telegram: send or edit. Callback data and deep links are packed and unpacked here."""

import contextlib

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest

from bot.context import Context
from bot.library.models import Kind, Level, Topic
from bot.matching.urgent import UrgentMatch
from bot.pages.page import Button, Go, Outcome, Page, Place
from bot.pages.text import plain
from bot.priority import Priority

SEPARATOR = ":"
SETTINGS = "settings"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNMODIFIED = "message is not modified"
CANNOT_EDIT = ("message can't be edited", "message to edit not found")


def pack(go: Go) -> str:
    """``go`` as callback data, at most 64 bytes; parts that are empty at the end are left out."""
    parts = (go.place.value, go.ref, str(go.page or ""), go.via)
    return SEPARATOR.join(parts).rstrip(SEPARATOR)


def unpack(data: str) -> Go | None:
    """What ``pack`` packed, or None where the data is from no version of this bot."""
    place, ref, page, via, *rest = (data + 3 * SEPARATOR).split(SEPARATOR)
    if any(rest) or not (page == "" or (page.isascii() and page.isdecimal())):
        return None
    try:
        return Go(Place(place), ref, int(page or 0), via)
    except ValueError:
        return None


def deep_link(topic: Topic) -> str:
    """The parameter of ``t.me/<bot>?start=`` that opens a topic's card."""
    return f"{topic.kind}_{topic.id}"


def from_deep_link(parameter: str) -> tuple[Kind, str] | None:
    """What ``deep_link`` made: the kind and the id; None where it is something else."""
    kind, _, topic = parameter.partition("_")
    return (Kind(kind), topic) if kind in set(Kind) else None


def urgent_link(match: UrgentMatch) -> str:
    """The parameter that opens the answer to a red flag in private."""
    return f"{match.level}_{match.flag_id}"


def from_urgent_link(parameter: str) -> UrgentMatch | None:
    """What ``urgent_link`` made; nobody's words travel in it."""
    level, _, flag = parameter.partition("_")
    return UrgentMatch(flag, Level(level), "") if level in set(Level) else None


def settings_link(group: int) -> str:
    """The parameter that opens the settings of a group in private, for its admins."""
    return f"{SETTINGS}_{group}"


def from_settings_link(parameter: str) -> int | None:
    """What ``settings_link`` made: the id of a group."""
    word, _, group = parameter.partition("_")
    is_id = group[:1] == "-" and group[1:].isascii() and group[1:].isdecimal()
    return int(group) if word == SETTINGS and is_id else None


def keyboard(page: Page) -> InlineKeyboardMarkup | None:
    """The rows of a page as Telegram's inline keyboard."""
    rows = [[_button(button) for button in row] for row in page.rows]
    return InlineKeyboardMarkup(rows) if rows else None


async def send(update: Update, context: Context, page: Page, *, anew: bool = False) -> None:
    """Answer the message of ``update``: a new one with a new message, an edited one by an edit.

    Where the answer to an edited message is gone or forgotten, nothing is said. ``anew``: a new
    message in any case, as for an edit that became urgent.
    """
    answers = context.bot_data.answers
    message = update.effective_message if anew else update.message
    if message is not None:
        in_group = message.chat.type != ChatType.PRIVATE
        sent = await context.bot.send_message(
            message.chat_id,
            page.text,
            message_thread_id=message.message_thread_id if message.is_topic_message else None,
            reply_parameters=ReplyParameters(message.id) if in_group else None,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(page),
            link_preview_options=NO_PREVIEW,
            rate_limit_args=_priority(page),
        )
        answers.note(message.chat_id, message.id, sent.id)
        await context.count(update, page)
    elif update.edited_message is not None:
        edited = update.edited_message
        answer = answers.of(edited.chat_id, edited.id)
        if answer is not None:
            await _correct(context, edited.chat_id, answer, page)


async def _correct(context: Context, chat: int, answer: int, page: Page) -> None:
    """Show ``page`` in a message that was sent before, if it is still there and says otherwise."""
    try:
        await context.bot.edit_message_text(
            page.text,
            chat_id=chat,
            message_id=answer,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(page),
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as error:
        if not any(words in error.message.lower() for words in (UNMODIFIED, *CANNOT_EDIT)):
            raise


async def send_to(context: Context, chat: int, page: Page) -> None:
    """Send ``page`` to a chat, in answer to nothing that stands there."""
    await context.bot.send_message(
        chat,
        page.text,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(page),
        link_preview_options=NO_PREVIEW,
        rate_limit_args=_priority(page),
    )


async def turn(update: Update, page: Page) -> None:
    """Show ``page`` in the message whose button was pressed; the callback is always answered."""
    query = update.callback_query
    assert query is not None, "turn() answers a pressed button"
    with contextlib.suppress(BadRequest):  # too old to be answered: the page turns all the same
        await query.answer()
    if not isinstance(query.message, Message):  # too old for Telegram to show it to us
        await _send_to_chat(update, page)
        return
    if _shows(query.message, page):  # pressed twice
        return
    try:
        await query.message.edit_text(
            page.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(page),
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as error:
        await _after_refused_edit(update, page, error)


async def hand_over(update: Update, page: Page) -> None:
    """Send ``page`` as a message of its own; the one whose button was pressed stays as it is."""
    query = update.callback_query
    assert query is not None, "hand_over() answers a pressed button"
    with contextlib.suppress(BadRequest):
        await query.answer()
    await _send_to_chat(update, page)


async def _after_refused_edit(update: Update, page: Page, error: BadRequest) -> None:
    reason = error.message.lower()
    if UNMODIFIED in reason:  # pressed twice, faster than the first press was answered
        return
    if any(words in reason for words in CANNOT_EDIT):
        await _send_to_chat(update, page)
        return
    raise error


async def _send_to_chat(update: Update, page: Page) -> None:
    chat = update.effective_chat
    if chat is not None:
        await chat.send_message(
            page.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(page),
            link_preview_options=NO_PREVIEW,
        )


def _priority(page: Page) -> Priority:
    return Priority.URGENT if page.outcome is Outcome.URGENT else Priority.PEOPLE


def _shows(message: Message, page: Page) -> bool:
    return message.text == plain(page.text) and message.reply_markup == keyboard(page)


def _button(button: Button) -> InlineKeyboardButton:
    if isinstance(button.to, Go):
        return InlineKeyboardButton(button.label, callback_data=pack(button.to))
    return InlineKeyboardButton(button.label, url=button.to)
