"""The commands. What follows a command is a name; without one, its menu opens."""

from telegram import Update

from bot.context import Context
from bot.library.models import Basic, Condition, SideEffect, Topic
from bot.matching.lookup import look_up, look_up_term
from bot.pages import answers, cards, glossary, menus
from bot.pages.page import Page, View
from bot.reply import from_deep_link, send


async def start(update: Update, context: Context) -> None:
    """``/start``, or the card that a deep link names."""
    view = context.view(update)
    wanted = from_deep_link(_argument(context))
    topic = view.edition.topics.get(wanted[1]) if wanted else None
    found = topic is not None and wanted is not None and topic.kind is wanted[0]
    await send(update, cards.card(view, topic) if topic and found else menus.home(view))


async def condition(update: Update, context: Context) -> None:
    """``/condition NAME``."""
    view = context.view(update)
    await send(update, _named(view, _argument(context), Condition, menus.conditions(view)))


async def side_effects(update: Update, context: Context) -> None:
    """``/sideeffects NAME``."""
    view = context.view(update)
    await send(update, _named(view, _argument(context), SideEffect, menus.effects(view)))


async def how_it_works(update: Update, context: Context) -> None:
    """``/howitworks NAME``."""
    view = context.view(update)
    await send(update, _named(view, _argument(context), Basic, menus.works(view)))


async def words_explained(update: Update, context: Context) -> None:
    """``/glossary WORD``."""
    view = context.view(update)
    word, menu = _argument(context), glossary.glossary(view)
    term, close = look_up_term(view.edition, word)
    if term:
        menu = glossary.term_page(view, term)
    elif word:
        menu = answers.unknown(view, word, [answers.term_button(t) for t in close], menu.rows)
    await send(update, menu)


async def help_(update: Update, context: Context) -> None:
    """``/help``, and every unknown command in private."""
    await send(update, menus.help_page(context.view(update)))


async def about(update: Update, context: Context) -> None:
    """``/about``."""
    await send(update, menus.about(context.view(update)))


def _argument(context: Context) -> str:
    return " ".join(context.args or ())


def _named(view: View, name: str, kind: type[Topic], menu: Page) -> Page:
    """The card of that name, a choice of several, or the menu with what comes close."""
    if not name:
        return menu
    found = look_up(view.edition, name, kind)
    if len(found.exact) == 1:
        return cards.card(view, found.exact[0])
    if found.exact:
        return answers.which(view, name, found.exact)
    close = [answers.topic_button(topic) for topic in found.close]
    return answers.unknown(view, name, close, menu.rows)
