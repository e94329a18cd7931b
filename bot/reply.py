"""Page -> Telegram: send or edit. Callback data is packed and unpacked here."""

import contextlib
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ChatType, InlineKeyboardButtonLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated

from bot import guest, speakers
from bot.context import Context
from bot.pages import in_groups
from bot.pages.page import Button, Go, Outcome, Page, Place
from bot.pages.text import plain
from bot.priority import Priority
from bot.refusals import Refusal, Tolerant, refusal_of
from bot.transport.posting import post_message

SEPARATOR = ":"
LONGEST = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)  # bytes
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNMODIFIED = "message is not modified"
DELETED = "message to delete not found"


def pack(go: Go, owner: int = speakers.ANYBODY) -> str:
    """``go`` as callback data; parts that are empty at the end are left out.

    ``owner`` is whose menu it is, to base 36. Where all would be more than 64 bytes, the way back
    is left out, and then the owner.
    """
    for via, whose in ((go.via, owner), ("", owner), (go.via, speakers.ANYBODY)):
        parts = (go.place.value, go.ref, str(go.page or ""), via, _base36(whose))
        data = SEPARATOR.join(parts).rstrip(SEPARATOR)
        if len(data.encode()) <= LONGEST:
            break
    return data


def unpack(data: str) -> Go | None:
    """What ``pack`` packed, or None where the data is from no version of this bot."""
    parts = _parts(data)
    if parts is None:
        return None
    place, ref, page, via, _ = parts
    try:
        return Go(Place(place), ref, int(page or 0), via)
    except ValueError:
        return None


def owner_of(data: str) -> int:
    """Whose menu the button stands in; that of a version without owners is everybody's."""
    parts = _parts(data)
    return int(parts[4] or "0", 36) if parts else speakers.ANYBODY


def _parts(data: str) -> tuple[str, str, str, str, str] | None:
    place, ref, page, via, owner, *rest = (data + 4 * SEPARATOR).split(SEPARATOR)
    if any(rest) or not (page == "" or (page.isascii() and page.isdecimal())):
        return None
    return (place, ref, page, via, owner) if set(owner) <= set(DIGITS) else None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def keyboard(page: Page, owner: int = speakers.ANYBODY) -> InlineKeyboardMarkup | None:
    """The rows of a page as Telegram's inline keyboard, for ``owner`` alone."""
    rows = [[InlineKeyboardButton(**_button(b, owner)) for b in row] for row in page.rows]
    return InlineKeyboardMarkup(rows) if rows else None


def _markup(page: Page, owner: int) -> dict[str, Any] | None:
    """What ``keyboard`` makes, as it travels."""
    rows = [[_button(button, owner) for button in row] for row in page.rows]
    return {"inline_keyboard": rows} if rows else None


async def send(
    update: Update,
    context: Context,
    page: Page,
    *,
    anew: bool = False,
    to: Message | None = None,
) -> bool:
    """Answer the message of ``update``: a new one with a new message, an edited one by an edit.

    Where the answer to an edited message is gone or forgotten, nothing is said. ``anew``: a new
    message in any case, as for an edit that became urgent. ``to``: the message to which the answer
    is a reply, where it is another one.

    Returns whether the answer stands there: where Telegram refuses it because of the place, it does
    not.
    """
    page = await _fitted(update, context, page)
    asked = update.effective_message if anew else update.message
    if asked is not None:
        return await _send(update, context, page, asked, to or asked)
    answers, edited = context.bot_data.answers, update.edited_message
    answer = answers.of(edited.chat_id, edited.id) if edited else None
    if edited is not None and answer is not None:
        await _correct(update, context, edited, answer, page)
    return answer is not None


async def _send(update: Update, context: Context, page: Page, asked: Message, to: Message) -> bool:
    """Send ``page`` as a reply to ``to``, in its thread; ``asked`` is the message that wants it."""
    # To what was deleted meanwhile there is nothing to say, unless it is urgent.
    urgent = page.outcome is Outcome.URGENT
    quotes = {"message_id": to.id, "allow_sending_without_reply": urgent}
    in_group = asked.chat.type != ChatType.PRIVATE
    answer = {
        "chat_id": asked.chat_id,
        "text": page.text,
        "message_thread_id": speakers.thread(to),
        "reply_parameters": quotes if in_group else None,
        "parse_mode": ParseMode.HTML.value,
        "reply_markup": _markup(page, speakers.owner(asked)),
        "link_preview_options": {"is_disabled": True},
    }
    with Tolerant(context):
        number = await _post(context, answer, page)
        context.bot_data.answers.note(asked.chat_id, asked.id, number, urgent=urgent)
        if in_group:
            sent = Message(number, asked.date, asked.chat)
            await guest.sent(update, context, sent, page)
        await context.count(update, page)
        return True
    return False


