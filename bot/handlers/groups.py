"""Messages in groups: who speaks to the bot is answered as in private, for all others it is silent
unless somebody needs help at once or the group has turned keyword replies on.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Message, Update

from bot.budget import spends
from bot.context import Context
from bot.handlers import asking, overheard
from bot.handlers.emergencies import help_
from bot.handlers.messages import own_words
from bot.speakers import answers_somebody, is_passed_on, is_person

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


@spends
async def text(update: Update, context: Context) -> None:
    """A text or caption: what is urgent first, then what is said to the bot, then all else."""
    message = update.effective_message
    if message is None or is_passed_on(message) or _is_bot(message):
        return
    meaning = context.matcher(update).read(*own_words(message), alone=False)
    if meaning.urgent:
        await help_(update, context, meaning.urgent)
    elif context.bot_data.answers.is_urgent(message.chat_id, message.id):
        return  # what was said in an emergency stays
    elif asking.speaks_to_bot(context, message):
        await asking.asked(update, context, message)
    elif is_person(message):
        await overheard.heard(update, context, message, meaning)


@spends
async def command(update: Update, context: Context, name: str, answer: Handler) -> None:
    """A command in a group, which ``answer`` answers in private too."""
    message = update.effective_message
    if message is None or is_passed_on(message) or _is_bot(message):
        return
    said = " ".join(context.args or ())
    urgent = context.matcher(update).read(said).urgent if said else None
    if urgent and not context.edition(update).called(said):
        await help_(update, context, urgent)
    elif context.bot_data.answers.is_urgent(message.chat_id, message.id):
        return
    elif await asking.is_within_budget(update, context, message):
        question = None if said else answers_somebody(message)
        if not (question and await asking.answered(update, context, question, name)):
            await answer(update, context)


def _is_bot(message: Message) -> bool:
    """Whether another bot wrote it. Who speaks as a chat has a bot for a stand-in."""
    sender = message.from_user
    return sender is not None and sender.is_bot and message.sender_chat is None
