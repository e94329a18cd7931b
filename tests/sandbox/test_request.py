import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.sandbox import Person, SandboxRequest, Telegram
from tests.sandbox.calls import refused


@pytest.fixture
def bot(telegram: Telegram) -> Bot:
    request = SandboxRequest(telegram)
    return Bot(telegram.token, request=request, get_updates_request=request)


async def test_parameters_travel_as_text(telegram: Telegram, bot: Bot, ann: Person) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    reply = ReplyParameters(ann.messages[0].id, allow_sending_without_reply=False)
    async with bot:
        message = await bot.send_message(
            ann.id, "<b>5</b>", "HTML", reply_markup=markup, reply_parameters=reply
        )
        assert message.reply_to_message is not None
        assert message.reply_markup == markup
        assert await message.delete()
    assert telegram.calls[-2].params["chat_id"] == str(ann.id)
    assert str(telegram.calls[-2].params["reply_markup"]).startswith('{"inline_keyboard": [[{"')


async def test_a_photo_is_uploaded(bot: Bot, ann: Person) -> None:
    async with bot:
        await bot.send_photo(ann.id, b"not really", "A rash")
    assert "photo" in ann.messages[-1].content


async def test_refusals_become_exceptions(telegram: Telegram, bot: Bot, ann: Person) -> None:
    small = telegram.group("Friends", kind="group")
    await small.migrates(by=ann)
    async with bot:
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(ann.id, "")
        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await bot.send_message(telegram.person("Bob").id, "x")
        with pytest.raises(ChatMigrated):
            await bot.send_message(small.id, "x")


async def test_failures_to_order(
    telegram: Telegram, bot: Bot, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else RetryAfter warns of its own future
    telegram.fail("sendMessage", code=429, retry_after=3, times=2)
    telegram.fail("sendMessage", code=500)
    telegram.fail("sendMessage", code=403, description="Forbidden: bot was blocked by the user")
    async with bot:
        for _ in range(2):
            with pytest.raises(RetryAfter, match="Retry in 0:00:03"):
                await bot.send_message(ann.id, "x")
        with pytest.raises(NetworkError, match="Internal Server Error"):
            await bot.send_message(ann.id, "x")
        with pytest.raises(Forbidden, match="blocked"):
            await bot.send_message(ann.id, "x")
        await bot.send_message(ann.id, "x")
    assert telegram.refusals == []
    assert [call.refusal is None for call in telegram.calls[-5:]] == [False] * 4 + [True]


async def test_a_wrong_token(telegram: Telegram) -> None:
    request = SandboxRequest(telegram)
    stranger = Bot("1:wrong", request=request, get_updates_request=request)
    with pytest.raises(InvalidToken):
        await stranger.get_me()
    assert (await request.do_request("https://example.org", "POST"))[0] == 404


async def test_an_unknown_method(telegram: Telegram) -> None:
    assert await refused(telegram, "sendMoney") == "Not Found: method not found"


async def test_names_of_methods_are_read_in_any_case(telegram: Telegram) -> None:
    assert (await telegram.call("getme", {}))["ok"]
    assert telegram.calls[-1].method == "getMe"
