"""A Bot API server that costs next to nothing.

``python -m tests.benchmarks.api KIND UPDATES DELAY``: it has so many updates of a kind
(``questions`` in private chats, ``chatter`` in groups) and gives them out as Telegram does, again
and again until they are confirmed. A message that is sent comes back as Telegram shows it, after
DELAY milliseconds. On standard output it says its port, ``begun`` when the first updates went out,
and ``over`` when all questions are answered or all chatter is confirmed.
"""

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl

CHATTER = Path(__file__).parents[1] / "data" / "messages" / "chat.dev.txt"
QUESTIONS = (
    "/condition crohns",
    "/medicine humira",
    "headache on adalimumab",
    "can I drink alcohol on methotrexate",
    "/sideeffects fatigue",
    "crones disease",
    "my hair is coming out in clumps",
    "should I double my dose of humira",
    "what is a biosimilar",
    "/howitworks",
)
ME = {"id": 4200000001, "is_bot": True, "first_name": "Bot", "username": "benchmark_bot"}
PRIVATE_CHATS, GROUPS = 500, 50
MOST = 100  # updates at once, as Telegram
HOLD = 0.5  # seconds that a poll is held while there is nothing to give
Params = Mapping[str, Any]


def update(kind: str, number: int, lines: list[str]) -> bytes:
    """One update as it travels."""
    person = {"id": 5_000_000 + number % PRIVATE_CHATS, "is_bot": False, "first_name": "Ann"}
    if kind == "questions":
        chat = {"id": person["id"], "type": "private", "first_name": "Ann"}
        text = QUESTIONS[number % len(QUESTIONS)]
    else:
        chat = {"id": -1004000000000 - number % GROUPS, "type": "supergroup", "title": "Friends"}
        text = lines[number % len(lines)]
    message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": person}
    message["text"] = text
    if text.startswith("/"):
        command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
        message["entities"] = [command]
    return json.dumps({"update_id": number, "message": message}).encode()


class Api:
    """The methods that echo bots and ours call. Update ids begin with 1."""

    def __init__(self, kind: str, number: int, delay: float) -> None:
        lines = CHATTER.read_text(encoding="utf-8").splitlines()
        self.updates = [update(kind, n, lines) for n in range(1, number + 1)]
        self.delay = delay / 1000
        self.replies_wanted = number if kind == "questions" else 0
        self.replies = 0
        self.confirmed = 0
        self.begun = self.over = False

    async def answer(self, method: str, params: Params) -> bytes:
        """The result of one call, as JSON."""
        if method == "getUpdates":
            return await self._give(int(params.get("offset") or 0))
        if method == "sendMessage":
            if self.delay:
                await asyncio.sleep(self.delay)
            return self._show(params)
        return json.dumps(ME).encode() if method == "getMe" else b"true"

    async def _give(self, offset: int) -> bytes:
        self.confirmed = max(self.confirmed, offset - 1)
        self._tell()
        given = self.updates[self.confirmed : self.confirmed + MOST]
        if not given:
            await asyncio.sleep(HOLD)
        elif not self.begun:
            self.begun = True
            print("begun", flush=True)
        return b"[" + b",".join(given) + b"]"

    def _show(self, params: Params) -> bytes:
        self.replies += 1
        self._tell()
        chat = {"id": int(params["chat_id"]), "type": "private", "first_name": "Ann"}
        message = {"message_id": self.replies, "date": 1, "chat": chat, "from": ME}
        markup = params.get("reply_markup")
        if markup:
            message["reply_markup"] = json.loads(markup) if isinstance(markup, str) else markup
        return json.dumps(message | {"text": params["text"]}).encode()

    def _tell(self) -> None:
        confirmed = self.replies_wanted or self.confirmed >= len(self.updates)
        if not self.over and self.replies >= self.replies_wanted and confirmed:
            self.over = True
            print("over", flush=True)


class Connection(asyncio.Protocol):
    """Just enough of HTTP: calls one after the other, with a length."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        self._came += data
        head, end, rest = self._came.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = {n.lower(): v for n, _, v in (line.partition(": ") for line in lines[1:])}
        length = int(headers.get("content-length", 0))
        if end and len(rest) >= length:
            self._came = rest[length:]
            path, _, query = lines[0].split()[1].partition("?")
            params = _params(query, headers.get("content-type", ""), rest[:length].decode())
            self._task = asyncio.ensure_future(self._answer(path.rpartition("/")[2], params))

    async def _answer(self, method: str, params: Params) -> None:
        body = b'{"ok":true,"result":' + await self._api.answer(method, params) + b"}"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self._transport.write(head % len(body) + body)


def _params(query: str, kind: str, body: str) -> Params:
    if kind.startswith("application/json"):
        return json.loads(body) if body else {}
    return dict(parse_qsl(f"{query}&{body}"))


async def serve(api: Api) -> None:
    """Until the process is ended."""
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(api), "127.0.0.1", 0, backlog=1024
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve(Api(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))))
