"""Calls to Telegram, watched."""

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.sandbox import Telegram
from bot.transport.metrics import Metrics
from bot.transport.reach import Reach
from bot.transport.taking import AnyApp
from tests.transport.conftest import value


async def test_telegram_is_reached_when_it_answers(app: AnyApp, reach: Reach) -> None:
    reach.heard_at = reach.sent_at = 0.0
    await app.bot.get_updates(timeout=0)
    assert reach.within(60)
    assert reach.sent_at == 0.0
    await app.bot.get_me()
    assert reach.sent_at > 0


async def test_what_it_refuses_is_counted_and_is_no_sign_of_reach(
    app: AnyApp, telegram: Telegram, metrics: Metrics, reach: Reach
) -> None:
    reach.heard_at = reach.sent_at = 0.0
    for code, error in ((400, BadRequest), (403, Forbidden), (500, NetworkError)):
        telegram.fail("getMe", code=code)
        with pytest.raises(error):
            await app.bot.get_me()
        assert value(metrics, "bot_refusals_total", method="getMe", status=f"{code}") == 1
    assert reach.sent_at == 0.0


@pytest.mark.parametrize("asked", [7, None])
async def test_how_long_it_asks_us_to_wait_is_shown(
    app: AnyApp, telegram: Telegram, metrics: Metrics, asked: int | None
) -> None:
    telegram.fail("getMe", code=429, retry_after=asked)
    with pytest.raises(RetryAfter if asked else Exception):
        await app.bot.get_me()
    assert value(metrics, "bot_retry_after_seconds") == (asked or 0)
