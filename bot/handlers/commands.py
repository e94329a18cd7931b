"""The commands. What follows a command is a name; without one, its menu opens."""

from telegram import Update

from bot.context import Context
from bot.library.models import Basic, Condition, Guide, Medicine, SideEffect, Topic
from bot.matching.lookup import guides_about, look_up, look_up_term, medicines_of_kind
from bot.pages import answers, cards, glossary, medicine_menus, menus, visits
from bot.pages.page import Go, Page, Place, View
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


async def medicine(update: Update, context: Context) -> None:
    """``/medicine NAME``: generic, brand or kind; never the card of a misspelt one."""
    view = context.view(update)
    name = _argument(context)
    by_name = any(isinstance(topic, Medicine) for topic in view.edition.called(name))
    of_kind = () if by_name else medicines_of_kind(view.edition, name)
    if of_kind:
        await send(update, answers.of_kind(view, name, of_kind))
    else:
        await send(update, _named(view, name, Medicine, medicine_menus.medicines(view)))


async def side_effects(update: Update, context: Context) -> None:
    """``/sideeffects NAME``; the name of a medicine opens what its sources list."""
    view = context.view(update)
    await send(update, _named(view, _argument(context), SideEffect, menus.effects(view)))


async def how_it_works(update: Update, context: Context) -> None:
    """``/howitworks NAME``."""
    view = context.view(update)
    await send(update, _named(view, _argument(context), Basic, menus.works(view)))


async def guide(update: Update, context: Context) -> None:
    """``/guide NAME``."""
    view = context.view(update)
    name = _argument(context)
    found = guides_about(view.edition, name)
    if len(found) > 1:
        await send(update, answers.which(view, name, found))
    else:
        menu = menus.guides(view, Go(Place.GUIDES))
        await send(update, _named(view, name, Guide, menu))


async def visit(update: Update, context: Context) -> None:
    """``/visit NAME``: questions to take to the doctor."""
    view = context.view(update)
    name, menu = _argument(context), visits.menu(view)
    found = look_up(view.edition, name).exact if name else ()
    if len(found) == 1:
        await send(update, visits.questions(view, Go(Place.QUESTIONS, found[0].id)))
    else:
        await send(update, _named(view, name, Medicine, menu))


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
        return answers.opened(view, found.exact[0], kind)
    if found.exact:
        return answers.which(view, name, found.exact)
    close = [answers.topic_button(topic) for topic in found.close]
    return answers.unknown(view, name, close, menu.rows)
