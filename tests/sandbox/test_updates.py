import asyncio

import pytest

from bot.sandbox import Person, Telegram
from tests.sandbox.calls import refused, result


async def texts(telegram: Telegram, **params: object) -> list[str]:
    updates = await result(telegram, "getUpdates", **params)
    return [update["message"]["text"] for update in updates]


async def test_updates_stay_until_they_are_confirmed(telegram: Telegram, ann: Person) -> None:
    for text in ("1", "2", "3"):
        await ann.says(text)
    assert await texts(telegram) == ["1", "2", "3"]
    assert await texts(telegram, limit=2) == ["1", "2"]
    second = (await result(telegram, "getUpdates"))[1]["update_id"]
    assert await texts(telegram, offset=second) == ["2", "3"]
    assert await texts(telegram, offset=-1) == ["3"]
    assert await texts(telegram, offset=second + 2) == []


async def test_a_long_poll_wakes_when_something_happens(telegram: Telegram, ann: Person) -> None:
    poll = asyncio.create_task(texts(telegram, timeout=30))
    await asyncio.sleep(0)
    assert not poll.done()
    await ann.says("Hi")
    assert await asyncio.wait_for(poll, 1) == ["Hi"]


async def test_a_long_poll_ends_by_itself(telegram: Telegram) -> None:
    telegram.updates.add({"update_id": 1})
    assert len(await result(telegram, "getUpdates", timeout=30)) == 1
    poll = asyncio.create_task(telegram.call("getUpdates", {"offset": 2, "timeout": 1}))
    await asyncio.sleep(0)
    telegram.signal.fire()  # something else happened; the poll goes on
    assert (await asyncio.wait_for(poll, 3))["result"] == []


async def test_only_one_bot_may_poll(telegram: Telegram) -> None:
    first = asyncio.create_task(refused(telegram, "getUpdates", timeout=30))
    await asyncio.sleep(0)
    assert await result(telegram, "getUpdates") == []
    assert await first == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )


async def test_allowed_updates(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Friends")
    await group.welcomes(ann)  # chat_member comes only to those who ask for it
    assert [list(update)[1] for update in await result(telegram, "getUpdates")] == ["message"]
    telegram.updates.pending.clear()
    await result(telegram, "getUpdates", allowed_updates=["chat_member", "callback_query"])
    await group.welcomes(telegram.person("Bob"))
    await ann.says("Hi")
    assert [list(update)[1] for update in await result(telegram, "getUpdates")] == ["chat_member"]


async def test_a_webhook_stops_polling(telegram: Telegram, ann: Person) -> None:
    poll = asyncio.create_task(refused(telegram, "getUpdates", timeout=30))
    await asyncio.sleep(0)
    hook = {"url": "https://example.org/hook", "secret_token": "se-cret_1"}
    assert await result(telegram, "setWebhook", **hook, allowed_updates=["message"])
    assert await poll == "Conflict: terminated by setWebhook request"
    assert (await refused(telegram, "getUpdates")).startswith("Conflict: can't use getUpdates")
    await ann.says("Hi")
    info = await result(telegram, "getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (hook["url"], 1)
    assert info["allowed_updates"] == ["message"]
    assert await result(telegram, "deleteWebhook", drop_pending_updates=True)
    assert (await result(telegram, "getWebhookInfo"))["url"] == ""
    assert await result(telegram, "getUpdates") == []


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"url": "http://example.org"},
         "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org", "secret_token": "no spaces"},
         "secret token contains unallowed characters"),
    ],
)  # fmt: skip
async def test_webhooks_that_are_refused(
    telegram: Telegram, params: dict[str, object], complaint: str
) -> None:
    assert await refused(telegram, "setWebhook", **params) == f"Bad Request: {complaint}"
