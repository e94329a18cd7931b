"""Reply markups: which keyboards Telegram takes, and what it says of the others."""

from itertools import chain

from bot.sandbox.links import InvalidLink, check_link, mentioned_user
from bot.sandbox.params import Params, array, mapping, required, within
from bot.sandbox.refusal import Json, Refusal, bad_request

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8  # Telegram leaves out what is beyond; here it is refused, to be noticed
LONGEST_DATA = 64  # bytes
LONGEST_COPY = 256
OTHER_KINDS = {
    "callback_game",
    "login_url",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "web_app",
}
OTHER_MARKUPS = {"remove_keyboard", "force_reply"}


def read(params: Params) -> Json | None:
    """The markup of a call, checked; None where there is no button. Raises ``Refusal``."""
    value = params.json("reply_markup", "can't parse reply keyboard markup JSON object")
    return check(value)


def read_inline(params: Params) -> Json | None:
    """The same where only an inline keyboard may stand: under a message that is edited."""
    markup = read(params)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def check(value: object) -> Json | None:
    """``value`` as a markup that Telegram would show, or None. Raises ``Refusal``."""
    if value is None:
        return None
    fields = mapping(value, "object expected as reply markup")
    if keyboard := _rows(fields, "keyboard", 'Field "keyboard" must be an Array of Arrays'):
        for button in chain.from_iterable(keyboard):
            _check_reply_button(button)
        return fields
    complaint = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    if rows := _rows(fields, "inline_keyboard", complaint):
        _check_size(rows)
        return {"inline_keyboard": [[_inline_button(button) for button in row] for row in rows]}
    return fields if any(fields.get(name) for name in OTHER_MARKUPS) else None


def _rows(fields: Json, name: str, complaint: str) -> list[list[object]]:
    rows = [array(row, complaint) for row in array(fields.get(name), complaint)]
    return [row for row in rows if row]


def _check_size(rows: list[list[object]]) -> None:
    if sum(map(len, rows)) > MOST_BUTTONS or max(map(len, rows)) > MOST_IN_A_ROW:
        raise bad_request("reply markup is too long")


def _check_reply_button(button: object) -> None:
    if isinstance(button, str):
        button = {"text": button}
    place = "can't parse keyboard button"
    text = _text(button, place, "KeyboardButton must be a String or an Object")
    if not text:
        raise bad_request("keyboard button text must be non-empty")


def _text(button: object, place: str, complaint: str) -> str:
    try:
        return required(mapping(button, complaint), "text")
    except Refusal as refusal:
        raise within(place, refusal) from None


def _inline_button(button: object) -> Json:
    """One button, checked in Telegram's order: its text, then what it does."""
    place = "can't parse inline keyboard button"
    text = _text(button, place, "InlineKeyboardButton must be an Object")
    fields = mapping(button, "")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if fields.get("url"):
        return fields | {"url": _checked_url(str(fields["url"]))}
    if data := fields.get("callback_data"):
        _check_data(str(data))
    elif "copy_text" in fields:
        _check_copy(fields["copy_text"])
    elif OTHER_KINDS.isdisjoint(fields):
        raise bad_request(f"{place}: Text buttons are unallowed in the inline keyboard")
    return fields


def _checked_url(url: str) -> str:
    try:
        return url if mentioned_user(url) is not None else check_link(url)
    except InvalidLink as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from None


def _check_data(data: str) -> None:
    if len(data.encode()) > LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_copy(value: object) -> None:
    text = mapping(value, "can't parse inline keyboard button: Expected an Object").get("text")
    if not isinstance(text, str) or not 1 <= len(text) <= LONGEST_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
