"""How fast the bot is, beside two echo bots: ``python -m tests.benchmarks.throughput``.

All talk to the same Bot API server on loopback, one after the other, each on one core; the server
has the other. Of several rounds the best one counts. The bot runs whole, as an operator runs it,
with a database, but for Telegram's pace; the others send back what they are sent and keep nothing.
Replies are measured twice: over a server that shows them at once, where all that counts is the
processor, and over one that takes a few milliseconds, as any network does (Telegram's own takes
more). Nothing is asserted: the machine's speed is not the program's. It needs Linux, and aiogram
in the Python that AIOGRAM_PYTHON names (in this one where it is not set).
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.contenders import Contender, Seen, has_aiogram, ours, rival, run
from tests.benchmarks.growing import grow

MANY = 10_000  # topics
HEADINGS = ("", "a second", "start s", "memory MB", "CPU s per 1,000")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.throughput")
    parser.add_argument("--updates", type=int, default=10_000, help="in each run")
    parser.add_argument("--rounds", type=int, default=3, help="of which the best counts")
    parser.add_argument("--delay", type=float, default=5, help="ms that a reply is on its way")
    parser.add_argument("--grown", action="store_true", help=f"with {MANY:,} topics too")
    options = parser.parse_args(arguments)
    rivals = [rival("python-telegram-bot, echo", "stock")]
    if has_aiogram():
        rivals += [rival("aiogram, echo", "aiogram"), rival("aiogram on uvloop", "aiogram-uvloop")]
    with tempfile.TemporaryDirectory() as folder:
        bots = [ours("this bot, whole")]
        if options.grown:
            content = grow(Path(folder) / "content", MANY)
            bots.append(ours(f"this bot, {MANY:,} topics", CONTENT_DIR=str(content)))
        _show("replies in private", "questions", [*rivals, *bots], options)
        later = f"replies in private, {options.delay:g} ms on the way"
        _show(later, "questions", [*rivals, *bots], options, options.delay)
        _show("chatter in groups", "chatter", [*rivals, *bots], options)
    return 0


def _show(
    title: str,
    kind: str,
    all_: Sequence[Contender],
    options: argparse.Namespace,
    delay: float = 0,
) -> None:
    """The table of one kind of update, each line as soon as it is known."""
    print(f"\n{title}: {options.updates:,} updates, best of {options.rounds}")
    print(f"{HEADINGS[0]:28}" + "".join(f"{heading:>16}" for heading in HEADINGS[1:]))
    each = [partial(run, one, kind, options.updates, delay) for one in all_]
    rounds = [[one() for one in each] for _ in range(options.rounds)]
    for one, seen in zip(all_, zip(*rounds, strict=True), strict=True):
        print(_line(one.name, _best(seen)), flush=True)


def _best(seen: Sequence[Seen]) -> Seen:
    """The best of each number: what disturbs a run makes all of them worse, never better."""
    return Seen(
        max(one.rate for one in seen),
        min(one.start for one in seen),
        min(one.memory for one in seen),
        min(one.processor for one in seen),
    )


def _line(name: str, seen: Seen) -> str:
    return f"{name:28}{seen.rate:16,.0f}{seen.start:16.1f}{seen.memory:16.0f}{seen.processor:16.2f}"


if __name__ == "__main__":
    sys.exit(main())
