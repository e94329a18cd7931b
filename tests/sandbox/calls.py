"""Calling Telegram without python-telegram-bot, which refuses some nonsense by itself."""

from typing import Any

from bot.sandbox import Telegram


async def result(telegram: Telegram, method: str, **params: object) -> Any:
    """What the call gives; an ``AssertionError`` with Telegram's words if it is refused."""
    answer = await telegram.call(method, params)
    assert answer["ok"], answer
    return answer["result"]


async def refused(telegram: Telegram, method: str, **params: object) -> str:
    """What Telegram says instead; an ``AssertionError`` if it does what it should refuse."""
    answer = await telegram.call(method, params)
    assert not answer["ok"], answer
    assert answer["description"].startswith(
        {400: "Bad Request: ", 403: "Forbidden: ", 404: "Not Found", 409: "Conflict: "}[
            answer["error_code"]
        ]
    )
    return str(answer["description"])


def keyboard(*rows: list[dict[str, object]]) -> dict[str, object]:
    return {"inline_keyboard": list(rows)}


def button(label: str = "Go", **does: object) -> dict[str, object]:
    return {"text": label, **(does or {"callback_data": "go"})}
