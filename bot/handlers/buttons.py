"""Buttons: a menu is one message that changes under the finger."""

from telegram import Update

from bot.context import Context
from bot.handlers.keeping import ACTS, acted
from bot.pages import menus
from bot.pages.atlas import PageGone, open_page
from bot.pages.page import Place
from bot.reply import hand_over, turn, unpack


async def pressed(update: Update, context: Context) -> None:
    """Turn to the page that the button names; where it is gone, to the menu."""
    view = await context.view(update)
    query = update.callback_query
    go = unpack(query.data or "") if query else None
    try:
        if go is None:
            raise PageGone
        acts = view.private and go.place in ACTS
        page = await acted(update, context, go) if acts else open_page(view, go)
    except PageGone:
        page = menus.home(view, before=view.edition.phrases.talk.gone)
    if go is not None and go.place is Place.PLAIN_QUESTIONS:
        await hand_over(update, page)
    else:
        await turn(update, page)
