import asyncio
from typing import Any

import pytest

from bot.sandbox import Person, Telegram
from bot.sandbox.queries import TOO_OLD
from tests.conftest import Clock
from tests.sandbox.calls import button, keyboard, refused, result


@pytest.fixture
async def press(telegram: Telegram, ann: Person) -> str:
    """The id of a press that waits for its answer."""
    await result(
        telegram, "sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard([button()])
    )
    await ann.presses("Go")
    return telegram.unanswered[0]


async def test_a_press_is_answered_once(telegram: Telegram, ann: Person, press: str) -> None:
    await result(
        telegram, "answerCallbackQuery", callback_query_id=press, text="Hi", show_alert=True
    )
    assert telegram.unanswered == []
    assert [(toast.text, toast.alert) for toast in (await ann.hears(messages=0)).toasts] == [
        ("Hi", True)
    ]
    said = await refused(telegram, "answerCallbackQuery", callback_query_id=press)
    assert said == f"Bad Request: {TOO_OLD}"


async def test_an_unknown_press(telegram: Telegram) -> None:
    said = await refused(telegram, "answerCallbackQuery", callback_query_id="1")
    assert said == f"Bad Request: {TOO_OLD}"


async def test_a_press_cannot_be_answered_late(
    telegram: Telegram, clock: Clock, press: str
) -> None:
    clock.turn(seconds=16)
    said = await refused(telegram, "answerCallbackQuery", callback_query_id=press)
    assert said == f"Bad Request: {TOO_OLD}"
    assert telegram.unanswered == [press]


@pytest.mark.parametrize(
    ("params", "complaint"),
    [({"text": "x" * 201}, "MESSAGE_TOO_LONG"), ({"url": "https://a.org"}, "URL_INVALID")],
)
async def test_answers_that_are_refused(
    telegram: Telegram, press: str, params: dict[str, object], complaint: str
) -> None:
    said = await refused(telegram, "answerCallbackQuery", callback_query_id=press, **params)
    assert said == f"Bad Request: {complaint}"


def article(**fields: object) -> dict[str, object]:
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": "1", "title": "X", "input_message_content": content} | fields


async def ask(telegram: Telegram, ann: Person, **params: object) -> dict[str, Any]:
    """Let Ann type a query, and answer it with a call of ``params``."""
    typing = asyncio.create_task(ann.asks_inline("x", timeout=0.05))
    await asyncio.sleep(0)
    (query,) = [query for query in telegram.inline_queries.values() if query.answer is None]
    answer = await telegram.call("answerInlineQuery", {"inline_query_id": query.id, **params})
    if answer["ok"]:
        await typing
    else:
        with pytest.raises(AssertionError, match="did not answer"):
            await typing
    return answer


async def test_an_inline_answer(telegram: Telegram, ann: Person) -> None:
    wanted = [article(id=str(number)) for number in range(50)]
    start = {"text": "More", "start_parameter": "x" * 64}
    assert (await ask(telegram, ann, results=wanted, button=start, next_offset="50"))["ok"]


LONG = {"message_text": "x" * 4097}
BROKEN = {"message_text": "<b>", "parse_mode": "HTML"}
PLACE = "can't parse inline query result: "


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"results": [article(id=str(n)) for n in range(51)]},
         "too many inline query results specified"),
        ({"results": [article(id="x" * 65)]}, "RESULT_ID_INVALID"),
        ({"results": [article(id="")]}, "RESULT_ID_EMPTY"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(title="")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(title=None)]}, PLACE + 'Can\'t find field "title"'),
        ({"results": [article(input_message_content=None)]},
         PLACE + "Input message content is not specified"),
        ({"results": [article(input_message_content={"message_text": ""})]},
         PLACE + "Input message content is not specified"),
        ({"results": [article(input_message_content=LONG)]}, "MESSAGE_TOO_LONG"),
        ({"results": [article(input_message_content=BROKEN)]},
         PLACE + 'Can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ({"results": [article(reply_markup=keyboard([button(callback_data="x" * 65)]))]},
         "BUTTON_DATA_INVALID"),
        ({"results": {}}, "expected an Array of inline query results"),
        ({"results": ["x"]}, PLACE + "Inline query result must be an object"),
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "", "start_parameter": "x"}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"button": {"text": "x", "start_parameter": "x" * 65}}, "START_PARAM_INVALID"),
        ({"button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "x"}},
         'can\'t parse inline query results button: Can\'t find field "start_parameter"'),
    ],
)  # fmt: skip
async def test_inline_answers_that_are_refused(
    telegram: Telegram, ann: Person, params: dict[str, object], complaint: str
) -> None:
    answer = await ask(telegram, ann, **params)
    assert answer["description"] == f"Bad Request: {complaint}"


async def test_an_inline_query_is_answered_in_time_and_once(
    telegram: Telegram, ann: Person, clock: Clock
) -> None:
    await ask(telegram, ann, results=[])
    (query_id,) = telegram.inline_queries
    assert await refused(telegram, "answerInlineQuery", inline_query_id=query_id, results=[]) == (
        f"Bad Request: {TOO_OLD}"
    )
    with pytest.raises(AssertionError, match="did not answer the inline query 'y'"):
        await ann.asks_inline("y", timeout=0.01)
    clock.turn(seconds=11)
    late = list(telegram.inline_queries)[1]
    assert await refused(telegram, "answerInlineQuery", inline_query_id=late, results=[]) == (
        f"Bad Request: {TOO_OLD}"
    )
