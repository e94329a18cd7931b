"""Taking an update: handing it to its handler, and saying what came of it.

    DONE        its handlers are done, what they sent has arrived
    PASSING     Telegram could not be reached or asks for patience: it can be tried again
    FINAL       it fails the same way however often it is tried

Polling and the webhook differ in what they do about it; what it is, is said here alone.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telegram import Bot, Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationHandlerStop, BaseHandler

from bot.transport.answer import AnswerLost
from bot.transport.metrics import Metrics

AnyApp = Application[Any, Any, Any, Any, Any, Any]
ALLOWED: list[str] = []  # all kinds but three that Telegram sends only to who names them
NOBODY = "nobody"  # for updates that no handler is for
log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What came of an update."""

    DONE = "done"
    PASSING = "passing failure"
    FINAL = "failed"


@dataclass(frozen=True, slots=True)
class Taken:
    """An update that was tried once. ``seconds`` it took, ``handler`` had it; ``silence`` is why it
    has no reply, where the handler's context says so."""

    outcome: Outcome
    handler: str
    seconds: float
    error: Exception | None = None
    silence: str = ""

    @property
    def said_nothing(self) -> bool:
        """Whether nobody can tell if it is taken a second time."""
        return self.handler == NOBODY or bool(self.silence)

    @property
    def retry_after(self) -> float:
        """Seconds that Telegram asks us to wait."""
        asked = self.error._retry_after if isinstance(self.error, RetryAfter) else None
        return asked.total_seconds() if asked else 0.0


async def take(app: AnyApp, update: Update) -> Taken:
    """Hand ``update`` to the first handler of each group that fits, as python-telegram-bot does;
    unlike ``Application.process_update`` it says how that went. It raises nothing."""
    began = time.monotonic()
    name, error, silence = NOBODY, None, ""
    try:
        for handler, check in _fitting(app, update):
            name = _name(handler)
            context = app.context_types.context.from_update(update, app)
            await handler.handle_update(update, app, check, context)
            silence = getattr(context, "silence", "")
    except ApplicationHandlerStop:
        pass
    except Exception as raised:
        error = raised
    return Taken(outcome_of(error), name, time.monotonic() - began, error, silence)


def outcome_of(error: Exception | None) -> Outcome:
    """Whether a failure passes: no connection, a 5xx, a 429 do, a 400 and a 403 do not. A 401 is
    for whoever runs the bot: with another token the update can still be answered."""
    if error is None:
        return Outcome.DONE
    if isinstance(error, BadRequest):  # a NetworkError to python-telegram-bot
        return Outcome.FINAL
    if isinstance(error, AnswerLost):  # what was asked is done
        return Outcome.DONE
    passes = isinstance(error, NetworkError | RetryAfter | InvalidToken)
    return Outcome.PASSING if passes else Outcome.FINAL


def is_update(raw: object) -> bool:
    """Whether it is an update as far as taking it needs: an object with an id."""
    return isinstance(raw, dict) and type(raw.get("update_id")) is int


def read(raw: dict[str, Any], bot: Bot) -> Update:
    """The update that came as ``raw``; one that cannot be read is an update about nothing."""
    try:
        return Update.de_json(raw, bot)
    except Exception as error:
        number = int(raw["update_id"])
        log.error("update %s: %s; it cannot be read", number, type(error).__name__)
        return Update(number)


def tell(update_id: int, taken: Taken, tries: int, metrics: Metrics) -> None:
    """Log and count an update that is over: once, and without a word of what was written."""
    metrics.outcomes.labels(taken.outcome.name.lower()).inc()
    metrics.seconds.observe(taken.seconds)
    if taken.handler == NOBODY:
        return
    facts = {
        "update_id": update_id,
        "handler": taken.handler,
        "milliseconds": round(taken.seconds * 1000, 1),
        "outcome": "silent" if taken.silence else taken.outcome.value,
        "tries": tries,
    }
    if taken.error is None:
        level = (
            logging.DEBUG if taken.silence else logging.INFO
        )  # groups talk much among themselves
        ending = taken.silence or "done"
        log.log(level, "update %s: %s, %s", update_id, taken.handler, ending, extra=facts)
    else:
        log.error("update %s: %s, %s", update_id, taken.handler, said(taken.error), extra=facts)


def said(error: Exception) -> str:
    """An error in a few words. Telegram's reason is left out: it may quote what somebody wrote."""
    if isinstance(error, TelegramError):
        return f"Telegram: {type(error).__name__}"
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


def _fitting(app: AnyApp, update: Update) -> Iterator[tuple[BaseHandler[Any, Any, Any], Any]]:
    """The first handler of each group that wants ``update``, and what it found in it."""
    for group in app.handlers.values():
        for handler in group:
            check = handler.check_update(update)
            if check is not None and check is not False:
                yield handler, check
                break


def _name(handler: BaseHandler[Any, Any, Any]) -> str:
    """The function that the handler calls, with its module: ``commands.condition``."""
    function = handler.callback
    module = getattr(function, "__module__", "").rpartition(".")[2]
    return f"{module}.{getattr(function, '__name__', type(function).__name__)}"
