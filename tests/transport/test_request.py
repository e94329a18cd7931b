"""The way to Telegram, over real connections to a server that misbehaves."""

import asyncio
import contextlib
import json
import logging
import math
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.priority import Priority
from bot.transport.answer import AnswerLost
from bot.transport.limiter import Limiter
from bot.transport.posting import post_message
from bot.transport.request import Request
from bot.transport.way import UnusableProxy, way_to
from tests.transport.faulty import (
    HTML,
    MESSAGE,
    OK,
    Act,
    Faulty,
    breaks_off,
    faulty,
    hangs_up,
    refuses,
    resets,
    says,
    stays_silent,
)

TOKEN = "4200000001:" + "t" * 35
SECRETS = (TOKEN, "secret", "words")


def bot_at(server: Faulty, request: Request) -> Bot:
    return Bot(TOKEN, base_url=f"{server.url}/bot", request=request, get_updates_request=request)


@pytest.fixture(autouse=True)
def _no_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else RetryAfter warns of its own future


@pytest.fixture
async def request_() -> AsyncIterator[Request]:
    request = Request(read_timeout=0.3, connect_timeout=0.3, write_timeout=0.3, pool_timeout=0.1)
    async with request:
        yield request


async def call(server: Faulty, request: Request, words: str = "hello") -> object:
    """Send a message, as the bot does."""
    return await bot_at(server, request).send_message(5, words)


async def test_a_call_is_json_and_bears_what_python_telegram_bot_gave(request_: Request) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Home", callback_data="home")]])
    async with faulty(says(OK)) as server:
        message = await bot_at(server, request_).send_message(
            5, "caf\u00e9 \ud83d", reply_markup=keyboard
        )
    assert message.id == 7
    (call_,) = server.calls
    assert call_.target == f"/bot{TOKEN}/sendMessage"
    assert call_.headers["content-type"] == "application/json"
    assert "python-telegram-bot" in call_.headers["user-agent"]
    button = {"text": "Home", "callback_data": "home"}
    assert call_.params == {
        "chat_id": 5,
        "text": "caf\u00e9 \ud83d",
        "reply_markup": {"inline_keyboard": [[button]]},
    }


async def test_files_travel_in_a_form(request_: Request) -> None:
    async with faulty(says(OK)) as server:
        await bot_at(server, request_).send_document(5, b"PDF inside", filename="caf\u00e9.pdf")
    (call_,) = server.calls
    assert call_.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="chat_id"\r\n\r\n5' in call_.body
    assert b"PDF inside" in call_.body
    assert b"application/pdf" in call_.body


async def test_a_file_is_fetched(request_: Request) -> None:
    async with faulty(says(b"\x00bytes")) as server:
        assert await request_.retrieve(f"{server.url}/file/bot{TOKEN}/a.jpg") == b"\x00bytes"


async def test_one_connection_serves_one_call_after_the_other(request_: Request) -> None:
    async with faulty(says(OK)) as server:
        for _ in range(20):
            await call(server, request_)
    assert server.connections == 1


async def test_many_calls_at_once_share_the_pool() -> None:
    async with faulty(says(OK)) as server, Request(connections=4, pool_timeout=5) as request:
        await asyncio.gather(*(call(server, request) for _ in range(50)))
        assert len(server.calls) == 50
        assert server.connections <= 4


REFUSALS: list[tuple[Act, type[TelegramError]]] = [
    (refuses(400, "Bad Request: chat not found"), BadRequest),
    (refuses(401, "Unauthorized"), InvalidToken),
    (refuses(403, "Forbidden: bot was blocked by the user"), Forbidden),
    (refuses(404, "Not Found"), InvalidToken),
    (refuses(409, "Conflict: terminated by other getUpdates request"), Conflict),
    (refuses(429, "Too Many Requests", retry_after=3), RetryAfter),
    (refuses(400, "upgraded", migrate_to_chat_id=-1005), ChatMigrated),
    (refuses(500, "Internal Server Error"), NetworkError),
    (says(HTML, 502), NetworkError),
    (says(HTML, 401), NetworkError),
    (says(HTML, 200), NetworkError),
    (says(b"", 200), NetworkError),
    (says(b'{"ok": true}', 200), NetworkError),
    (says(b'"secret words"', 200), NetworkError),
    (says(b"[" * 100_000, 200), NetworkError),
    (says({"description": ["odd"], "parameters": "odd"}, 400), BadRequest),
    (says(b"", 302, headers="Location: http://127.0.0.1:1/\r\n"), NetworkError),
    (breaks_off(), AnswerLost),
    (breaks_off(500), NetworkError),
    (hangs_up(), NetworkError),
    (resets(), NetworkError),
    (stays_silent(), TimedOut),
    (says(b"", 200, headers="Content-Length: oh\r\n"), NetworkError),
]


