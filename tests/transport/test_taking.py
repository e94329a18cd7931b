"""What came of an update: done, failed for now, or failed for good."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, Message, Update, User
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ApplicationHandlerStop, CallbackContext, TypeHandler

from bot.transport.answer import AnswerLost
from bot.transport.metrics import Metrics
from bot.transport.taking import AnyApp, Outcome, Taken, is_update, outcome_of, read, take, tell
from tests.transport.conftest import Answer, value

WORDS = "zanzibar remedy"
Any_Context = CallbackContext[Any, Any, Any, Any]


def update(update_id: int = 7) -> Update:
    ann = User(5, "Ann", False)
    message = Message(1, datetime.now(UTC), Chat(5, "private"), from_user=ann, text=WORDS)
    return Update(update_id, message=message)


def failing(error: Exception) -> Answer:
    async def fail(update: Update, context: Any_Context) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, Outcome.DONE),
        (AnswerLost("x"), Outcome.DONE),
        (NetworkError("x"), Outcome.PASSING),
        (TimedOut(), Outcome.PASSING),
        (InvalidToken("x"), Outcome.PASSING),
        (BadRequest("x"), Outcome.FINAL),
        (Forbidden("x"), Outcome.FINAL),
        (ChatMigrated(-5), Outcome.FINAL),
        (Conflict("x"), Outcome.FINAL),
        (TelegramError("x"), Outcome.FINAL),
        (ValueError("x"), Outcome.FINAL),
    ],
)
def test_a_failure_passes_or_does_not(error: Exception | None, outcome: Outcome) -> None:
    assert outcome_of(error) is outcome


def test_to_be_asked_for_patience_passes() -> None:
    assert outcome_of(RetryAfter(3)) is Outcome.PASSING


async def test_it_is_done_by_the_first_handler_that_fits(app: AnyApp, answers: Any) -> None:
    seen = []

    async def first(update: Update, context: Any_Context) -> None:
        seen.append((update, context.bot.username))

    answers(first)
    answers(failing(ValueError("never")))
    taken = await take(app, update())
    assert (taken.outcome, taken.error) == (Outcome.DONE, None)
    assert taken.handler == "test_taking.first"
    assert len(seen) == 1


async def test_an_error_is_handed_on_and_not_raised(app: AnyApp, answers: Any) -> None:
    answers(failing(RetryAfter(12)))
    taken = await take(app, update())
    assert taken.outcome is Outcome.PASSING
    assert taken.retry_after == 12
    assert (await take(app, update())).handler.startswith("test_taking.")


async def test_every_group_of_handlers_has_its_turn_until_one_says_stop(app: AnyApp) -> None:
    seen = []

    def noting(group: int) -> Answer:
        async def note(update: Update, context: Any_Context) -> None:
            seen.append(group)
            if group == 2:
                raise ApplicationHandlerStop

        return note

    for group in (3, 1, 2):
        app.add_handler(TypeHandler(Update, noting(group)), group)
    assert (await take(app, update())).outcome is Outcome.DONE
    assert seen == [1, 2]


async def test_what_nobody_is_for_is_done(app: AnyApp) -> None:
    taken = await take(app, read({"update_id": 7, "a_kind_to_come": {"id": 1}}, app.bot))
    assert (taken.outcome, taken.handler) == (Outcome.DONE, "nobody")


async def test_an_update_that_cannot_be_read_is_about_nothing(
    app: AnyApp, caplog: pytest.LogCaptureFixture
) -> None:
    broken = read({"update_id": 7, "message": {"text": WORDS}}, app.bot)
    assert (broken.update_id, broken.message) == (7, None)
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith("update 7: ")
    assert WORDS not in caplog.text


@pytest.mark.parametrize(
    "raw", [None, [], "x", {}, {"update_id": "7"}, {"update_id": None}, {"update_id": True}]
)
def test_what_has_no_id_is_no_update(raw: object) -> None:
    assert not is_update(raw)
    assert is_update({"update_id": 7})


async def test_one_line_tells_of_it_without_words(
    app: AnyApp, answers: Any, metrics: Metrics, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    answers(failing(ValueError(WORDS)))
    tell(7, await take(app, update()), 2, metrics)
    (record,) = caplog.records
    facts = vars(record)
    assert record.levelno == logging.ERROR
    assert (facts["update_id"], facts["outcome"], facts["tries"]) == (7, "failed", 2)
    assert facts["handler"] == "test_taking.fail"
    assert facts["milliseconds"] >= 0
    assert "ValueError at " in record.getMessage()
    assert WORDS not in record.getMessage()
    assert value(metrics, "bot_outcomes_total", outcome="final") == 1


async def test_silence_is_told_with_its_reason_to_who_wants_to_know(
    app: AnyApp, answers: Any, metrics: Metrics, caplog: pytest.LogCaptureFixture
) -> None:
    async def silent(update: Update, context: Any_Context) -> None:
        context.silence = "no topic"  # type: ignore[attr-defined]

    caplog.set_level(logging.DEBUG, "bot")
    answers(silent)
    tell(7, await take(app, update()), 1, metrics)
    (record,) = caplog.records
    assert record.levelno == logging.DEBUG
    assert vars(record)["outcome"] == "silent"
    assert record.getMessage() == "update 7: test_taking.silent, no topic"


def test_what_telegram_refused_is_told_without_its_reason(
    metrics: Metrics, caplog: pytest.LogCaptureFixture
) -> None:
    taken = Taken(Outcome.FINAL, "x", 0.1, BadRequest(f'unsupported tag "{WORDS}"'))
    tell(7, taken, 1, metrics)
    assert "Telegram: BadRequest" in caplog.text
    assert WORDS not in caplog.text


def test_what_nobody_is_for_is_counted_and_not_logged(
    metrics: Metrics, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    tell(7, Taken(Outcome.DONE, "nobody", 0.1), 1, metrics)
    assert caplog.records == []
    assert value(metrics, "bot_outcomes_total", outcome="done") == 1
    assert value(metrics, "bot_update_seconds_count") == 1
