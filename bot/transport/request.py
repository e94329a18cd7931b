"""The way to Telegram: python-telegram-bot's ``BaseRequest`` on aiohttp, one pool for everything.

Three things differ from python-telegram-bot's own:

* No error bears the address of a call (it holds the token) or a part of an answer (it holds what
  people write), and nothing is logged here.
* A call is made again where that cannot do anything twice: its connection had been closed before
  the call was written, or its method does the same however often it is called.
* What is no answer of Telegram's (a page of a proxy, half a body) is a ``NetworkError``, whatever
  its status: it says nothing about the call.

Errors, beside those of python-telegram-bot:
    NetworkError
        AnswerLost    Telegram did what was asked, its answer broke off: asking again does it twice
"""

import asyncio
from functools import lru_cache
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.transport.answer import Answer, AnswerLost, read_answer, refusal
from bot.transport.body import body_of
from bot.transport.call import Call, never_written
from bot.transport.way import Way, way_to

CONNECTIONS = 256  # as many as python-telegram-bot's own
KEPT_OPEN = 15.0  # seconds without a call; well below the minute that servers keep them
NO_CONNECTION_FREE = "no connection was free in time; nothing was sent"
BROKEN_OFF = (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)


class Request(BaseRequest):
    """python-telegram-bot's HTTP client. One serves sending and polling alike.

    Times are in seconds, None is for ever; they hold for calls that name none of their own.
    ``media_write_timeout`` replaces ``write_timeout`` for calls that upload a file.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
    ) -> None:
        self._read, self._connect, self._wait = read_timeout, connect_timeout, pool_timeout
        self._write, self._media_write = write_timeout, media_write_timeout
        self._free = asyncio.Semaphore(connections)
        self._way_to = lru_cache(maxsize=CONNECTIONS)(way_to)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        """Get ready, without connecting; where it is ready already, nothing happens."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_OPEN),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                request_class=Call,
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> Answer:
        """What Telegram answered; unlike python-telegram-bot's own this one logs no text.

        Raises:
            NetworkError: it is no JSON object.
        """
        return read_answer(payload)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body that came back.

        Raises:
            TimedOut: one of the times was up.
            AnswerLost: Telegram took the call, its answer broke off.
            NetworkError: anything else that is no answer of Telegram's.
        """
        connect = _given(connect_timeout, self._connect)
        times = aiohttp.ClientTimeout(
            connect=connect, sock_connect=connect, sock_read=_given(read_timeout, self._read)
        )
        uploads = request_data is not None and request_data.contains_files
        write = _given(write_timeout, self._media_write if uploads else self._write)
        await self._wait_for_connection(_given(pool_timeout, self._wait))
        try:
            status, answer = await self._answered(method, url, request_data, write, times)
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(type(error).__name__) from None
        finally:
            self._free.release()
        return status, answer if _is_yes(status) else refusal(status, answer)

    async def _wait_for_connection(self, seconds: float | None) -> None:
        """Take one of the connections that there may be.

        Raises:
            TimedOut: none was free in time.
        """
        if not self._free.locked():
            await self._free.acquire()  # at once
            return
        try:
            async with asyncio.timeout(seconds):
                await self._free.acquire()
        except TimeoutError:
            raise TimedOut(NO_CONNECTION_FREE) from None

    async def _answered(
        self,
        method: str,
        url: str,
        data: RequestData | None,
        write: float | None,
        times: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        """Call, and call again where that is safe.

        It ends: whatever was never written closes a kept connection, and these run out.
        """
        way = self._way_to(url)
        tries_left = 1 if way.repeatable else 0
        while True:
            body = body_of(data, write) if data else None  # one that was begun cannot be sent again
            try:
                return await self._exchange(method, way, body, times)
            except aiohttp.ClientConnectorError:
                raise
            except aiohttp.ClientError as error:
                if never_written(error):
                    continue
                if not (tries_left and isinstance(error, BROKEN_OFF)):
                    raise
                tries_left -= 1

    async def _exchange(
        self, method: str, way: Way, body: aiohttp.Payload | None, times: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("this request is not initialized, or is shut down")
        async with self._session.request(
            method,
            way.address,
            data=body,
            proxy=way.proxy,
            ssl=way.ssl,
            timeout=times,
            allow_redirects=False,
        ) as response:
            try:
                return response.status, await response.read()
            except (aiohttp.ClientError, TimeoutError):
                if _is_yes(response.status) and not way.repeatable:
                    raise AnswerLost(AnswerLost.__name__) from None
                raise


def _given(value: Any, default: float | None) -> float | None:
    """What a call named; ``default`` where it named nothing (None is a value: for ever)."""
    return default if value is BaseRequest.DEFAULT_NONE else value


def _is_yes(status: int) -> bool:
    return 200 <= status <= 299