async def _post(context: Context, answer: dict[str, Any], page: Page) -> int:
    """Post ``answer``; in an emergency it follows a group that became a supergroup meanwhile."""
    try:
        return await post_message(context.bot, answer, _priority(page))
    except ChatMigrated as moved:
        if page.outcome is not Outcome.URGENT:
            raise
        there = {"chat_id": moved.new_chat_id, "reply_parameters": None}  # it has another id there
        return await post_message(context.bot, answer | there, _priority(page))


async def _correct(
    update: Update, context: Context, edited: Message, answer: int, page: Page
) -> None:
    """Show ``page`` in a message that was sent before, if it is still there and says otherwise."""
    try:
        with Tolerant(context):
            corrected = await context.bot.edit_message_text(
                page.text,
                chat_id=edited.chat_id,
                message_id=answer,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(page, speakers.owner(edited)),
                link_preview_options=NO_PREVIEW,
            )
            assert isinstance(corrected, Message)  # it is True for inline messages alone
            await guest.shown(update, context, corrected, page)
    except BadRequest as error:
        if UNMODIFIED not in error.message.lower():
            raise


async def send_to(context: Context, chat: int, page: Page) -> bool:
    """Send ``page`` to a chat, in answer to nothing that stands there; whether it got there."""
    with Tolerant(context):
        await context.bot.send_message(
            chat,
            page.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(page),
            link_preview_options=NO_PREVIEW,
            rate_limit_args=_priority(page),
        )
        return True
    return False


async def remark(context: Context, to: Message, page: Page) -> Message | None:
    """Reply with something of no weight, without a sound; None where Telegram refuses it."""
    with Tolerant(context):
        return await to.reply_text(
            page.text, parse_mode=ParseMode.HTML, disable_notification=True, do_quote=True
        )
    return None


async def withdraw(context: Context, chat: int, message: int) -> bool:
    """Delete a message of the bot's own; whether it is gone."""
    with Tolerant(context):
        try:
            await context.bot.delete_message(chat, message)
        except BadRequest as error:
            if DELETED not in error.message.lower():
                raise
        context.bot_data.answers.note_gone(chat, message)
        return True
    return False


async def turn(update: Update, context: Context, page: Page) -> None:
    """Show ``page`` in the message whose button was pressed; the callback is always answered."""
    query = update.callback_query
    assert query is not None, "turn() answers a pressed button"
    page = await _fitted(update, context, page)
    await say(update)
    if not isinstance(query.message, Message):  # too old for Telegram to show it to us
        await _send_to_chat(update, context, page)
        return
    markup = keyboard(page, owner_of(query.data or ""))
    if query.message.text == plain(page.text) and query.message.reply_markup == markup:
        return  # pressed twice
    with Tolerant(context):
        try:
            await query.message.edit_text(
                page.text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                link_preview_options=NO_PREVIEW,
            )
            await guest.shown(update, context, query.message, page)
        except BadRequest as error:
            await _after_refused_edit(update, context, page, error)


async def hand_over(update: Update, context: Context, page: Page) -> None:
    """Send ``page`` as a message of its own; the one whose button was pressed stays as it is."""
    await say(update)
    await _send_to_chat(update, context, await _fitted(update, context, page))


async def say(update: Update, words: str | None = None, *, link: str | None = None) -> None:
    """Answer a press with ``words`` that pass, with a chat that opens, or with nothing to see."""
    query = update.callback_query
    assert query is not None, "say() answers a pressed button"
    with contextlib.suppress(BadRequest):  # too old to be answered
        await query.answer(words, url=link)


async def _after_refused_edit(
    update: Update, context: Context, page: Page, error: BadRequest
) -> None:
    if UNMODIFIED in error.message.lower():  # pressed twice, faster than the first was answered
        return
    if refusal_of(error) is not Refusal.GONE:
        raise error
    await _send_to_chat(update, context, page)


async def _send_to_chat(update: Update, context: Context, page: Page) -> None:
    """Send ``page`` to where the button stands: to its thread too, as far as that is known."""
    query, chat = update.callback_query, update.effective_chat
    menu = query.message if query else None
    if query is None or chat is None:
        return
    with Tolerant(context):
        sent = await chat.send_message(
            page.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(page, owner_of(query.data or "")),
            link_preview_options=NO_PREVIEW,
            message_thread_id=speakers.thread(menu) if isinstance(menu, Message) else None,
        )
        await guest.sent(update, context, sent, page)


def _priority(page: Page) -> Priority:
    return Priority.URGENT if page.outcome is Outcome.URGENT else Priority.PEOPLE


async def _fitted(update: Update, context: Context, page: Page) -> Page:
    """``page`` as the chat of ``update`` may see it."""
    chat = update.effective_chat
    if chat is not None and chat.type == ChatType.PRIVATE:
        return page
    settings = await context.settings(update)
    return in_groups.fitted(await context.view(update), page, settings.privately)


def _button(button: Button, owner: int) -> dict[str, Any]:
    if isinstance(button.to, Go):
        # The settings look for themselves who presses.
        whose = speakers.ANYBODY if button.to.place is Place.SETTINGS else owner
        return {"text": button.label, "callback_data": pack(button.to, whose)}
    return {"text": button.label, "url": button.to}
