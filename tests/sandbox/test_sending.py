import pytest

from bot.sandbox import Person, Telegram
from tests.sandbox.calls import button, keyboard, refused, result


async def test_a_message_as_telegram_answers(telegram: Telegram, ann: Person) -> None:
    sent = await result(
        telegram,
        "sendMessage",
        chat_id=ann.id,
        text="  <b>Fever</b> 😀 https://a.org ",
        parse_mode="HTML",
        link_preview_options={"is_disabled": True},
        reply_markup=keyboard([button("A"), button("B", url="a.org")]),
    )
    assert sent == {
        "message_id": 2,
        "from": {
            "id": telegram.bot.id,
            "is_bot": True,
            "first_name": "Immuno",
            "username": "immuno_bot",
        },
        "chat": {"id": ann.id, "type": "private", "first_name": "Ann"},
        "date": 1796126400,
        "text": "Fever 😀 https://a.org",
        "entities": [
            {"type": "bold", "offset": 0, "length": 5},
            {"type": "url", "offset": 9, "length": 13},
        ],
        "reply_markup": keyboard([button("A"), button("B", url="http://a.org/")]),
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("<b> </b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("<br>", 'can\'t parse entities: Unsupported start tag "br" at byte offset 0'),
        ("&amp;" * 7000, "text is too long"),
        ("\ud83d", "strings must be encoded in UTF-8"),
    ],
)
async def test_texts_that_are_refused(
    telegram: Telegram, ann: Person, text: str, complaint: str
) -> None:
    said = await refused(telegram, "sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")
    assert said == f"Bad Request: {complaint}"
    assert telegram.refusals[0].method == "sendMessage"
    assert telegram.refusals[0].params["text"] == text


async def test_the_limit_counts_what_is_left_after_parsing(telegram: Telegram, ann: Person) -> None:
    text = "<b>" + "&amp;" * 4096 + "</b>"
    await result(telegram, "sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")


async def test_links_and_mentions(telegram: Telegram, ann: Person) -> None:
    text = '<a href="https://a.org/x">here</a> 😀 <a href="tg://user?id=42">Bob</a>'
    sent = await result(telegram, "sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")
    assert ann.messages[-1].links == {"here": "https://a.org/x"}
    assert [entity["type"] for entity in sent["entities"]] == ["text_link", "text_mention"]
    assert sent["entities"][1]["user"]["id"] == 42


async def test_formatting_beyond_a_hundred_entities_is_dropped(
    telegram: Telegram, ann: Person
) -> None:
    text = "<b>x</b> " * 101
    await result(telegram, "sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")
    assert len(ann.messages[-1].entities) == 100


async def test_markdown_is_not_read(telegram: Telegram, ann: Person) -> None:
    said = await refused(
        telegram, "sendMessage", chat_id=ann.id, text="*x*", parse_mode="MarkdownV2"
    )
    assert said == "Bad Request: unsupported parse_mode"


async def test_entities_instead_of_a_parse_mode(telegram: Telegram, ann: Person) -> None:
    bold = {"type": "bold", "offset": 0, "length": 1}
    sent = await result(telegram, "sendMessage", chat_id=ann.id, text="x", entities=[bold])
    assert sent["entities"] == [bold]
    for wrong, complaint in {
        "Unsupported type specified": {"type": "big", "offset": 0, "length": 1},
        'Can\'t find field "offset"': {"type": "bold", "length": 1},
        'Field "length" must be of type Number': {"type": "bold", "offset": 0, "length": "x"},
    }.items():
        said = await refused(
            telegram, "sendMessage", chat_id=ann.id, text="x", entities=[complaint]
        )
        assert said == f"Bad Request: can't parse MessageEntity: {wrong}"


async def test_captions(telegram: Telegram, ann: Person) -> None:
    photo = {"chat_id": ann.id, "photo": "attach://photo"}
    sent = await result(telegram, "sendPhoto", **photo, caption="<i>x</i>", parse_mode="HTML")
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("x", "italic")
    said = await refused(telegram, "sendPhoto", **photo, caption="x" * 1025)
    assert said == "Bad Request: message caption is too long"
    assert await refused(telegram, "sendPhoto", chat_id=ann.id) == (
        "Bad Request: there is no photo in the request"
    )


async def test_chat_actions(telegram: Telegram, ann: Person) -> None:
    assert await result(telegram, "sendChatAction", chat_id=ann.id, action="typing")
    said = await refused(telegram, "sendChatAction", chat_id=ann.id, action="thinking")
    assert said == "Bad Request: wrong parameter action in request"
