"""Programs that are run against the benchmark's Bot API server, and what is seen of them."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOKEN = "4200000001:" + "b" * 35
LONGEST = 600.0  # seconds that a run may take
TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1024  # of the kilobytes in which Linux counts


@dataclass(frozen=True)
class Contender:
    """A program: what it is called, how it is started, with which settings."""

    name: str
    command: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """Of one run: updates a second, seconds to start, megabytes resident at the end, processor
    seconds for 1,000 updates."""

    rate: float
    start: float
    memory: float
    processor: float


def ours(name: str = "this bot, whole", **settings: str) -> Contender:
    """The bot as an operator runs it, but for the pace."""
    settings = {"MESSAGES_PER_SECOND": "100000", "CONTACT": "", **settings}
    return Contender(name, [sys.executable, "-m", "bot"], settings)


def has_aiogram() -> bool:
    """Whether there is an aiogram to compare with."""
    command = [_python_of_rivals(), "-c", "import aiogram"]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


def rival(name: str, which: str) -> Contender:
    """An echo bot."""
    program = sys.executable if which == "stock" else _python_of_rivals()
    return Contender(name, [program, "-m", "tests.benchmarks.rivals", which])


def _python_of_rivals() -> str:
    return os.environ.get("AIOGRAM_PYTHON", sys.executable)


def run(contender: Contender, kind: str, updates: int, delay: float = 0) -> Seen:
    """Let ``contender`` take so many updates: on a core of its own, the server on the other.

    ``delay``: milliseconds after which the server shows a message that was sent.
    """
    with tempfile.TemporaryDirectory() as folder, _server(kind, updates, delay) as (server, url):
        began = time.monotonic()
        with _program(contender, url, Path(folder)) as program:
            _wait_for(server, "begun")
            first = time.monotonic()
            spent = _processor(program)
            _wait_for(server, "over")
            last = time.monotonic()
            spent = _processor(program) - spent
            memory = _memory(program)
    return Seen(updates / (last - first), first - began, memory, spent / updates * 1000)


@contextlib.contextmanager
def _server(kind: str, updates: int, delay: float) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "tests.benchmarks.api", kind, str(updates), str(delay)]
    with _started(command, {}, core=0, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        too_long = threading.Timer(LONGEST, server.kill)  # somebody owes an answer for ever
        too_long.start()
        try:
            yield server, f"http://127.0.0.1:{server.stdout.readline().strip()}"
        finally:
            too_long.cancel()


@contextlib.contextmanager
def _program(contender: Contender, url: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    settings = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": url,
        "DATABASE_URL": f"sqlite:///{folder}/bot.db",
        "LISTEN": f"127.0.0.1:{_free_port()}",
        **contender.settings,
    }
    with (
        (folder / "log").open("w") as log,
        _started(contender.command, settings, core=1, stdout=log) as program,
    ):
        yield program


@contextlib.contextmanager
def _started(
    command: Sequence[str], settings: Mapping[str, str], *, core: int, stdout: object
) -> Iterator[subprocess.Popen[str]]:
    """A process on the ``core``-th of the cores that we may use; it ends with the block."""
    cores = sorted(os.sched_getaffinity(0))
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **settings},
        text=True,
        stdout=stdout,  # type: ignore[call-overload]  # a file or PIPE
        stderr=None if stdout is subprocess.PIPE else subprocess.STDOUT,
    )
    os.sched_setaffinity(process.pid, {cores[core % len(cores)]})
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _wait_for(server: subprocess.Popen[str], word: str) -> None:
    assert server.stdout is not None
    said = server.stdout.readline().strip()
    if said != word:
        raise RuntimeError(f"the server said {said!r}, not {word!r}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _processor(process: subprocess.Popen[str]) -> float:
    """Seconds of processor time so far (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(process: subprocess.Popen[str]) -> float:
    """Megabytes resident."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / MEGABYTE
