"""What Telegram answers when it will not do something.

Errors:
    Refusal             a call that Telegram refuses; the bot gets it as {"ok": false, …}
"""

from typing import Any

Json = dict[str, Any]
"""A JSON object, as it travels between the bot and Telegram."""


class Refusal(Exception):
    """Telegram's "no": ``code`` as in HTTP, and the ``description`` in Telegram's own words.

    ``parameters`` is what a client may act on: ``retry_after`` or ``migrate_to_chat_id``.
    """

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        self.code = code
        self.description = description
        self.parameters = parameters or {}
        super().__init__(description)

    def envelope(self) -> Json:
        """The answer as Telegram sends it."""
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(complaint: str) -> Refusal:
    """400, for a call that makes no sense. As there, a sentence starts small and a CODE stays."""
    if not is_code(complaint):
        complaint = complaint[:1].lower() + complaint[1:]
    return Refusal(400, f"Bad Request: {complaint}")


def forbidden(complaint: str) -> Refusal:
    """403, for a chat in which the bot may not speak."""
    return Refusal(403, f"Forbidden: {complaint}")


def is_code(complaint: str) -> bool:
    """Whether this is a bare code such as BUTTON_DATA_INVALID, not a sentence."""
    return complaint[1:2] == "_" or complaint[1:2].isupper()