@pytest.mark.parametrize(("act", "error"), REFUSALS)
async def test_each_fault_is_the_right_error_and_tells_no_secret(
    act: Act, error: type[TelegramError], request_: Request, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with faulty(act) as server:
        with pytest.raises(error) as caught:
            await call(server, request_)
        assert len(server.calls) == 1, "a message is never sent again"
    assert type(caught.value) is error
    told = f"{caught.value!r} {caught.value.__cause__!r} {caplog.text}"
    assert not [secret for secret in SECRETS if secret in told]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("result", [True, None, "words", [], {}, {"message_id": "secret"}])
async def test_an_answer_without_an_id_means_that_it_was_sent(
    result: object, request_: Request
) -> None:
    async with faulty(says({"ok": True, "result": result})) as server:
        bot = ExtBot(
            TOKEN,
            base_url=f"{server.url}/bot",
            request=request_,
            get_updates_request=request_,
            rate_limiter=Limiter(math.inf),
        )
        with pytest.raises(AnswerLost):
            await post_message(bot, {"chat_id": 5, "text": "hello"}, Priority.PEOPLE)


async def test_retry_after_says_how_long(request_: Request) -> None:
    async with faulty(refuses(429, "Too Many Requests", retry_after=3)) as server:
        with pytest.raises(RetryAfter) as caught:
            await call(server, request_)
    assert caught.value._retry_after.total_seconds() == 3


async def test_nobody_listens(request_: Request) -> None:
    async with faulty(says(OK)) as server:
        pass
    with pytest.raises(NetworkError) as caught:
        await call(server, request_)
    assert TOKEN not in repr(caught.value)


async def test_no_free_connection_is_a_time_out() -> None:
    async with (
        faulty(stays_silent()) as server,
        Request(connections=1, read_timeout=0.5, pool_timeout=0.05) as request,
    ):
        first = asyncio.create_task(call(server, request))
        while not server.calls:
            await asyncio.sleep(0.01)
        with pytest.raises(TimedOut, match="nothing was sent"):
            await call(server, request)
        assert len(server.calls) == 1
        with pytest.raises(TimedOut):
            await first


async def test_a_call_names_its_own_time(request_: Request) -> None:
    async with faulty(stays_silent()) as server:
        with pytest.raises(TimedOut):
            await bot_at(server, request_).send_message(5, "x", read_timeout=0.01)
    assert request_.read_timeout == 0.3


async def test_a_cancelled_call_gives_its_connection_back() -> None:
    async with faulty(stays_silent(), says(OK)) as server, Request(connections=1) as request:
        waiting = asyncio.create_task(call(server, request))
        while not server.calls:
            await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await call(server, request)


async def test_it_serves_again_after_it_was_shut_down() -> None:
    request = Request()
    async with faulty(says(OK)) as server:
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            assert await call(server, request)
            await request.shutdown()
            await request.shutdown()
        with pytest.raises(NetworkError):
            await call(server, request)


async def test_a_kept_connection_that_was_closed_loses_no_message_and_doubles_none(
    request_: Request,
) -> None:
    async with faulty(says(OK, then_closes=True)) as server:
        for number in range(30):
            assert await call(server, request_, f"{number}")
    assert [c.params["text"] for c in server.calls] == [f"{number}" for number in range(30)]


async def test_a_close_that_the_event_loop_has_not_seen_yet_is_noticed(request_: Request) -> None:
    async with faulty(says(OK)) as server:
        await asyncio.gather(*(call(server, request_) for _ in range(5)))
        before = server.connections
        server.hang_up()
        assert await call(server, request_, "after")
    assert [c.params["text"] for c in server.calls].count("after") == 1
    assert server.connections == before + 1


USER = {"id": 42, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
REPEATABLE: list[tuple[Callable[[Bot], Coroutine[Any, Any, object]], object]] = [
    (lambda bot: bot.get_me(), USER),
    (lambda bot: bot.edit_message_text("new", 5, 7), MESSAGE),
    (lambda bot: bot.answer_callback_query("1"), True),
    (lambda bot: bot.delete_message(5, 7), True),
    (lambda bot: bot.set_my_commands([("help", "what one can ask")]), True),
]


@pytest.mark.parametrize("act", [hangs_up(), resets()])
@pytest.mark.parametrize(("method", "result"), REPEATABLE)
async def test_what_does_the_same_twice_is_called_again(
    method: Callable[[Bot], Coroutine[Any, Any, object]],
    result: object,
    act: Act,
    request_: Request,
) -> None:
    async with faulty(act, says({"ok": True, "result": result})) as server:
        assert await method(bot_at(server, request_))
    assert len(server.calls) == 2


async def test_it_is_called_again_only_once(request_: Request) -> None:
    async with faulty(resets()) as server:
        with pytest.raises(NetworkError):
            await bot_at(server, request_).delete_message(5, 7)
    assert len(server.calls) == 2


async def test_what_nobody_takes_is_given_up(request_: Request) -> None:
    async def never_reads(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await closing.wait()
        writer.close()

    closing = asyncio.Event()
    server = await asyncio.start_server(never_reads, "127.0.0.1", 0, limit=1024)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot"
    bot = Bot(TOKEN, base_url=url, request=request_, get_updates_request=request_)
    file = InputFile(BytesIO(bytes(50_000_000)), read_file_handle=False)
    with pytest.raises(TimedOut):
        await bot.send_document(5, file, write_timeout=0.1)
    closing.set()
    server.close()


async def test_a_proxy_from_the_environment_is_used(
    request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with faulty(says(OK)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        bot = Bot(TOKEN, base_url="http://telegram.invalid/bot", request=request_)
        assert await bot.send_message(5, "hello")
    assert proxy.calls[0].target == f"http://telegram.invalid/bot{TOKEN}/sendMessage"


PROXIES = [
    ({"https_proxy": "http://p:1"}, "https://api.telegram.org/", "http://p:1"),
    ({"https_proxy": "p:1"}, "https://api.telegram.org/", "http://p:1"),
    ({"all_proxy": "http://p:1"}, "https://api.telegram.org/", "http://p:1"),
    ({"http_proxy": "http://p:1"}, "https://api.telegram.org/", None),
    ({"https_proxy": "http://p:1", "no_proxy": ".telegram.org"}, "https://api.telegram.org/", None),
    ({"http_proxy": "http://p:1", "no_proxy": "localhost"}, "http://localhost:80/", None),
    ({}, "https://api.telegram.org/", None),
]


@pytest.mark.parametrize(("environment", "url", "proxy"), PROXIES)
def test_which_proxy(
    environment: dict[str, str], url: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert way_to(url).proxy == proxy


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_of_another_kind_is_one_line_that_hides_its_password(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "socks5://me:secret@p:1")
    with pytest.raises(UnusableProxy, match=f"^{name} must begin with http://") as refusal:
        way_to("https://api.telegram.org/")
    assert "secret" not in str(refusal.value)


def test_whom_it_trusts() -> None:
    trusted = way_to("https://api.telegram.org/bot1/getMe").ssl
    assert isinstance(trusted, ssl.SSLContext)
    assert trusted.verify_mode is ssl.CERT_REQUIRED
    assert trusted.check_hostname
    assert trusted.cert_store_stats()["x509_ca"]


values = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.none())
parameters = st.dictionaries(st.sampled_from(["retry_after", "migrate_to_chat_id"]), values)
fields = st.sampled_from(["ok", "result", "description", "parameters"])
answers = st.dictionaries(fields, values | parameters).map(json.dumps).map(str.encode)


class Answering(Request):
    """Answers whatever it is told, without a network."""

    def __init__(self, status: int, payload: bytes) -> None:
        super().__init__()
        self.reply = status, payload

    async def _answered(self, *_: object) -> tuple[int, bytes]:
        return self.reply


@given(st.integers(100, 999), st.binary() | answers)
def test_whatever_comes_back_is_a_result_or_an_error_of_telegrams(
    status: int, payload: bytes
) -> None:
    with contextlib.suppress(TelegramError):
        asyncio.run(Answering(status, payload).post("http://127.0.0.1/bot1/sendMessage"))
