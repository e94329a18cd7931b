"""One call over one connection, and whether it was written at all."""

import select
from asyncio import BaseTransport
from typing import Any

import aiohttp


class Stale(aiohttp.ClientError):
    """The other side had closed a kept connection; nothing was sent."""


class Call(aiohttp.ClientRequest):
    """A call that looks whether its connection still stands before it sends anything.

    aiohttp knows of a closed connection only once the event loop came round to it, which under
    load is too late: the call would be written into the void, and nobody could say whether
    Telegram got it.
    """

    async def send(self, conn: Any) -> aiohttp.ClientResponse:
        """As aiohttp does.

        Raises:
            Stale: the connection is closed; nothing was sent.
        """
        if _hung_up(conn.transport):
            raise Stale
        return await super().send(conn)


def never_written(error: BaseException) -> bool:
    """Whether ``error`` means that the other side cannot have the whole call: its connection was
    closed before the last byte was written."""
    causes = (error, error.__cause__)
    return any(isinstance(e, Stale | aiohttp.ClientConnectionResetError) for e in causes)


def _hung_up(transport: BaseTransport | None) -> bool:
    """Whether there is something to read where nothing was asked: the end of the connection."""
    socket = transport.get_extra_info("socket") if transport else None
    if socket is None or socket.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(socket.fileno(), select.POLLIN)
    return bool(poll.poll(0))
