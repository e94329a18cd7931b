"""Inline mode: ``@bot crohns`` in any chat."""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.context import Context
from bot.library.models import Topic
from bot.pages import cards, links
from bot.pages.lists import label
from bot.pages.page import Page, View
from bot.pages.replies import reply
from bot.pages.text import plain
from bot.reply import NO_PREVIEW

MOST_RESULTS = 20
FIRST = "first"  # the id of no topic
CACHED = 300  # seconds: Telegram answers the same query itself meanwhile
DESCRIPTION = 100  # characters
TOO_OLD = "query is too old"


async def query(update: Update, context: Context) -> None:
    """A list of cards that fit; for an empty query the most useful ones."""
    asked = update.inline_query
    if asked is None:
        return
    view = await context.view(update)
    inline = view.edition.phrases.inline
    matcher = context.matcher(update)
    meaning = matcher.read(asked.query)
    if asked.query.strip():
        topics = matcher.search.find(asked.query)
    else:
        topics = tuple(view.edition.topics[name] for name in inline.useful)
    results = [_result(view, topic) for topic in topics[:MOST_RESULTS]]
    if meaning.urgent or meaning.asks:
        results.insert(0, _first(reply(view, meaning, asked.query)))
    try:
        await asked.answer(
            results,
            cache_time=CACHED,
            is_personal=len(context.library.editions) > 1,  # the list is in the asker's language
            button=InlineQueryResultsButton(inline.button, start_parameter="inline"),
        )
    except BadRequest as error:
        if TOO_OLD not in error.message.lower():
            raise
        context.silent("too late")  # it waited for Telegram or for the bot; nobody looks any more


def _first(page: Page) -> InlineQueryResultArticle:
    """What comes before any card: a red flag, or what only a doctor can answer."""
    title, _, rest = plain(page.text).partition("\n")
    return InlineQueryResultArticle(
        id=FIRST,
        title=title,
        description=rest.strip()[:DESCRIPTION],
        input_message_content=_message(page.text),
    )


def _message(text: str) -> InputTextMessageContent:
    return InputTextMessageContent(text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW)


def _result(view: View, topic: Topic) -> InlineQueryResultArticle:
    link = links.address(view, links.deep_link(topic))
    more = InlineKeyboardButton(view.edition.phrases.inline.open, url=link)
    return InlineQueryResultArticle(
        id=topic.id,
        title=label(topic),
        description=topic.summary[:DESCRIPTION],
        input_message_content=_message(cards.card(view, topic).text),
        reply_markup=InlineKeyboardMarkup([[more]]),
    )
