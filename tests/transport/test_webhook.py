"""The webhook, over HTTP: which answer Telegram gets to a delivery, and when."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import CallbackContext

from bot.sandbox import Person, Telegram
from bot.transport import webhook as webhooks
from bot.transport.claims import Claims
from bot.transport.ledger import Ledger
from bot.transport.listening import Server
from bot.transport.metrics import Metrics
from bot.transport.patience import Rejected
from bot.transport.reach import Reach
from bot.transport.taking import AnyApp
from bot.transport.webhook import SECRET, Webhook
from tests.test_transport import free_port
from tests.transport.conftest import asks_for_help, echo, echo_after, until, value
from tests.transport.keeping import Kept

Context = CallbackContext[Any, Any, Any, Any]
Answers = Callable[[Any], None]
URL, PATH, OURS = "https://bot.example.org/hook", "/hook", "a-secret_of-ours"


@dataclass
class Post:
    """Telegram, at the door."""

    session: ClientSession
    address: str
    telegram: Telegram

    async def deliver(self, update: object, secret: str | None = OURS) -> int:
        headers = {SECRET: secret} if secret is not None else {}
        async with self.session.post(self.address, json=update, headers=headers) as response:
            return response.status

    async def next(self) -> int:
        """Deliver what waits longest."""
        return await self.deliver(self.telegram.updates.pending.pop(0))


async def slow_echo(update: Update, context: Context) -> None:
    """So slow that a stop can come in between."""
    await asyncio.sleep(0.1)
    await echo(update, context)


@pytest.fixture
async def webhook(
    app: AnyApp, kept: Kept, ledger: Ledger, metrics: Metrics, reach: Reach
) -> AsyncIterator[Webhook]:
    webhook = Webhook(app, Claims(kept, ledger, "a"), metrics, reach, URL, OURS, asks_for_help)
    await webhook.open()
    yield webhook
    await webhook.finish(1)


@pytest.fixture
async def post(webhook: Webhook, metrics: Metrics, telegram: Telegram) -> AsyncIterator[Post]:
    async def state() -> dict[str, bool]:
        return {}

    port = free_port()
    server = Server(metrics, state)
    server.deliver(PATH, webhook.deliver)
    await server.start("127.0.0.1", port)
    async with ClientSession() as session:
        yield Post(session, f"http://127.0.0.1:{port}{PATH}", telegram)
    await server.close()


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    return telegram.person("Ann")


async def test_it_tells_telegram_where_it_is_and_with_which_secret(
    telegram: Telegram, webhook: Webhook
) -> None:
    assert telegram.updates.webhook == {"url": URL, "secret_token": OURS}
    (call,) = [call for call in telegram.calls if call.method == "setWebhook"]
    assert call.params["max_connections"] == "100"
    assert call.params["allowed_updates"] == "[]"
    assert "drop_pending_updates" not in call.params or call.params["drop_pending_updates"] in (
        "false",
        "False",
    )


async def test_it_is_told_where_again_until_telegram_hears_it(
    telegram: Telegram, webhook: Webhook
) -> None:
    tasks = len(asyncio.all_tasks())
    telegram.fail("setWebhook", code=502)
    with pytest.raises(NetworkError):
        await webhook.open()
    await webhook.open()
    assert len(asyncio.all_tasks()) == tasks


async def test_the_answer_comes_after_the_work(post: Post, ann: Person, answers: Answers) -> None:
    over = asyncio.Event()
    answers(echo_after(over))
    await ann.says("one")
    delivery = asyncio.create_task(post.next())
    await asyncio.sleep(0.05)
    assert not delivery.done()
    over.set()
    assert await delivery == 200
    assert ann.messages[-1].text == "one"


@pytest.mark.parametrize("secret", [None, "", "wrong", OURS + "x", OURS.upper(), "é"])
async def test_without_the_secret_nothing_is_read(
    post: Post, ann: Person, answers: Answers, secret: str | None, metrics: Metrics
) -> None:
    answers(echo)
    await ann.says("one")
    assert await post.deliver(post.telegram.updates.pending[0], secret) == 401
    headers = {SECRET: secret.encode().decode("latin-1")} if secret else {}
    async with post.session.post(post.address, data=b"\xff{", headers=headers) as response:
        assert response.status == 401
    assert len(ann.messages) == 1
    assert value(metrics, "bot_updates_total", kind="message") == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b'{"update_id": "x"}', b"\xff", b"[" * 99999]
)
async def test_what_is_no_update_is_no_update(post: Post, body: bytes) -> None:
    async with post.session.post(post.address, data=body, headers={SECRET: OURS}) as response:
        assert response.status == 400


async def test_the_same_update_twice_is_answered_once(
    post: Post, ann: Person, answers: Answers
) -> None:
    answers(echo)
    await ann.says("one")
    update = post.telegram.updates.pending[0]
    assert await post.deliver(update) == 200
    assert await post.deliver(update) == 200
    assert len(ann.messages) == 2


async def test_a_second_delivery_meanwhile_is_put_off(
    post: Post, ann: Person, answers: Answers
) -> None:
    over = asyncio.Event()
    answers(echo_after(over))
    await ann.says("one")
    update = post.telegram.updates.pending[0]
    first = asyncio.create_task(post.deliver(update))
    await asyncio.sleep(0.05)
    assert await post.deliver(update) == 503
    over.set()
    assert await first == 200
    assert len(ann.messages) == 2


async def test_what_another_copy_has_is_put_off_until_that_has_answered(
    post: Post, ann: Person, answers: Answers, kept: Kept, ledger: Ledger
) -> None:
    answers(echo)
    other = Claims(kept, Ledger(kept), "b")
    await ann.says("one")
    update = post.telegram.updates.pending[0]
    await other.claim(update["update_id"])
    assert await post.deliver(update) == 503
    await other.done(update["update_id"])
    assert await post.deliver(update) == 200
    assert len(ann.messages) == 1


async def test_what_failed_in_passing_is_delivered_again(
    post: Post, ann: Person, answers: Answers, telegram: Telegram
) -> None:
    answers(echo)
    telegram.fail("sendMessage", code=502, times=2)
    await ann.says("one")
    update = telegram.updates.pending[0]
    assert [await post.deliver(update) for _ in range(3)] == [503, 503, 200]
    assert ann.messages[-1].text == "one"


async def test_what_failed_three_times_is_logged_and_let_go(
    post: Post,
    ann: Person,
    answers: Answers,
    telegram: Telegram,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answers(echo)
    telegram.fail("sendMessage", code=502, times=9)
    await ann.says("one")
    update = telegram.updates.pending[0]
    assert [await post.deliver(update) for _ in range(4)] == [503, 503, 200, 200]
    (error,) = [line for line in caplog.records if line.levelno >= logging.ERROR]
    assert error.getMessage().startswith("update 1: ")
    assert vars(error)["tries"] == 3


@pytest.mark.parametrize("code", [400, 403])
async def test_what_no_other_try_would_change_is_done(
    post: Post, ann: Person, answers: Answers, telegram: Telegram, code: int
) -> None:
    answers(echo)
    telegram.fail("sendMessage", code=code)
    await ann.says("one")
    assert await post.next() == 200


async def test_without_its_database_it_answers_all_the_same(
    post: Post, ann: Person, answers: Answers, kept: Kept
) -> None:
    answers(echo)
    kept.gone = True
    await ann.says("one")
    update = post.telegram.updates.pending[0]
    assert await post.deliver(update) == 200
    assert await post.deliver(update) == 200
    assert len(ann.messages) == 2


async def test_a_chat_is_answered_in_the_order_of_delivery(
    post: Post, ann: Person, answers: Answers
) -> None:
    async def uneven(update: Update, context: Context) -> None:
        assert update.effective_message is not None
        await asyncio.sleep(0.03 if update.effective_message.text == "0" else 0)
        await echo(update, context)

    answers(uneven)
    deliveries = []
    for number in range(5):
        await ann.says(f"{number}")
        deliveries.append(asyncio.create_task(post.next()))
        await asyncio.sleep(0.005)
    assert await asyncio.gather(*deliveries) == [200] * 5
    said = [message.text for message in ann.messages if message.sender is post.telegram.bot]
    assert said == [f"{number}" for number in range(5)]


async def test_what_is_urgent_waits_for_nobody_in_its_chat(
    post: Post, ann: Person, answers: Answers, webhook: Webhook, metrics: Metrics
) -> None:
    over = asyncio.Event()
    answers(echo_after(over))
    for said in ("one", "help"):
        await ann.says(said)
    first = asyncio.create_task(post.next())
    await until(lambda: value(metrics, "bot_queue"))
    assert await post.next() == 200
    assert ann.messages[-1].text == "help"
    over.set()
    assert await first == 200


async def test_kinds_to_come_are_taken_and_let_go(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    assert await post.deliver({"update_id": 1, "a_kind_to_come": {"id": "x"}}) == 200
    assert caplog.records == []


async def test_before_and_after_it_is_open_deliveries_are_put_off(
    post: Post, ann: Person, answers: Answers, webhook: Webhook
) -> None:
    answers(echo)
    await webhook.finish(1)
    await ann.says("one")
    assert await post.next() == 503
    assert len(ann.messages) == 1


async def test_at_the_stop_what_is_in_hand_is_finished(
    post: Post, ann: Person, answers: Answers, webhook: Webhook, metrics: Metrics
) -> None:
    answers(slow_echo)
    await ann.says("one")
    delivery = asyncio.create_task(post.next())
    await until(lambda: value(metrics, "bot_queue"))
    await webhook.finish(5)
    assert ann.messages[-1].text == "one"
    assert await delivery == 200


async def test_a_try_that_the_stop_cuts_short_is_no_failure(
    post: Post,
    ann: Person,
    answers: Answers,
    webhook: Webhook,
    telegram: Telegram,
    metrics: Metrics,
) -> None:
    answers(slow_echo)
    telegram.fail("sendMessage", code=502, times=9)
    await ann.says("one")
    update = telegram.updates.pending[0]
    assert [await post.deliver(update) for _ in range(2)] == [503, 503]
    delivery = asyncio.create_task(post.deliver(update))
    await until(lambda: value(metrics, "bot_queue"))
    await webhook.finish(5)
    assert await delivery == 503


async def test_when_telegram_is_silent_it_is_asked_whether_it_knows_us(
    webhook: Webhook, telegram: Telegram, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "PROBE", 0.01)
    telegram.fail("getMe", code=502)
    stop = asyncio.Event()
    running = asyncio.create_task(webhook.run(stop))
    before = reach.heard_at
    await until(lambda: reach.heard_at > before)
    telegram.fail("getMe", code=401, description="Unauthorized")
    with pytest.raises(Rejected):
        async with asyncio.timeout(5):
            await running
