import pytest

from bot.sandbox import Person, Telegram
from tests.sandbox.calls import button, keyboard, refused, result

BUTTON = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        (keyboard([button(callback_data="x" * 65)]), "BUTTON_DATA_INVALID"),
        (keyboard([button(callback_data="é" * 33)]), "BUTTON_DATA_INVALID"),
        (keyboard([button(callback_data="")]),
         BUTTON + "Text buttons are unallowed in the inline keyboard"),
        (keyboard([{"text": "x"}]), BUTTON + "Text buttons are unallowed in the inline keyboard"),
        (keyboard([{"callback_data": "x"}]), BUTTON + 'Can\'t find field "text"'),
        (keyboard([{"text": 1}]), BUTTON + 'Field "text" must be of type String'),
        (keyboard([button("")]), "inline keyboard button text must be non-empty"),
        (keyboard([button("  ")]), "inline keyboard button text must be non-empty"),
        ({"inline_keyboard": [["x"]]}, BUTTON + "InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [button()]},
         'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        (keyboard(*[[button()] for _ in range(101)]), "reply markup is too long"),
        (keyboard([button() for _ in range(9)]), "reply markup is too long"),
        (keyboard([button(url="tel:112")]),
         "inline keyboard button URL 'tel:112' is invalid: Wrong HTTP URL"),
        (keyboard([button(url="ftp://a.org")]),
         "inline keyboard button URL 'ftp://a.org' is invalid: Unsupported URL protocol"),
        (keyboard([button(copy_text={"text": ""})]), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard([button(copy_text={"text": "x" * 257})]), "BUTTON_COPY_TEXT_INVALID"),
        ({"keyboard": [[""]]}, "keyboard button text must be non-empty"),
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
    ],
)  # fmt: skip
async def test_buttons_that_are_refused(
    telegram: Telegram, ann: Person, markup: object, complaint: str
) -> None:
    said = await refused(telegram, "sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert said == f"Bad Request: {complaint}"


async def test_buttons_at_the_limits(telegram: Telegram, ann: Person) -> None:
    rows = [[button("x", callback_data="x" * 64)] for _ in range(99)]
    rows.append([button("c", copy_text={"text": "x" * 256})])
    await result(telegram, "sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard(*rows))
    assert ann.messages[-1].labels == ["x"] * 99 + ["c"]
    assert ann.messages[-1].buttons[99][0].copy == "x" * 256
    for other in ({"remove_keyboard": True}, {"force_reply": True}, {"keyboard": [["Yes"]]}):
        await result(telegram, "sendMessage", chat_id=ann.id, text="x", reply_markup=other)
