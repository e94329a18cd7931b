"""Messages in private that are no commands."""

from telegram import Message, MessageEntity, Update

from bot.context import App, Context
from bot.handlers.keeping import note_unmet
from bot.pages import answers
from bot.pages.page import Outcome
from bot.pages.replies import reply
from bot.reply import send

# What Telegram itself marks as something other than the person's own words.
NOT_THEIR_WORDS = {
    MessageEntity.URL,
    MessageEntity.EMAIL,
    MessageEntity.MENTION,
    MessageEntity.CODE,
    MessageEntity.PRE,
    MessageEntity.BLOCKQUOTE,
    MessageEntity.EXPANDABLE_BLOCKQUOTE,
}
Span = tuple[int, int]


async def text(update: Update, context: Context) -> None:
    """A text, or the caption of something: what it means is answered with one message."""
    message = update.effective_message
    if message is None:
        return
    written, cut = own_words(message)
    forwarded = message.forward_origin is not None
    meaning = context.matcher(update).read(written, cut, forwarded=forwarded)
    page = reply(await context.view(update), meaning, written)
    await send(update, context, page, anew=meaning.urgent is not None)
    if page.outcome is Outcome.NOTHING:
        await note_unmet(update, context, written)


async def no_text(update: Update, context: Context) -> None:
    """A photo, a voice, a sticker, a place: the bot reads text."""
    await send(update, context, answers.text_only(await context.view(update)))


def is_urgent(app: App, update: Update) -> bool:
    """Whether a message tells of an emergency: it must not wait for others in its chat."""
    message = update.message or update.edited_message
    if message is None:
        return False
    matcher = Context.from_update(update, app).matcher(update)
    return matcher.read(*own_words(message)).urgent is not None


def own_words(message: Message) -> tuple[str, list[Span]]:
    """A message's text or caption, and the spans in it that are not the person's own words.

    Telegram counts in UTF-16 units, the spans count characters.
    """
    written = message.text or message.caption or ""
    units = written.encode("utf-16-le")
    spans = []
    for entity in message.entities or message.caption_entities:
        if entity.type in NOT_THEIR_WORDS:
            start = len(units[: 2 * entity.offset].decode("utf-16-le", "ignore"))
            end = len(units[: 2 * (entity.offset + entity.length)].decode("utf-16-le", "ignore"))
            spans.append((start, end))
    return written, spans
