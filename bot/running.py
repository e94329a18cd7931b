"""Run the bot on Telegram until it is told to stop."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.app import build_app, introduce, urgent_in
from bot.chores import chores, use
from bot.config import Config
from bot.content import Content, version_of
from bot.context import App
from bot.library import Library
from bot.storage import Guarded, StorageError
from bot.transport.claims import Claims
from bot.transport.ledger import Ledger
from bot.transport.limiter import Limiter
from bot.transport.listening import Busy, Server, State
from bot.transport.metrics import Metrics
from bot.transport.patience import Rejected, reached
from bot.transport.polling import Polling
from bot.transport.reach import Reach
from bot.transport.request import Request
from bot.transport.watched import Watched
from bot.transport.way import UnusableProxy, way_to
from bot.transport.webhook import Webhook

FINISHING = 8.0  # seconds for what is in hand; the whole stop takes at most 15
READY = 60.0  # seconds since Telegram last answered
# Of objects that were made and not dropped before garbage is looked for; Python's own 700 is less
# than one update makes, so nearly all that was looked at was still in use (a sixth of all work).
BETWEEN_SEARCHES = 20_000
log = logging.getLogger(__name__)
REJECTED = "Telegram does not know this BOT_TOKEN; get the right one from BotFather (README.md)"

Way = Polling | Webhook


def run_bot(config: Config, library: Library) -> int:
    """Run until a signal, then exit status 0; 1, with a line, where the token is rejected, the
    database or the proxy cannot be used, or somebody else listens where Telegram is to deliver."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # else RetryAfter warns of its own future
    try:
        way_to(config.api_url)
        content = Content.of(library, version_of(config.content_dir))
        _keep_what_there_is()
        with asyncio.Runner(loop_factory=_fastest_loop()) as runner:
            runner.run(_run(config, content))
    except Rejected:
        print(REJECTED, file=sys.stderr)
        return 1
    except (StorageError, Busy, UnusableProxy) as error:
        print(error, file=sys.stderr)
        return 1
    log.info("stopped")
    return 0


def _keep_what_there_is() -> None:
    """Collect garbage from now on, but not among the content and the modules, which stay: each
    search through them would hold up the answers."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(BETWEEN_SEARCHES)
    gc.enable()


async def _run(config: Config, content: Content) -> None:
    metrics, reach = Metrics(), Reach()
    request, limiter = Watched(Request(), metrics, reach), Limiter(config.messages_per_second)
    metrics.waiting.set_function(lambda: limiter.waiting)
    async with await Guarded.open(config.database_url) as chats:
        chats.on_failure = metrics.database_errors.inc
        app = build_app(
            config,
            content.library,
            chats,
            request=request,
            limiter=limiter,
            matchers=content.matchers,
            metrics=metrics,
        )
        use(content, app)
        ledger = Ledger(chats)
        way = _way(config, app, ledger, metrics, reach)
        with _stopping_on_signals() as stop:
            async with (
                _listening(config, way, metrics, _state(app, reach)),
                chores(config, app),
            ):
                await _work(app, way, ledger, limiter, stop)


def _way(config: Config, app: App, ledger: Ledger, metrics: Metrics, reach: Reach) -> Way:
    """How updates come."""
    urgent = urgent_in(app)
    if config.webhook is None:
        return Polling(app, ledger, metrics, reach, urgent)
    # Nobody else listens there, so whoever else had this name is dead.
    owner = f"{socket.gethostname()}:{config.listen.port}"
    claims = Claims(app.bot_data.chats, ledger, owner)
    url, secret = config.webhook.url, config.webhook.secret
    return Webhook(app, claims, metrics, reach, url, secret, urgent)


async def _work(app: App, way: Way, ledger: Ledger, limiter: Limiter, stop: asyncio.Event) -> None:
    """Take updates until ``stop``, then finish what is in hand.

    Raises:
        Rejected: Telegram does not know the token, or no longer.
    """
    try:
        await reached(app.initialize, stop)
        await reached(lambda: introduce(app.bot, app.bot_data.content.library), stop)
        await reached(way.open, stop)
        if not stop.is_set():
            await app.start()
            log.info("running as @%s", app.bot.username)
            await way.run(stop)
    finally:
        limiter.stop_within(FINISHING)
        await way.finish(FINISHING)
        await ledger.close()
        if app.running:
            if app.job_queue is not None:
                await app.job_queue.stop(wait=False)
            await app.stop()
        await app.shutdown()
        await app.bot.shutdown()  # the application leaves it open where it never got ready


@asynccontextmanager
async def _listening(
    config: Config, way: Way, metrics: Metrics, state: State
) -> AsyncIterator[None]:
    """Listen at LISTEN. Who polls can do without; who has a webhook cannot.

    Raises:
        Busy: somebody else does, and Telegram delivers there.
    """
    server = Server(metrics, state)
    if config.webhook and isinstance(way, Webhook):
        server.deliver(config.webhook.path, way.deliver)
    try:
        try:
            await server.start(*config.listen)
        except Busy as error:
            if config.webhook:
                raise
            log.warning("%s; going on without health and metrics", error)
        yield
    finally:
        await server.close()


def _state(app: App, reach: Reach) -> State:
    """What the bot needs to be ready."""

    async def state() -> dict[str, bool]:
        return {
            "telegram": reach.within(READY),
            "database": await app.bot_data.chats.works(),
            "content": bool(app.bot_data.content.library.editions),
        }

    return state


@contextmanager
def _stopping_on_signals() -> Iterator[asyncio.Event]:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _fastest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's event loop; asyncio's own (None) where there is no uvloop, as on Windows."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
