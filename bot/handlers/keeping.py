"""What is kept of a chat, and forgotten: a country that somebody chose, and ``/forget``."""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot.context import Context
from bot.handlers.settings import say_admins_only
from bot.pages import menus, numbers, privacy, sources
from bot.pages.atlas import PageGone
from bot.pages.page import Go, Page, Place
from bot.pages.text import escape
from bot.reply import send
from bot.storage import Post

LONGEST_UNMET = 60  # characters: what is longer is a story, and no name of anything


async def about_privacy(update: Update, context: Context) -> None:
    """``/privacy``."""
    await send(update, context, privacy.privacy(await context.view(update)))


async def forget(update: Update, context: Context) -> None:
    """``/forget``: delete all about this chat; in a group only for its admins."""
    if not (await context.view(update)).private:
        await _forget_group(update, context)
        return
    await send(update, context, await _forget(update, context, Go(Place.FORGET)))


async def _forget_group(update: Update, context: Context) -> None:
    """Delete the settings, counts and posts of a group, at once."""
    chat, view = update.effective_chat, await context.view(update)
    if chat is None or not await context.by_admin(update):
        await say_admins_only(update, context)
        return
    phrases = view.edition.phrases.settings
    done = await context.chats.forget(chat.id)
    await send(update, context, Page(escape(phrases.forgotten if done else phrases.not_now)))


async def note_unmet(update: Update, context: Context, words: str) -> None:
    """Note that ``words`` found nothing, where they are short enough to be the name of something.

    Storage keeps hashes of them until five different chats have sent the same.
    """
    chat = update.effective_chat
    if chat and chat.type == chat.PRIVATE and 0 < len(words.strip()) <= LONGEST_UNMET:
        await context.chats.note_unmet(words, chat.id, context.now().date())


async def _remember(update: Update, context: Context, go: Go) -> Page:
    return await _set_country(update, context, go, go.ref)


async def _forget_country(update: Update, context: Context, go: Go) -> Page:
    return await _set_country(update, context, go, None)


async def _set_country(update: Update, context: Context, go: Go, country: str | None) -> Page:
    """The page of the country on which the button stands, once it is remembered or forgotten.

    Raises:
        KeyError: there is no such country (any more).
    """
    page = Go(Place.URGENT_IN, go.ref)
    numbers.urgent_in(await context.view(update), page)  # before anything is kept
    chat = update.effective_chat
    assert chat is not None, "a button stands in a chat"
    await context.chats.set_country(chat.id, country)
    return numbers.urgent_in(await context.view(update), page)


async def _forget(update: Update, context: Context, go: Go) -> Page:
    chat, view = update.effective_chat, await context.view(update)
    if chat is None or not view.private:
        return menus.home(view)
    done = await context.chats.forget(chat.id)
    return privacy.forgotten(view) if done else privacy.not_now(view)


async def _tell(update: Update, context: Context, go: Go) -> Page:
    view, message = await context.view(update), update.effective_message
    topic = view.edition.topics[go.ref]
    if message is None or topic.sensitive:
        raise KeyError(go.ref)
    post = Post(message.chat_id, message.id)
    if await context.chats.note_posted(post, topic.id, topic.version, context.now()):
        return sources.tell_noted(view, topic, go)
    return privacy.not_now(view)


async def acted(update: Update, context: Context, go: Go) -> Page:
    """Do what the button says, and the page that follows.

    Raises:
        PageGone: what it names is not there any more.
    """
    try:
        return await ACTS[go.place](update, context, go)
    except KeyError as error:
        raise PageGone(go) from error


Act = Callable[[Update, Context, Go], Awaitable[Page]]
# Buttons that do something before a page is shown; they stand in private chats alone.
ACTS: dict[Place, Act] = {
    Place.REMEMBER: _remember,
    Place.FORGET_COUNTRY: _forget_country,
    Place.FORGET: _forget,
    Place.TELL: _tell,
}
