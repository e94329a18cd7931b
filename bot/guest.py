"""A guest tidies up: what the bot said in a group goes again in time, and is remembered for
corrections.
"""

from datetime import timedelta

from telegram import Chat, Message, MessageEntity, Update

from bot.budget import Budget
from bot.context import Context
from bot.pages.page import Outcome, Page
from bot.rights import may_delete
from bot.storage import Post


async def sent(update: Update, context: Context, answer: Message, page: Page) -> None:
    """``answer`` has just been sent and shows ``page``."""
    if answer.chat.type == Chat.PRIVATE:
        return
    await shown(update, context, answer, page)
    minutes = (await context.settings(update)).delete_after
    if not minutes or page.outcome is Outcome.URGENT:
        return
    at = context.now() + timedelta(minutes=minutes)
    await context.chats.delete_later(answer.chat_id, answer.id, at)
    question = update.effective_message
    if question and _is_command(question) and await may_delete(context, answer.chat_id):
        await context.chats.delete_later(answer.chat_id, question.id, at)


async def shown(update: Update, context: Context, answer: Message, page: Page) -> None:
    """``answer`` shows ``page`` now: note the topic for its cooldown and, unless it is sensitive,
    for corrections."""
    if answer.chat.type == Chat.PRIVATE:
        return
    topic, post = context.edition(update).topics.get(page.about), Post(answer.chat_id, answer.id)
    if topic is not None:
        await Budget(context, post.chat_id, await context.settings(update)).note_topic(topic.id)
    if topic is not None and not topic.sensitive and page.outcome is Outcome.CARD:
        await context.chats.note_posted(post, topic.id, topic.version, context.now())
    else:
        await context.chats.forget_post(post)


def _is_command(message: Message) -> bool:
    """Whether it is nothing but a command to a bot."""
    first = message.entities[:1]
    return bool(first and first[0].type == MessageEntity.BOT_COMMAND and first[0].offset == 0)
