import pytest

from bot.sandbox import Person, Telegram
from bot.sandbox.editing import NOT_MODIFIED
from tests.conftest import Clock
from tests.sandbox.calls import button, keyboard, refused, result


@pytest.fixture
async def menu(telegram: Telegram, ann: Person) -> dict[str, object]:
    """What names a message of the bot, "<b>x</b>" with one button."""
    text = {"text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": keyboard([button()])}
    sent = await result(telegram, "sendMessage", chat_id=ann.id, **text)
    return {"chat_id": ann.id, "message_id": sent["message_id"]}


async def test_an_edit(
    telegram: Telegram, ann: Person, clock: Clock, menu: dict[str, object]
) -> None:
    clock.turn(minutes=1)
    edited = await result(telegram, "editMessageText", **menu, text="y")
    assert edited["text"] == "y"
    assert edited["edit_date"] - edited["date"] == 60
    assert "reply_markup" not in edited
    assert (ann.messages[-1].text, ann.messages[-1].edited) == ("y", 1)


async def test_an_edit_that_changes_nothing(telegram: Telegram, menu: dict[str, object]) -> None:
    same = {"text": " <strong>x</strong>", "parse_mode": "HTML"}
    said = await refused(
        telegram, "editMessageText", **menu, **same, reply_markup=keyboard([button()])
    )
    assert said == f"Bad Request: {NOT_MODIFIED}"
    said = await refused(
        telegram, "editMessageReplyMarkup", **menu, reply_markup=keyboard([button()])
    )
    assert said == f"Bad Request: {NOT_MODIFIED}"


async def test_one_part_that_changes_is_enough(
    telegram: Telegram, ann: Person, menu: dict[str, object]
) -> None:
    same = {"text": "<b>x</b>", "parse_mode": "HTML"}
    await result(telegram, "editMessageText", **menu, **same, reply_markup=keyboard([button("y")]))
    await result(telegram, "editMessageText", **menu, text="x", reply_markup=keyboard([button()]))
    await result(telegram, "editMessageReplyMarkup", **menu)
    assert ann.messages[-1].labels == []


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "y", "reply_markup": {"force_reply": True}}, "inline keyboard expected"),
        ({"text": "y", "message_id": 99}, "message to edit not found"),
        ({"text": "y", "message_id": 1}, "message can't be edited"),
        ({"text": "y", "chat_id": 77}, "chat not found"),
        ({"text": "y", "chat_id": None, "message_id": None},
         "message identifier is not specified"),
        ({"text": "y", "chat_id": None, "message_id": None, "inline_message_id": "x"},
         "MESSAGE_ID_INVALID"),
    ],
)  # fmt: skip
async def test_edits_that_are_refused(
    telegram: Telegram, menu: dict[str, object], params: dict[str, object], complaint: str
) -> None:
    said = await refused(telegram, "editMessageText", **{**menu, **params})
    assert said == f"Bad Request: {complaint}"


async def test_a_photo_has_no_text_to_edit(telegram: Telegram, ann: Person) -> None:
    sent = await result(telegram, "sendPhoto", chat_id=ann.id, photo="x", caption="y")
    said = await refused(
        telegram, "editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="z"
    )
    assert said == "Bad Request: there is no text in the message to edit"


async def test_a_deletion(telegram: Telegram, ann: Person, menu: dict[str, object]) -> None:
    message = ann.messages[-1]
    assert await result(telegram, "deleteMessage", **menu)
    assert message.deleted
    assert message not in ann.messages
    for method, complaint in {
        "deleteMessage": "message to delete not found",
        "editMessageText": "message to edit not found",
    }.items():
        said = await refused(telegram, method, **menu, text="y")
        assert said == f"Bad Request: {complaint}"


async def test_what_is_old_stays(telegram: Telegram, clock: Clock, menu: dict[str, object]) -> None:
    clock.turn(hours=49)
    said = await refused(telegram, "deleteMessage", **menu)
    assert said == "Bad Request: message can't be deleted for everyone"


async def test_only_an_admin_deletes_what_others_wrote(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Friends")
    said = (await ann.says("x", chat=group)).said
    assert said is not None
    params = {"chat_id": group.id, "message_id": said.id}
    complaint = await refused(telegram, "deleteMessage", **params)
    assert complaint == "Bad Request: message can't be deleted"
    await group.bot_becomes("administrator", by=ann)
    assert await result(telegram, "deleteMessage", **params)


async def test_several_deletions(telegram: Telegram, ann: Person, menu: dict[str, object]) -> None:
    ids = [menu["message_id"], 99]
    assert await result(telegram, "deleteMessages", chat_id=ann.id, message_ids=ids)
    assert [message.text for message in ann.messages] == ["Hello"]
    for wrong, complaint in {
        None: "message identifiers are not specified",
        "5": "expected an Array of message identifiers",
        '["x"]': "can't parse message identifier as Number",
        str(list(range(101))): "too many message identifiers specified",
    }.items():
        said = await refused(telegram, "deleteMessages", chat_id=ann.id, message_ids=wrong)
        assert said == f"Bad Request: {complaint}"
