"""What is answered at LISTEN, and what becomes of a place that is taken."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.transport.listening import Busy, Server
from bot.transport.metrics import Metrics, kind_of
from tests.test_transport import free_port


@pytest.fixture
def there() -> dict[str, bool]:
    return {"telegram": True, "database": True, "content": True}


@pytest.fixture
async def address(metrics: Metrics, there: dict[str, bool]) -> AsyncIterator[str]:
    async def state() -> dict[str, bool]:
        return there

    server, port = Server(metrics, state), free_port()
    await server.start("127.0.0.1", port)
    yield f"http://127.0.0.1:{port}"
    await server.close()


async def test_it_is_alive(address: str) -> None:
    async with ClientSession() as session, session.get(f"{address}/healthz") as response:
        assert (response.status, await response.text()) == (200, "alive\n")


@pytest.mark.parametrize("missing", ["", "telegram", "database", "content"])
async def test_it_is_ready_when_everything_is_there(
    address: str, there: dict[str, bool], missing: str
) -> None:
    if missing:
        there[missing] = False
    async with ClientSession() as session, session.get(f"{address}/readyz") as response:
        assert response.status == (503 if missing else 200)
        assert await response.json() == there


async def test_its_metrics_are_prometheus(address: str, metrics: Metrics) -> None:
    metrics.updates.labels("message").inc()
    metrics.silent.labels("no topic").inc()
    metrics.show_content("0123456789ab", lambda: 3)
    async with ClientSession() as session, session.get(f"{address}/metrics") as response:
        assert response.status == 200
        families = {f.name: f for f in text_string_to_metric_families(await response.text())}
    assert [s.labels for s in families["bot_updates"].samples if s.name.endswith("_total")] == [
        {"kind": "message"}
    ]
    assert families["bot_content"].samples[0].labels == {"version": "0123456789ab"}
    assert families["bot_topics_past_review"].samples[0].value == 3
    assert all(family.documentation for family in families.values())


async def test_only_one_version_of_the_content_is_in_use(metrics: Metrics) -> None:
    metrics.show_content("one", lambda: 0)
    metrics.show_content("two", lambda: 0)
    assert b'version="one"' not in metrics.text()
    assert b'version="two"' in metrics.text()


async def test_several_may_count_in_one_process() -> None:
    one, two = Metrics(), Metrics()
    one.urgent.inc()
    assert b"bot_urgent_answers_total 1.0" in one.text()
    assert b"bot_urgent_answers_total 0.0" in two.text()


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        ({"update_id": 1, "message": {}}, "message"),
        ({"inline_query": {}, "update_id": 1}, "inline_query"),
        ({"update_id": 1, "somebodys words": {}}, "other"),
        ({"update_id": 1}, "other"),
        ([], "other"),
    ],
)
def test_a_kind_is_one_of_telegrams(update: object, kind: str) -> None:
    assert kind_of(update) == kind


async def test_a_place_that_is_taken_is_one_line(address: str, metrics: Metrics) -> None:
    async def state() -> dict[str, bool]:
        return {}

    server = Server(metrics, state)
    port = int(address.rpartition(":")[2])
    with pytest.raises(Busy, match=f"^LISTEN: cannot listen on 127.0.0.1:{port} \\(Address"):
        await server.start("127.0.0.1", port)
    await server.close()


async def test_an_address_that_is_not_ours_is_one_line(metrics: Metrics) -> None:
    async def state() -> dict[str, bool]:
        return {}

    server = Server(metrics, state)
    with pytest.raises(Busy, match=r"LISTEN: cannot listen on no\.such\.host\.invalid:80"):
        await server.start("no.such.host.invalid", 80)
    await server.close()
