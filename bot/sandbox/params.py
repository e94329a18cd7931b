"""The parameters of one call, read as Telegram reads them.

On the wire everything is text: numbers, booleans and JSON alike, whether it came in a URL, a form
or as multipart. A caller in the same process may also pass plain Python values.
"""

import json
from collections.abc import Mapping
from typing import cast

from bot.sandbox.refusal import Json, Refusal, bad_request, is_code

TRUE = {"true", "yes", "1"}


class Params:
    """Named values. What is missing reads as nothing: "", 0, False or None."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}

    def has(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """Raises ``Refusal`` for text that is no Unicode (half of a surrogate pair)."""
        value = self.values.get(name, "")
        text = value if isinstance(value, str) else json.dumps(value)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is not one counts as 0, and what is missing as ``default``."""
        text = self.text(name).strip()
        if not text:
            return default
        try:
            return int(text)
        except ValueError:
            return 0

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in TRUE

    def json(self, name: str, complaint: str) -> object:
        """Any JSON value, or None; ``complaint`` is what Telegram says where it is no JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return cast(object, json.loads(value)) if value else None
        except ValueError:
            raise bad_request(complaint) from None


def array(value: object, complaint: str) -> list[object]:
    """``value`` as a list (nothing: an empty one); anything else is refused with ``complaint``."""
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise bad_request(complaint)
    return list(value)


def mapping(value: object, complaint: str) -> Json:
    """``value`` as a JSON object; anything else is refused with ``complaint``."""
    if not isinstance(value, dict):
        raise bad_request(complaint)
    return value


def required(fields: Json, name: str) -> str:
    """The text of a field that must be there.

    Raises ``Refusal`` whose description is only the inner half of what Telegram says; callers that
    read a nested object put their own words before it with ``within``.
    """
    if fields.get(name) is None:
        raise bad_request(f'Can\'t find field "{name}"')
    value = fields[name]
    if not isinstance(value, str):
        raise bad_request(f'Field "{name}" must be of type String')
    return value


def required_integer(fields: Json, name: str) -> int:
    """The number of a field that must be there; refused like ``required``."""
    if fields.get(name) is None:
        raise bad_request(f'Can\'t find field "{name}"')
    try:
        return int(fields[name])
    except (TypeError, ValueError):
        raise bad_request(f'Field "{name}" must be of type Number') from None


def within(place: str, refusal: Refusal) -> Refusal:
    """The same refusal, said of a part: "can't parse inline query result: Can't find field …"."""
    complaint = refusal.description.removeprefix("Bad Request: ")
    if is_code(complaint):
        return refusal  # found later, when the whole is already parsed
    return bad_request(f"{place}: {complaint[:1].upper()}{complaint[1:]}")
