"""A server on 127.0.0.1 that answers call after call as a script says, well or badly.

    async with faulty(says(OK), resets(), says(OK)) as server:
        …                           # a client that calls server.url
    assert server.calls[0].method == "sendMessage"

After the script the last act is repeated.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from socket import SHUT_RDWR, SO_LINGER, SOL_SOCKET
from struct import pack
from typing import Any, cast

HOST = "127.0.0.1"
MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "secret words"}
OK = {"ok": True, "result": MESSAGE}
DONE = {"ok": True, "result": True}
HTML = b"<html><body><h1>502 Bad Gateway</h1>secret words</body></html>"

Act = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Call:
    """One call as it arrived, and on which connection, counted from 1."""

    target: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def method(self) -> str:
        return self.target.rsplit("/", 1)[-1]

    @property
    def params(self) -> Any:
        return json.loads(self.body)


@dataclass
class Faulty:
    """The server. ``connections`` counts those that were opened."""

    acts: list[Act]
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    connections: int = 0
    open: dict[asyncio.StreamWriter, asyncio.Task[Any]] = field(default_factory=dict)

    def hang_up(self) -> None:
        """End every connection at once, before anybody's event loop turns."""
        for writer in self.open:
            writer.get_extra_info("socket").shutdown(SHUT_RDWR)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        number = self.connections
        self.open[writer] = cast("asyncio.Task[Any]", asyncio.current_task())
        try:
            while call := await _read(reader, number):
                self.calls.append(call)
                act = self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]
                await act(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            del self.open[writer]
            writer.close()


@asynccontextmanager
async def faulty(*acts: Act) -> AsyncIterator[Faulty]:
    """A server that does ``acts``, one a call."""
    faulty = Faulty(list(acts))
    server = await asyncio.start_server(faulty.serve, HOST, 0)
    faulty.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    try:
        yield faulty
    finally:
        server.close()
        tasks = [*faulty.open.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def says(body: object, status: int = 200, *, headers: str = "", then_closes: bool = False) -> Act:
    """A whole answer; ``body`` is bytes, or goes as JSON."""
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def act(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(_head(status, len(payload), headers) + payload)
        await writer.drain()
        if then_closes:
            writer.close()

    return act


def refuses(status: int, description: str = "no", **parameters: object) -> Act:
    """A refusal as Telegram words it."""
    answer: dict[str, object] = {"ok": False, "error_code": status, "description": description}
    return says(answer | ({"parameters": parameters} if parameters else {}), status)


def breaks_off(status: int = 200) -> Act:
    """Half of an answer, then the end of the connection."""

    async def act(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        payload = json.dumps(OK).encode()
        writer.write(_head(status, len(payload)) + payload[: len(payload) // 2])
        await writer.drain()
        writer.close()

    return act


def hangs_up() -> Act:
    """The end of the connection instead of an answer."""

    async def act(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    return act


def resets() -> Act:
    """The connection is torn down (RST)."""

    async def act(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, 0))
        writer.transport.abort()

    return act


def stays_silent() -> Act:
    """Nothing comes, as long as anybody waits."""

    async def act(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    return act


async def _read(reader: asyncio.StreamReader, connection: int) -> Call | None:
    """The next call, or None where the connection ends."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Call(first.split()[1], headers, body, connection)


def _head(status: int, length: int, headers: str = "") -> bytes:
    return f"HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\n{headers}\r\n".encode()
