"""The wire between python-telegram-bot and the sandbox: calls go in, updates come out.

telegram = Telegram()
request = SandboxRequest(telegram)
application = (
    Application.builder()
    .token(telegram.token).request(request).get_updates_request(request)
    .build()
)
async with application:
    drive(telegram, application)
    answer = await telegram.person("Ann").says("/start")
"""

import json
import re
from typing import Any

from telegram.ext import Application
from telegram.request import BaseRequest, RequestData

from bot.sandbox.refusal import Json
from bot.sandbox.telegram import Telegram
from bot.transport.metrics import Metrics
from bot.transport.taking import read, take, tell

ENDPOINT = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)$")


class SandboxRequest(BaseRequest):
    """What python-telegram-bot takes for its HTTP client. Timeouts mean nothing here."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body, as they would come over HTTP."""
        endpoint = ENDPOINT.search(url)
        if endpoint is None:
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        params = wire(request_data) if request_data else {}
        status, answer = await self.telegram.serve(endpoint["token"], endpoint["method"], params)
        return status, json.dumps(answer).encode()


def wire(data: RequestData) -> dict[str, str]:
    """The parameters as they travel: all text. Of a file to upload, only that there is one."""
    files = {name: f"attach://{name}" for name in (data.multipart_data or {})}
    return files | data.json_parameters


def drive(telegram: Telegram, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Hand each update to ``application``, which must be initialized.

    Whatever a person does then returns once the handlers are done, but for those that were
    registered with ``block=False``.
    """

    metrics = Metrics()

    async def deliver(update: Json) -> None:
        # Through text and back, so that nothing of the server's own state leaks into the bot.
        copy = json.loads(json.dumps(update))
        taken = await take(application, read(copy, application.bot))
        tell(update["update_id"], taken, 1, metrics)

    telegram.deliver = deliver
