"""Content without downtime: a change is read and checked beside what runs, and swapped in whole.

A change is noticed by the system's own notices (watchfiles), by SIGHUP, and by a look every few
seconds, since no notice comes where a link to the folder is turned to another folder.
"""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from watchfiles import awatch

from bot.content import Content, Stamp, stamps, version_of
from bot.library import ContentError

LOOK_EVERY = 2.0  # seconds
SETTLING = 0.3  # seconds without a further change: an editor saves many files at once
log = logging.getLogger(__name__)

Swap = Callable[[Content], None]
Refused = Callable[[ContentError], None]


async def watch(folder: Path, in_use: str, swap: Swap, refused: Refused) -> None:
    """Until cancelled: hand each changed and sound content to ``swap``, each broken one to
    ``refused``; what ran before goes on then. ``in_use`` is the version that runs: a change from
    before the watch began is one too."""
    known = stamps(folder)
    if version_of(folder) != in_use:
        known = ()
    hung_up = asyncio.Event()
    with _on_hang_up(hung_up.set):
        async for _ in _occasions(folder):
            found = await _settled(folder)
            if found != known or hung_up.is_set():
                hung_up.clear()
                known = found
                await _read(folder, swap, refused)


async def _read(folder: Path, swap: Swap, refused: Refused) -> None:
    try:
        content = await asyncio.to_thread(Content.read, folder)
    except ContentError as error:
        _log_refused(folder, error)
        refused(error)
    except OSError as error:  # it is just being replaced: that changes its stamps again
        log.warning("%s cannot be read now: %s", folder, error.strerror)
    else:
        swap(content)
        log.info("content %s is in use", content.version)


async def _settled(folder: Path) -> tuple[Stamp, ...]:
    """The stamps of the files, once they stay the same for a moment."""
    before = None
    while True:
        with suppress(OSError):  # a file went between being listed and being looked at
            found = await asyncio.to_thread(stamps, folder)
            if found == before:
                return found
            before = found
        await asyncio.sleep(SETTLING)


async def _occasions(folder: Path) -> AsyncIterator[None]:
    """Each time to look: after a notice, and every few seconds."""
    try:
        async for _ in awatch(folder, rust_timeout=int(LOOK_EVERY * 1000), yield_on_timeout=True):
            yield
    except OSError as error:
        log.warning("no notices of changes are to be had here: %s", error.strerror)
    while True:
        await asyncio.sleep(LOOK_EVERY)
        yield


@contextmanager
def _on_hang_up(do: Callable[[], None]) -> Iterator[None]:
    loop, number = asyncio.get_running_loop(), getattr(signal, "SIGHUP", None)
    if number is None:  # not on Windows
        yield
        return
    loop.add_signal_handler(number, do)
    try:
        yield
    finally:
        loop.remove_signal_handler(number)


def _log_refused(folder: Path, error: ContentError) -> None:
    log.error("%s is refused, and the content before it stays:", folder)
    for problem in error.problems:
        log.error("%s", problem)
