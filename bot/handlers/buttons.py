"""Buttons: a menu is one message that changes under the finger. In a group it is one person's."""

from dataclasses import replace

from telegram import CallbackQuery, Message, Update

from bot import speakers
from bot.context import Context
from bot.handlers.keeping import ACTS, acted
from bot.pages import in_groups, menus
from bot.pages.atlas import PageGone, open_page
from bot.pages.page import Go, Page, Place, View
from bot.reply import hand_over, owner_of, say, turn, unpack, withdraw
from bot.storage import Post


async def pressed(update: Update, context: Context) -> None:
    """Turn to the page that the button names; where it is gone, to the menu."""
    view, query = await context.view(update), update.callback_query
    assert query is not None, "a press is handled here"
    go = unpack(query.data or "")
    if go is not None and go.place is Place.HIDE:
        await _hide(update, context, query, go)
    elif view.private:
        await _open(update, context, go, await _page(update, context, view, go))
    elif not await _is_theirs(context, query):
        await say(update, _whose(view, query, go or Go(Place.HOME)))
    else:
        await _open_in_group(update, context, view, go)


async def _page(update: Update, context: Context, view: View, go: Go | None) -> Page:
    try:
        if go is None:
            raise PageGone
        acts = view.private and go.place in ACTS
        return await acted(update, context, go) if acts else open_page(view, go)
    except PageGone:
        return menus.home(view, before=view.edition.phrases.talk.gone)


async def _open(update: Update, context: Context, go: Go | None, page: Page) -> None:
    if go is not None and go.place is Place.PLAIN_QUESTIONS:
        await hand_over(update, context, page)
    else:
        await turn(update, context, page)


async def _open_in_group(update: Update, context: Context, view: View, go: Go | None) -> None:
    """The page, or the private chat with it where the others in the group should not see it."""
    page = await _page(update, context, view, go)
    about = go.ref if go and go.ref in view.edition.topics else page.about
    privately = (await context.settings(update)).privately
    if in_groups.is_private(view, replace(page, about=about), privately):
        await say(update, link=in_groups.way_to(view, replace(page, about=about)))
    else:
        await _open(update, context, go, page)


async def _is_theirs(context: Context, query: CallbackQuery) -> bool:
    """Whether the menu is that of the person who pressed; an anonymous admin's is all admins'."""
    owner = owner_of(query.data or "")
    if owner == speakers.ANONYMOUS:
        return await _is_admin(context, query)
    return owner in (speakers.ANYBODY, query.from_user.id)


async def _hide(update: Update, context: Context, query: CallbackQuery, go: Go) -> None:
    """Delete the answer: for whoever asked and for admins; what is urgent for the first alone."""
    phrases = (await context.view(update)).edition.phrases.in_groups
    owner, urgent = owner_of(query.data or ""), go.ref == in_groups.URGENT
    may = owner == query.from_user.id
    if not may and (owner == speakers.ANONYMOUS or not urgent):
        may = await _is_admin(context, query)
    if not may or query.message is None:
        await say(update, phrases.not_yours_urgent if urgent else phrases.not_yours)
        return
    chat, message = query.message.chat.id, query.message.message_id
    gone = await withdraw(context, chat, message)
    await say(update, None if gone else phrases.too_old)
    if gone:
        await context.chats.forget_post(Post(chat, message))


async def _is_admin(context: Context, query: CallbackQuery) -> bool:
    if query.message is None:
        return False
    admins = context.bot_data.admins
    return await admins.has(context.bot, query.message.chat.id, query.from_user.id)


def _whose(view: View, query: CallbackQuery, go: Go) -> str:
    """Whose the menu is, by name where Telegram shows the question that it answers."""
    menu = query.message if isinstance(query.message, Message) else None
    asked = menu.reply_to_message if menu else None
    asker = asked.from_user if asked else None
    is_known = asker is not None and asker.id == owner_of(query.data or "") and not asker.is_bot
    return in_groups.whose(view, go, asker.first_name if asker and is_known else "")
