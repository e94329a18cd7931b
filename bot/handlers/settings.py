"""``/settings``: the menu of a group's admins, in the group and in private.

Whoever presses is looked up each time: who may look is remembered for a minute, who changes
something is asked for anew.
"""

import contextlib
from dataclasses import replace
from datetime import timedelta

from telegram import CallbackQuery, Message, Update, User
from telegram.error import BadRequest, Forbidden
from telegram.helpers import create_deep_linked_url

from bot.context import Context
from bot.library.settings_phrases import Choice
from bot.pages import settings as pages
from bot.pages.changing import Change, change
from bot.pages.group import CLOSE, NEW, Group, changes
from bot.pages.links import SETTINGS, from_settings_link, settings_link
from bot.pages.page import Go, Page, View
from bot.pages.text import escape
from bot.reply import hand_over, remark, say, send, turn, unpack, withdraw
from bot.settings import GENERAL, GroupSettings, Replies
from bot.speakers import thread

LINE_STAYS = timedelta(seconds=15)


async def settings(update: Update, context: Context) -> None:
    """``/settings`` in a group: the menu for admins, a passing line for others; in private how to
    come to it."""
    view, message = await context.view(update), update.effective_message
    if message is None:
        return
    if view.private:
        await send(update, context, pages.how(view))
    elif await context.by_admin(update):
        group = await _group(context, message, message.chat_id)
        await send(update, context, pages.main(view, group))
    else:
        await say_admins_only(update, context)


async def say_admins_only(update: Update, context: Context) -> None:
    """One line, which goes by itself."""
    message = update.effective_message
    if message is None or message.is_automatic_forward:
        return
    line = (await context.view(update)).edition.phrases.settings.admins_only
    sent = await remark(context, message, Page(escape(line)))
    if sent is not None:
        at = context.now() + LINE_STAYS
        await context.chats.delete_later(sent.chat_id, sent.id, at)


async def in_private(update: Update, context: Context) -> None:
    """``/start settings_<group>``: the same menu, for the admins of that group."""
    view, message, person = await context.view(update), update.message, update.effective_user
    bears = from_settings_link(" ".join(context.args or ()))
    group_id = context.bot_data.arrivals.now(bears) if bears else None
    if message is None or person is None:
        return
    if group_id is None or not await _may(context, group_id, person, anew=True):
        await send(update, context, pages.not_yours(view))
        return
    group = await _group(context, message, group_id)
    await send(update, context, pages.main(view, group))


async def pressed(update: Update, context: Context) -> None:
    """A button of the settings, in the group or in private."""
    query = update.callback_query
    assert query is not None, "a press is handled here"
    go = unpack(query.data or "")
    bears = from_settings_link(f"{SETTINGS}_{go.ref}") if go else None
    if go is None or bears is None:  # from no version of this bot
        await say(update)
        return
    group = context.bot_data.arrivals.now(bears)
    if not await _may(context, group, query.from_user, anew=changes(go)):
        await _refuse(update, context)
    elif go.via == CLOSE:
        await _close(update, context, query)
    else:
        await _open(update, context, query, replace(go, ref=str(group)))


async def _may(context: Context, group: int, person: User, *, anew: bool) -> bool:
    return await context.bot_data.admins.has(context.bot, group, person.id, anew=anew)


async def _refuse(update: Update, context: Context) -> None:
    """In the group a passing line, for the menu is still the admins'; in private the menu goes."""
    view, query = await context.view(update), update.callback_query
    if view.private or query is None:
        await turn(update, context, pages.not_yours(view))
    else:
        await say(update, view.edition.phrases.settings.admins_only)


async def _close(update: Update, context: Context, query: CallbackQuery) -> None:
    """Take the menu away; where it is too old for that, take its buttons away."""
    await say(update)
    menu, view = query.message, await context.view(update)
    if menu is not None and not await withdraw(context, menu.chat.id, menu.message_id):
        with contextlib.suppress(BadRequest):
            await query.edit_message_text(view.edition.phrases.settings.closed)


async def _open(update: Update, context: Context, query: CallbackQuery, go: Go) -> None:
    """Show the page at ``go``, after the change that it names; the first page where there is no
    such page or value (any more)."""
    view = await context.view(update)
    group = await _group(context, query.message, int(go.ref))
    said = ""
    try:
        if changes(go):
            wanted = change(view, group, go)
            said, go = await _change(context, view, group.id, wanted), wanted.then
            group = await _group(context, query.message, group.id)
        page = pages.opened(view, group, go, said)
    except (KeyError, ValueError):
        page = pages.main(view, group)
    await (hand_over if go.via == NEW else turn)(update, context, page)


async def _change(context: Context, view: View, group: int, wanted: Change) -> str:
    """Keep it, and the line that says so, or that it could not be kept."""
    if wanted.settings.get(Choice.REPLIES, Replies.OFF) != Replies.OFF:
        await context.bot.get_me()  # what it may read can have changed since the start
    if wanted.is_country:
        done = await context.chats.set_country(group, wanted.country)
    else:
        done = await context.chats.change_settings(group, wanted.settings)
    return wanted.said if done else view.edition.phrases.settings.not_saved


async def _group(context: Context, menu: object, group_id: int) -> Group:
    """The group, as the menu (a message, where Telegram still shows it) is to show it."""
    kept = await context.chats.chat(group_id)
    group = Group(group_id, GroupSettings.of(kept.settings), kept.country)
    if group.settings.replies is not Replies.OFF:
        group = replace(group, reads=await _reads(context, group_id))
    if isinstance(menu, Message) and menu.chat_id == group_id:
        link = create_deep_linked_url(context.bot.username, settings_link(group_id))
        in_thread = (thread(menu) or GENERAL) if menu.chat.is_forum else None
        return replace(group, thread=in_thread, private_link=link)
    return replace(group, title=await _title(context, group_id))


async def _reads(context: Context, group: int) -> bool:
    """Whether the bot is given the messages that do not speak to it."""
    bot = context.bot
    return bool(bot.can_read_all_group_messages) or await context.bot_data.admins.has(
        bot, group, bot.id
    )


async def _title(context: Context, group: int) -> str:
    try:
        return (await context.bot.get_chat(group)).title or ""
    except (BadRequest, Forbidden):
        return ""
