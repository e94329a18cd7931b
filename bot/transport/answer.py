"""What came back, made fit for python-telegram-bot, which trusts it to be Telegram's."""

import json
from typing import Any, Never

from telegram.error import NetworkError

UNREADABLE = "what came back is no answer of Telegram's"
NUMBERS = ("retry_after", "migrate_to_chat_id")
LONGEST_WAIT = 24 * 60 * 60  # seconds; nobody waits longer, whatever an answer says


class AnswerLost(NetworkError):
    """Telegram said yes, and the rest of its answer did not arrive."""


class Answer(dict[str, Any]):
    """A JSON object; asking for what it does not hold is a ``NetworkError``."""

    def __missing__(self, key: str) -> Never:
        raise NetworkError(UNREADABLE)


def read_answer(payload: bytes) -> Answer:
    """The object that ``payload`` holds.

    Raises:
        NetworkError: it holds something else.
    """
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise NetworkError(UNREADABLE) from None
    if not isinstance(answer, dict):
        raise NetworkError(UNREADABLE)
    return Answer(answer)


def refusal(status: int, payload: bytes) -> bytes:
    """Of the answer to a call that failed, what python-telegram-bot makes an error of.

    Raises:
        NetworkError: it is no refusal of Telegram's; ``status`` is that of whoever stands between.
    """
    try:
        answer = read_answer(payload)
        description, parameters = answer["description"], answer.get("parameters")
    except NetworkError:
        raise NetworkError(f"HTTP {status}: {UNREADABLE}") from None
    kept: dict[str, Any] = {"description": str(description)}
    if isinstance(parameters, dict):
        kept["parameters"] = {
            name: number if name != "retry_after" else min(number, LONGEST_WAIT)
            for name, number in parameters.items()
            if name in NUMBERS and type(number) is int
        }
    return json.dumps(kept).encode()
