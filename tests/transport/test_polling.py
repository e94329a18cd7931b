"""Polling, over the sandbox: what the offset passes, and what is tried again."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import CallbackContext

from bot.sandbox import Telegram
from bot.transport import polling
from bot.transport.ledger import Ledger
from bot.transport.metrics import Metrics
from bot.transport.patience import Rejected
from bot.transport.polling import TRIES, Polling
from bot.transport.reach import Reach
from bot.transport.taking import AnyApp
from bot.transport.turns import Urgent, nothing_urgent
from tests.transport.conftest import asks_for_help, echo, echo_after, until, value
from tests.transport.keeping import Kept

Context = CallbackContext[Any, Any, Any, Any]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds takes hundredths here."""
    monkeypatch.setattr(polling, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(polling, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(polling, "CONFLICT_WAIT", 0.05)
    monkeypatch.setattr(polling, "FULL_HANDS", (0.01, 0.05))


class Desk:
    """Polling that runs until the test says stop."""

    def __init__(self, app: AnyApp, kept: Kept, metrics: Metrics, reach: Reach) -> None:
        self.app, self.kept, self.metrics, self.reach = app, kept, metrics, reach
        self.urgent: Urgent = nothing_urgent

    @asynccontextmanager
    async def at_work(self, seconds: float = 5.0) -> AsyncIterator[Polling]:
        """From the start to the stop, with what a process remembers."""
        ledger, stop = Ledger(self.kept), asyncio.Event()
        polling = Polling(self.app, ledger, self.metrics, self.reach, self.urgent)
        await polling.open()
        running = asyncio.create_task(polling.run(stop))
        try:
            yield polling
        finally:
            stop.set()
            await running
            await polling.finish(seconds)
            await ledger.close()


@pytest.fixture
def desk(app: AnyApp, kept: Kept, metrics: Metrics, reach: Reach) -> Desk:
    return Desk(app, kept, metrics, reach)


Answers = Callable[[Any], None]


async def test_what_is_said_is_answered_and_then_confirmed(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    answers(echo)
    ann = telegram.person("Ann")
    async with desk.at_work():
        await ann.says("one")
        assert (await ann.hears()).text == "one"
        await until(lambda: not telegram.updates.pending)
    assert desk.kept.ids == {1}
    assert value(desk.metrics, "bot_updates_total", kind="message") == 1


async def test_what_waited_before_the_start_is_answered(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    answers(echo)
    people = [telegram.person(f"P{n}") for n in range(250)]
    for person in people:
        await person.says("hello")
    async with desk.at_work():
        await until(lambda: not telegram.updates.pending)
    assert all(len(person.messages) == 2 for person in people)


async def test_nothing_is_confirmed_before_it_is_done(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    over = asyncio.Event()

    async def slow(update: Update, context: Context) -> None:
        if update.effective_message and update.effective_message.text == "slow":
            await over.wait()
        await echo(update, context)

    answers(slow)
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    async with desk.at_work():
        await ann.says("slow")
        for number in range(120):  # more than come with one poll
            await bob.says(f"{number}")
            await bob.hears()
            if number == 98:
                break
        assert telegram.updates.pending[0]["update_id"] == 1
        polls = sum(call.method == "getUpdates" for call in telegram.calls)
        await asyncio.sleep(0.3)
        more = sum(call.method == "getUpdates" for call in telegram.calls) - polls
        assert more <= 12  # it does not spin
        over.set()
        await until(lambda: not telegram.updates.pending)
    assert len(ann.messages) == 2


async def test_a_chat_is_answered_in_order(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    async def uneven(update: Update, context: Context) -> None:
        assert update.effective_message is not None
        await asyncio.sleep(0.02 if update.effective_message.text == "0" else 0)
        await echo(update, context)

    answers(uneven)
    ann = telegram.person("Ann")
    for number in range(20):
        await ann.says(f"{number}")
    async with desk.at_work():
        await until(lambda: not telegram.updates.pending)
    said = [message.text for message in ann.messages if message.sender is telegram.bot]
    assert said == [f"{number}" for number in range(20)]


async def test_what_is_urgent_waits_for_nobody_in_its_chat(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    over = asyncio.Event()
    answers(echo_after(over))
    ann = telegram.person("Ann")
    desk.urgent = asks_for_help
    for said in ("one", "two", "help"):
        await ann.says(said)
    async with desk.at_work():
        assert (await ann.hears()).text == "help"
        over.set()
        await until(lambda: not telegram.updates.pending)
    heard = [message.text for message in ann.messages if message.sender is telegram.bot]
    assert heard == ["help", "one", "two"]


async def test_what_fails_in_passing_is_tried_again(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    answers(echo)
    ann = telegram.person("Ann")
    telegram.fail("sendMessage", code=502, times=2)
    async with desk.at_work():
        await ann.says("one")
        assert (await ann.hears()).text == "one"
    assert value(desk.metrics, "bot_retries_total") == 2
    assert value(desk.metrics, "bot_refusals_total", method="sendMessage", status="502") == 2


@pytest.mark.parametrize("code", [400, 403])
async def test_what_telegram_refuses_for_good_is_let_go(
    telegram: Telegram,
    desk: Desk,
    answers: Answers,
    code: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answers(echo)
    ann = telegram.person("Ann")
    telegram.fail("sendMessage", code=code)
    async with desk.at_work():
        await ann.says("one")
        await until(lambda: not telegram.updates.pending)
    assert len(ann.messages) == 1
    errors = [line for line in caplog.records if line.levelno >= logging.ERROR]
    assert [line.getMessage()[:9] for line in errors] == ["update 1:"]


async def test_while_telegram_is_away_nothing_is_given_up(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    answers(echo)
    ann = telegram.person("Ann")
    telegram.fail("sendMessage", code=502, times=3 * TRIES)
    async with desk.at_work():
        await ann.says("one")
        assert (await ann.hears()).text == "one"


async def test_what_fails_again_and_again_while_others_go_is_let_go(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    tries = []

    async def unlucky(update: Update, context: Context) -> None:
        assert update.effective_message is not None
        if update.effective_message.text == "unlucky":
            tries.append(1)
            desk.reach.sent()
            raise NetworkError("x")
        await echo(update, context)

    answers(unlucky)
    ann = telegram.person("Ann")
    async with desk.at_work():
        await ann.says("unlucky")
        await ann.says("lucky")
        assert (await ann.hears()).text == "lucky"
    assert TRIES <= len(tries) <= TRIES + 1


async def test_a_wait_that_telegram_asks_for_is_kept(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    answers(echo)
    ann = telegram.person("Ann")
    telegram.fail("sendMessage", code=429, retry_after=1)
    loop = asyncio.get_running_loop()
    async with desk.at_work():
        began = loop.time()
        await ann.says("one")
        assert (await ann.hears()).text == "one"
        assert loop.time() - began >= 1
    assert value(desk.metrics, "bot_retry_after_seconds") == 1


async def test_one_that_holds_up_everybody_for_ten_seconds_is_passed(
    telegram: Telegram, desk: Desk, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.transport.window.PATIENCE", 0.2)
    over = asyncio.Event()

    async def stuck(update: Update, context: Context) -> None:
        assert update.effective_message is not None
        if update.effective_message.text == "stuck":
            await over.wait()
        await echo(update, context)

    answers(stuck)
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    async with desk.at_work():
        await ann.says("stuck")
        for number in range(150):
            await bob.says(f"{number}")
        await until(lambda: not telegram.updates.pending)
        assert value(desk.metrics, "bot_let_go_total") == 1
        over.set()
        assert (await ann.hears()).text == "stuck"


async def test_what_a_former_process_has_answered_is_not_answered_again(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    answers(echo)
    ann = telegram.person("Ann")
    for text in ("one", "two", "three"):
        await ann.says(text)
    desk.kept.written.append([1, 3])
    async with desk.at_work():
        await until(lambda: not telegram.updates.pending)
    assert [m.text for m in ann.messages if m.sender is telegram.bot] == ["two"]


async def test_an_update_that_comes_twice_is_answered_once(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    answers(echo)
    ann = telegram.person("Ann")
    await ann.says("one")
    (update,) = telegram.updates.pending
    async with desk.at_work():
        await until(lambda: not telegram.updates.pending)
        telegram.updates.add(update)
        await until(lambda: not telegram.updates.pending)
    assert len(ann.messages) == 2


async def test_what_was_left_without_an_answer_costs_the_database_nothing(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    seen = []

    async def silent(update: Update, context: Context) -> None:
        seen.append(update.update_id)
        context.silence = "no topic"  # type: ignore[attr-defined]

    answers(silent)
    ann = telegram.person("Ann")
    await ann.says("one")
    (update,) = telegram.updates.pending
    async with desk.at_work():
        await until(lambda: not telegram.updates.pending)
        telegram.updates.add(update)
        await until(lambda: not telegram.updates.pending)
    assert seen == [1]
    assert desk.kept.written == []


async def test_kinds_to_come_are_taken_and_let_go(
    telegram: Telegram, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.updates.add({"update_id": 1, "a_kind_to_come": {"id": "x"}})
    async with desk.at_work():
        await until(lambda: not telegram.updates.pending)
    assert value(desk.metrics, "bot_updates_total", kind="other") == 1
    assert caplog.records == []


async def test_at_the_stop_what_is_in_hand_is_finished_and_confirmed(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    begun = asyncio.Event()

    async def slow(update: Update, context: Context) -> None:
        begun.set()
        await asyncio.sleep(0.2)
        await echo(update, context)

    answers(slow)
    ann = telegram.person("Ann")
    async with desk.at_work():
        await ann.says("one")
        await begun.wait()
    assert len(ann.messages) == 2
    assert telegram.updates.pending == []


async def test_what_cannot_be_finished_in_time_comes_again(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    begun = asyncio.Event()

    async def endless(update: Update, context: Context) -> None:
        begun.set()
        await asyncio.sleep(60)

    answers(endless)
    ann = telegram.person("Ann")
    async with desk.at_work(seconds=0.05):
        await ann.says("one")
        await begun.wait()
    assert len(telegram.updates.pending) == 1
    assert desk.kept.ids == set()


@pytest.mark.parametrize(("times", "left"), [(1, 0), (2, 1)])
async def test_at_the_stop_what_failed_in_passing_has_one_more_try(
    telegram: Telegram,
    desk: Desk,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
    times: int,
    left: int,
) -> None:
    monkeypatch.setattr(polling, "FIRST_WAIT", 30.0)
    answers(echo)
    ann = telegram.person("Ann")
    telegram.fail("sendMessage", code=502, times=times)
    async with desk.at_work():
        await ann.says("one")
        await until(lambda: value(desk.metrics, "bot_retries_total"))
    assert len(telegram.updates.pending) == left
    assert len(desk.kept.ids) == 1 - left


async def test_another_poller_is_said_clearly_and_waited_for(
    telegram: Telegram, desk: Desk, answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    answers(echo)
    ann = telegram.person("Ann")
    async with desk.at_work():
        await until(lambda: telegram.updates.allowed == set() and telegram.updates._poll == 1)
        other = await telegram.call("getUpdates", {"timeout": 1})
        assert not other["ok"]  # the two of them take turns at throwing each other out
        await ann.says("one")
        assert (await ann.hears()).text == "one"
    assert value(desk.metrics, "bot_conflicts_total") >= 1
    assert "another program fetches this bot's updates" in caplog.text


@pytest.mark.parametrize("code", [429, 500, 502])
async def test_a_poll_that_fails_is_made_again(
    telegram: Telegram, desk: Desk, answers: Answers, code: int
) -> None:
    answers(echo)
    ann = telegram.person("Ann")
    telegram.fail("getUpdates", code=code, times=3)
    async with desk.at_work():
        await ann.says("one")
        assert (await ann.hears()).text == "one"


async def test_a_revoked_token_ends_it(app: AnyApp, telegram: Telegram, desk: Desk) -> None:
    polling = Polling(app, Ledger(desk.kept), desk.metrics, desk.reach)
    telegram.fail("getUpdates", code=401, description="Unauthorized")
    with pytest.raises(Rejected):
        await polling.run(asyncio.Event())
    await polling.finish(1)


async def test_what_is_no_list_of_updates_is_a_poll_that_failed(
    telegram: Telegram, desk: Desk, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(echo)
    odd: list[Any] = [{"update_id": 1}, [1, 2], [{"update_id": "x"}], None]
    real = telegram.updates.get

    async def oddly(params: Any) -> Any:
        return odd.pop() if odd else await real(params)

    monkeypatch.setattr(telegram.updates, "get", oddly)
    ann = telegram.person("Ann")
    async with desk.at_work():
        await ann.says("one")
        assert (await ann.hears()).text == "one"


async def test_polling_takes_a_webhook_away_and_drops_nothing(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    answers(echo)
    ann = telegram.person("Ann")
    await telegram.call("setWebhook", {"url": "https://example.org/x"})
    await ann.says("one")
    async with desk.at_work():
        assert (await ann.hears()).text == "one"


async def test_ten_thousand_at_once_are_all_answered_and_few_are_in_hand(
    telegram: Telegram, desk: Desk, answers: Answers
) -> None:
    most = 0

    async def count(update: Update, context: Context) -> None:
        nonlocal most
        most = max(most, int(value(desk.metrics, "bot_queue")))

    answers(count)
    people = [telegram.person(f"P{n}") for n in range(100)]
    for _ in range(100):
        for person in people:
            await person.says("hello")
    async with desk.at_work():
        await until(lambda: not telegram.updates.pending, 30)
    assert value(desk.metrics, "bot_outcomes_total", outcome="done") == 10_000
    assert most <= polling.MOST
    assert len(desk.kept.ids) == 10_000
