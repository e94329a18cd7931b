"""How fast messages leave: python-telegram-bot's rate limiter, by what Telegram's FAQ asks of bots
(core.telegram.org/bots/faq, "My bot is hitting limits"): some 30 messages a second in all, 20 a
minute in one group, one a second in one chat, where short bursts pass.
"""

import asyncio
import itertools
import math
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.priority import Priority
from bot.transport.gate import NEVER, Gate, Turn

IN_A_GROUP = (20, 60.0)  # messages, seconds
IN_PRIVATE = (30, 30.0)  # one a second; a burst is what nobody types but everybody may press
HIGHEST_PACE = 1000  # a second: what Telegram sells; beyond it, it is not Telegram that answers
TRIES = 4
LONGEST_WAIT = 60.0  # seconds; who is asked to wait for longer is told so at once
MANY_CHATS = 1000
MESSAGES = ("send", "edit", "copy", "forward")  # how methods begin that show people something
NO_MESSAGE = "sendChatAction"

Call = Callable[..., Coroutine[Any, Any, Any]]


class Limiter(BaseRateLimiter[Priority]):
    """Lets messages go at Telegram's pace: urgent ones first, then those that people wait for.

    ``per_second``: messages of the whole bot; more than ``HIGHEST_PACE`` (``math.inf`` too) means
    that nothing is paced, in no chat either. What Telegram asks with ``retry_after`` is done in any
    case: no message leaves until then. Other calls go straight on.
    """

    def __init__(self, per_second: float) -> None:
        self._paced = per_second <= HIGHEST_PACE
        self._all = Gate(per_second if self._paced else math.inf, 1.0)
        self._chats: dict[int | str, Gate] = {}
        self._sweep_at = MANY_CHATS
        self._numbers = itertools.count()
        self._stops_at = NEVER
        self.asked_to_wait = 0

    @property
    def waiting(self) -> int:
        """How many messages have not left yet."""
        return self._all.waiting + sum(gate.waiting for gate in self._chats.values())

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def process_request(
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> Any:
        """Make the call when it may be made, and again where Telegram asked to wait.

        Raises:
            RetryAfter: Telegram asks to wait for more than ``LONGEST_WAIT``, or again and again.
        """
        if not endpoint.startswith(MESSAGES) or endpoint == NO_MESSAGE:
            return await callback(*args, **kwargs)
        turn = (rate_limit_args or Priority.PEOPLE, next(self._numbers))
        for tries_left in reversed(range(TRIES)):
            await self._pass(data.get("chat_id"), turn)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self.asked_to_wait += 1
                self._wait(error._retry_after.total_seconds())
                if not tries_left:
                    raise

    def stop_within(self, seconds: float) -> None:
        """Turn away whoever could not leave within so long, with ``RetryAfter``, now and whoever
        comes later: the bot stops."""
        self._stops_at = asyncio.get_running_loop().time() + seconds
        for gate in (self._all, *self._chats.values()):
            if seconds < gate.opens_in() < NEVER:
                gate.turn_away(lambda: RetryAfter(math.ceil(seconds)))

    async def _pass(self, chat: object, turn: Turn) -> None:
        """Through the gate of the chat, then through the one for all."""
        if chat is None or not self._paced:
            await self._enter_all(turn)
            return
        gate = self._gate(chat)
        await self._enter(gate, turn)
        try:
            await self._enter_all(turn)
        finally:
            gate.went()

    async def _enter_all(self, turn: Turn) -> None:
        if self._all.closed_for() > LONGEST_WAIT:
            raise RetryAfter(math.ceil(self._all.closed_for()))
        await self._enter(self._all, turn)
        self._all.went()

    async def _enter(self, gate: Gate, turn: Turn) -> None:
        now = asyncio.get_running_loop().time()
        late = gate.opens(turn[0]) - max(now, self._stops_at)
        if 0 < late < NEVER:
            raise RetryAfter(math.ceil(late))
        await gate.enter(turn)

    def _wait(self, seconds: float) -> None:
        """Let nothing leave for so long; where that is too long, nobody is kept waiting for it."""
        self._all.close(seconds)
        if seconds > LONGEST_WAIT:
            self._all.turn_away(lambda: RetryAfter(math.ceil(seconds)))

    def _gate(self, chat: object) -> Gate:
        """The gate of one chat; those that were not used for long are dropped now and then."""
        name = _chat_name(chat)
        if name not in self._chats:
            if len(self._chats) >= self._sweep_at:
                self._chats = {n: gate for n, gate in self._chats.items() if not gate.idle()}
                self._sweep_at = max(MANY_CHATS, 2 * len(self._chats))
            private = isinstance(name, int) and name > 0
            self._chats[name] = Gate(*(IN_PRIVATE if private else IN_A_GROUP))
        return self._chats[name]


def _chat_name(chat: object) -> int | str:
    """A chat's id as a number; the @name of a channel or group as it is."""
    try:
        return int(str(chat))
    except ValueError:
        return str(chat)
