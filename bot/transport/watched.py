"""Calls to Telegram, watched: when it answered, what it refused, how long it asked us to wait."""

import json
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.transport.metrics import Metrics
from bot.transport.reach import Reach

POLL = "getUpdates"


class Watched(BaseRequest):
    """Another request, whose answers are noted."""

    def __init__(self, request: BaseRequest, metrics: Metrics, reach: Reach) -> None:
        self._request = request
        self._metrics = metrics
        self._reach = reach

    @property
    def read_timeout(self) -> float | None:
        return self._request.read_timeout

    async def initialize(self) -> None:
        await self._request.initialize()

    async def shutdown(self) -> None:
        await self._request.shutdown()

    def parse_json_payload(self, payload: bytes) -> Any:  # type: ignore[override]  # no static one
        """As the watched request does."""
        return self._request.parse_json_payload(payload)

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
        """The status and the body that came back."""
        status, body = await self._request.do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        name = url.rpartition("/")[2]
        if status >= 400:
            self._refused(name, status, body)
        elif name == POLL:
            self._reach.heard()
        else:
            self._reach.sent()
        return status, body

    def _refused(self, method: str, status: int, body: bytes) -> None:
        self._metrics.refusals.labels(method, str(status)).inc()
        if status == 429:
            self._metrics.retry_after.set(_asked_wait(body))


def _asked_wait(body: bytes) -> float:
    """Seconds that Telegram asks us to wait, 0 where it does not say."""
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 0.0
