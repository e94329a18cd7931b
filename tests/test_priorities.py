"""Whose answer leaves first: what is urgent, then what people wait for."""

from typing import Any

import pytest

from bot.priority import Priority
from bot.sandbox import Person, Telegram
from bot.transport.limiter import Limiter


@pytest.fixture
def priorities(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> list[Priority | None]:
    """That of each message, in the order in which they left."""
    seen = []
    send = Limiter.process_request

    async def record(limiter: Limiter, *call: Any, **named: Any) -> object:
        seen.append(named["rate_limit_args"])
        return await send(limiter, *call, **named)

    monkeypatch.setattr(Limiter, "process_request", record)
    return seen


async def test_an_urgent_answer_goes_before_the_others(
    ann: Person, priorities: list[Priority | None]
) -> None:
    await ann.says("/condition crohns")
    await ann.says("I can't breathe")
    assert priorities == [Priority.PEOPLE, Priority.URGENT]


async def test_so_it_does_in_a_group(
    telegram: Telegram, ann: Person, priorities: list[Priority | None]
) -> None:
    group = telegram.group("Living with IBD")
    group.add(ann)
    await ann.says("my mum can't breathe", chat=group)
    assert priorities == [Priority.URGENT]
