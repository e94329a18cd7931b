"""How much the bot may say in a group, across all its copies. The clock is the context's.

Who and where are known to the storage as keyed hashes alone, which it deletes within an hour (that
of a topic in a group when its cooldown is over).
"""

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from functools import wraps
from hashlib import blake2b
from typing import Any, Concatenate, ParamSpec

from telegram import Update

from bot.context import Context
from bot.settings import GroupSettings
from bot.storage import Limit
from bot.transport.answer import AnswerLost

MINUTE, TEN_MINUTES = 60.0, 600.0  # seconds
# Telegram lets a bot send 20 messages a minute to a group. Nobody waits for a keyword reply, so
# these end earlier, and leave room for what was asked.
TELEGRAMS_LIMIT, NEAR_THE_LIMIT = 20, 15
NO_LIMIT = 1_000_000  # said in any case; but it counts for the others
Rest = ParamSpec("Rest")
Handler = Callable[Concatenate[Update, Context, Rest], Coroutine[Any, Any, None]]
URGENT, REPLY, TO_ONE, TOPIC, COMMAND, NOTE, SENT, UPDATE = [
    "urgent",
    "reply",
    "one",
    "topic",
    "command",
    "note",
    "sent",
    "update",
]


def spends(handler: Handler[Rest]) -> Handler[Rest]:
    """A handler that gives back what it has claimed where it fails: its update is tried again."""

    @wraps(handler)
    async def spending(
        update: Update, context: Context, /, *args: Rest.args, **named: Rest.kwargs
    ) -> None:
        try:
            await handler(update, context, *args, **named)
        except AnswerLost:  # it was said
            raise
        except BaseException:
            await give_back(context)
            raise

    return spending


async def give_back(context: Context) -> None:
    """Nothing of what was claimed for this update has been said."""
    for limits, when in context.claimed:
        await context.chats.unclaim_speech(limits, when)
    context.claimed.clear()


class Budget:
    """What may still be said in one group."""

    def __init__(self, context: Context, chat: int, settings: GroupSettings) -> None:
        self._context = context
        self._chat = chat
        self._settings = settings

    async def allows_help(self, person: int, update: int) -> bool:
        """Whether ``person`` was not answered in an emergency within the last ten minutes. A lost
        database never stops it; a fuller budget neither. Where the copy that began with ``update``
        was killed before it could answer, the next one is allowed to."""
        return await self._claim(
            [
                replace(await self._limit(UPDATE, TEN_MINUTES, 1, update), names=True),
                await self._limit(URGENT, TEN_MINUTES, 1, person),
                await self._limit(SENT, MINUTE, NO_LIMIT),
            ]
        )

    async def allows_reply(self, person: int, topics: Iterable[str]) -> bool:
        """Whether a reply that ``person`` did not ask for keeps within what the group has set."""
        kept = self._settings
        return await self._claim(
            [
                await self._limit(SENT, MINUTE, NEAR_THE_LIMIT),
                await self._limit(REPLY, TEN_MINUTES, kept.most_replies),
                await self._limit(TO_ONE, TEN_MINUTES, kept.most_to_one, person),
                *[await self._topic(topic, most=1) for topic in topics if kept.cooldown],
            ]
        )

    async def allows_asking(self, person: int) -> bool:
        """Whether ``person`` has not asked the bot too much within the last minute."""
        most = self._settings.most_commands
        return await self._claim([await self._limit(COMMAND, MINUTE, most, person)])

    async def allows_sending(self) -> bool:
        """Whether Telegram would still take a message for the group."""
        return await self._claim([await self._limit(SENT, MINUTE, TELEGRAMS_LIMIT)])

    async def allows_note(self, person: int) -> bool:
        """Whether ``person`` has not yet been told, and there is room to say that it was much."""
        told = await self._limit(NOTE, TEN_MINUTES, 1, person)
        return await self._claim([told, await self._limit(SENT, MINUTE, NEAR_THE_LIMIT)])

    async def note_topic(self, topic: str) -> None:
        """The group has just read about ``topic``, since somebody asked."""
        if self._settings.cooldown:
            await self._claim([await self._topic(topic, most=NO_LIMIT)])

    async def _topic(self, topic: str, most: int) -> Limit:
        return await self._limit(TOPIC, self._settings.cooldown * MINUTE, most, topic)

    async def _limit(self, what: str, seconds: float, most: int, whom: object = "") -> Limit:
        key = await self._context.chats.key("speech")
        thing = blake2b(f"{what}:{self._chat}:{whom}".encode(), key=key, digest_size=16)
        return Limit(thing.digest(), seconds, most)

    async def _claim(self, limits: list[Limit]) -> bool:
        now = self._context.now()
        allowed = await self._context.chats.claim_speech(limits, now)
        if allowed:
            self._context.claimed.append((limits, now))
        return allowed
