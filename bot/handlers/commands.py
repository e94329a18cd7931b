"""The commands. What follows a command is a name; without one, its menu opens."""

from telegram import Update

from bot.context import Context
from bot.handlers.keeping import note_unmet
from bot.library.models import Basic, Condition, Guide, Medicine, SideEffect, Topic
from bot.matching.lookup import guides_about, look_up, look_up_term, medicines_of_kind
from bot.pages import (
    answers,
    cards,
    found,
    glossary,
    links,
    listed,
    medicine_menus,
    menus,
    numbers,
    shelves,
    visits,
)
from bot.pages.atlas import open_page
from bot.pages.fixed import fixed_page
from bot.pages.page import Go, Outcome, Page, Place, View
from bot.pages.replies import reply
from bot.pages.urgent import urgent_page
from bot.reply import send


async def start(update: Update, context: Context) -> None:
    """``/start``, or what a deep link names: a card, or the answer to a red flag."""
    await send(update, context, _opened(await context.view(update), _argument(context)))


async def condition(update: Update, context: Context) -> None:
    """``/condition NAME``."""
    view = await context.view(update)
    page = await _named(update, context, menus.conditions(view), Condition)
    await _answer(update, context, page)


async def medicine(update: Update, context: Context) -> None:
    """``/medicine NAME``: generic, brand or kind; never the card of a misspelt one."""
    view = await context.view(update)
    name = _argument(context)
    by_name = any(isinstance(topic, Medicine) for topic in view.edition.called(name))
    of_kind = () if by_name else medicines_of_kind(view.edition, name)
    if of_kind:
        await _answer(update, context, answers.of_kind(view, name, of_kind))
    else:
        menu = medicine_menus.medicines(view)
        await _answer(update, context, await _named(update, context, menu, Medicine))


async def side_effects(update: Update, context: Context) -> None:
    """``/sideeffects NAME``; the name of a medicine opens what its sources list."""
    view = await context.view(update)
    menu, to = menus.effects(view), listed.effects_or_card
    page = await _named(update, context, menu, SideEffect, Medicine, to=to)
    await _answer(update, context, page)


async def how_it_works(update: Update, context: Context) -> None:
    """``/howitworks NAME``."""
    view = await context.view(update)
    await _answer(update, context, await _named(update, context, menus.works(view), Basic))


async def guide(update: Update, context: Context) -> None:
    """``/guide NAME``."""
    view = await context.view(update)
    name = _argument(context)
    about = guides_about(view.edition, name)
    if len(about) > 1:
        await _answer(update, context, answers.which(view, name, about))
    else:
        menu = menus.guides(view, Go(Place.GUIDES))
        await _answer(update, context, await _named(update, context, menu, Guide))


async def find(update: Update, context: Context) -> None:
    """``/find WORDS``: everything that fits, best first."""
    view = await context.view(update)
    go = found.address(_argument(context))
    await _answer(update, context, found.found(view, go) if go.ref else found.what(view))


async def visit(update: Update, context: Context) -> None:
    """``/visit NAME``: questions to take to the doctor."""
    menu, to = visits.menu(await context.view(update)), visits.questions_for
    page = await _named(update, context, menu, Medicine, Condition, to=to)
    await _answer(update, context, page)


async def words_explained(update: Update, context: Context) -> None:
    """``/glossary WORD``."""
    view = await context.view(update)
    word, menu = _argument(context), glossary.glossary(view)
    term, close = look_up_term(view.edition, word)
    if term:
        menu = glossary.term_page(view, term)
    elif view.edition.called(word):
        menu = await _named(update, context, menu)
    elif word:
        menu = answers.unknown(view, word, [answers.term_button(t) for t in close], menu.rows)
    await _answer(update, context, menu)


async def help_(update: Update, context: Context) -> None:
    """``/help``, and every unknown command in private."""
    await _answer(update, context, menus.help_page(await context.view(update)))


async def urgent(update: Update, context: Context) -> None:
    """``/urgent COUNTRY``."""
    page = numbers.urgent_where(await context.view(update), _argument(context))
    await _answer(update, context, page)


async def report(update: Update, context: Context) -> None:
    """``/report COUNTRY``: how to report a side effect."""
    page = numbers.report_where(await context.view(update), _argument(context))
    await _answer(update, context, page)


async def about(update: Update, context: Context) -> None:
    """``/about``."""
    await _answer(update, context, menus.about(await context.view(update)))


async def _answer(update: Update, context: Context, page: Page) -> None:
    """Send ``page``, unless what follows the command is no topic's name and is urgent."""
    name, view = _argument(context), await context.view(update)
    if name and not view.edition.called(name):
        meaning = context.matcher(update).read(name)
        if meaning.urgent:
            page = reply(view, meaning, name)
    await send(update, context, page)
    if page.outcome is Outcome.NOTHING:
        await note_unmet(update, context, name)


def _argument(context: Context) -> str:
    return " ".join(context.args or ())


def _opened(view: View, parameter: str) -> Page:
    """What the parameter of a deep link names, or home where it names nothing (any more)."""
    flag = links.from_urgent_link(parameter)
    if flag and flag.flag_id in {one.id for one in view.edition.urgent.flags}:
        return urgent_page(view, flag, ())
    fixed = links.from_fixed_link(parameter)
    if fixed:
        kind, name = fixed
        named = [view.edition.topics[name]] if name in view.edition.topics else []
        return fixed_page(view, kind, named)
    wanted = links.from_deep_link(parameter)
    topic = view.edition.topics.get(wanted[1]) if wanted else None
    there = topic is not None and wanted is not None and topic.kind is wanted[0]
    return cards.card(view, topic) if topic and there else menus.home(view)


async def _named(
    update: Update,
    context: Context,
    menu: Page,
    *kinds: type[Topic],
    to: answers.Address = shelves.card,
) -> Page:
    """What ``to`` says of the name that follows a command, a choice of several, or the menu with
    what comes close. What is no name is read like any other text: it may be urgent."""
    view, name = await context.view(update), _argument(context)
    if not name:
        return menu
    known = look_up(view.edition, name, *kinds)
    if len(known.exact) == 1:
        return open_page(view, to(known.exact[0]))
    if known.exact:
        return answers.which(view, name, known.exact, to)
    meaning = context.matcher(update).read(name)
    if meaning.urgent or meaning.asks or meaning.is_said_plainly:
        return reply(view, meaning, name)
    close = [answers.topic_button(topic, to) for topic in known.close]
    return answers.unknown(view, name, close, menu.rows)
