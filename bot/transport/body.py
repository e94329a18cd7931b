"""What a call carries: JSON, or multipart where it uploads a file."""

import asyncio
import json

from aiohttp import BytesPayload, MultipartWriter, Payload
from aiohttp.abc import AbstractStreamWriter
from telegram.request import RequestData

AT_ONCE = 2**16  # bytes: what fits into the buffers of a socket is written without waiting


class _Timed(Payload):
    """A body that must be written within so many seconds: aiohttp itself waits for ever."""

    seconds: float | None = None

    async def write_with_length(
        self, writer: AbstractStreamWriter, content_length: int | None
    ) -> None:
        """Write all of it.

        Raises:
            TimeoutError: the other side took too long to take it.
        """
        if self.size is not None and self.size <= AT_ONCE:
            await super().write_with_length(writer, content_length)
            return
        async with asyncio.timeout(self.seconds):
            await super().write_with_length(writer, content_length)


class _Json(_Timed, BytesPayload):
    """Text."""


class _Form(_Timed, MultipartWriter):
    """Text and files."""

    def add(self, name: str, value: object, kind: str = "", filename: str | None = None) -> None:
        """Append one field; ``kind`` is its media type, where it is a file."""
        part = self.append(value, {"Content-Type": kind} if kind else None)
        named = {"name": name, "filename": filename} if filename else {"name": name}
        part.set_content_disposition("form-data", quote_fields=True, **named)


def body_of(data: RequestData, seconds: float | None) -> Payload:
    """The parameters as they travel, to be written within ``seconds`` (None: whenever).

    What python-telegram-bot would send as JSON in a form field (a keyboard) goes as plain JSON:
    Telegram takes both, and this way nothing is encoded twice.
    """
    body = _form(data) if data.contains_files else _json(data)
    body.seconds = seconds
    return body


def _json(data: RequestData) -> _Json:
    return _Json(json.dumps(data.parameters).encode(), content_type="application/json")


def _form(data: RequestData) -> _Form:
    form = _Form("form-data")
    for name, text in data.json_parameters.items():
        form.add(name, text)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add(name, content, kind, filename)
    return form
