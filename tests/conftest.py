"""The real bot over the sandbox, on the real content."""

import gc
import json
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.app import build_app, introduce
from bot.config import Config
from bot.context import App
from bot.library import Edition, Library, load
from bot.matching.matchers import Matchers
from bot.sandbox import Person, SandboxRequest, Telegram, drive
from bot.sandbox.refusal import Json
from bot.storage import IN_MEMORY, Guarded
from bot.transport.metrics import Metrics
from bot.transport.taking import Outcome, read, take
from tests.storage.servers import CannotStart, Server, running

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)  # fixed: no test may turn red because time has passed
TODAY = NOON.date()
# A machine that is busy with something else is no fault of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_collection_finish() -> None:
    _keep_what_there_is()


def _keep_what_there_is() -> None:
    """As ``python -m bot`` does: garbage is not looked for among what stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def library() -> Library:
    return load(CONTENT).library


@pytest.fixture(scope="session")
def edition(library: Library) -> Edition:
    return library.edition("en")


@pytest.fixture(scope="session")
def matchers(library: Library) -> Matchers:
    """Built once: it takes a second."""
    matchers = Matchers.of(library)
    matchers.build_all()
    _keep_what_there_is()
    return matchers


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> None:
    """Many tests start the program: it may keep its compiled modules, as it does elsewhere."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(scope="session", autouse=True)
def _times_of_telegram() -> None:
    """As ``python -m bot`` does: without it RetryAfter warns of its own future."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")


@dataclass
class Clock:
    """A clock that stands still until a test turns it, or goes on with each look at it."""

    time: datetime = NOON
    tick: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        self.time += self.tick
        return self.time

    def turn(self, **units: float) -> None:
        """On by so much: ``turn(minutes=31)``."""
        self.time += timedelta(**units)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def config() -> Config:
    return Config(token=Telegram().token, contact="https://example.org/contact")


@pytest.fixture
async def chats() -> AsyncIterator[Guarded]:
    """An empty database in memory."""
    async with Guarded(IN_MEMORY) as chats:
        yield chats


@pytest.fixture
def metrics() -> Metrics:
    """The numbers of the bot under test."""
    return Metrics()


@pytest.fixture
async def app(
    library: Library,
    matchers: Matchers,
    config: Config,
    clock: Clock,
    chats: Guarded,
    metrics: Metrics,
) -> AsyncIterator[App]:
    """The bot, ready; its jobs run where a test runs them."""
    request = SandboxRequest(Telegram(now=clock))
    app = build_app(
        config, library, chats, request=request, clock=clock, matchers=matchers, metrics=metrics
    )
    async with app:
        await introduce(app.bot, library)
        yield app


@pytest.fixture
def telegram(app: App) -> Iterator[Telegram]:
    """Telegram with the bot at work. Whatever a test does: nothing refused, no press unanswered."""
    request = app.bot.request
    assert isinstance(request, SandboxRequest)
    drive(request.telegram, app)
    yield request.telegram
    assert request.telegram.refusals == []
    assert request.telegram.unanswered == []


@pytest.fixture
def insisting(telegram: Telegram, app: App) -> Telegram:
    """Telegram, which hands over again what has failed in passing, as the real one does."""

    async def deliver(update: Json) -> None:
        copy = json.loads(json.dumps(update))
        while (await take(app, read(copy, app.bot))).outcome is Outcome.PASSING:
            pass

    telegram.deliver = deliver
    return telegram


@pytest.fixture
def ann(telegram: Telegram) -> Person:
    return telegram.person("Ann")


@pytest.fixture(scope="session")
def _server() -> Iterator[Server | str]:
    """The server, or why there is none."""
    try:
        with running() as server:
            server.run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            yield server
    except CannotStart as reason:
        yield str(reason)


@pytest.fixture
def server(_server: Server | str) -> Server:
    """A running PostgreSQL. The wheel that brings it has none for some machines, and some let no
    server start; the same tests run on SQLite there."""
    if isinstance(_server, str):
        pytest.skip(_server)
    return _server
