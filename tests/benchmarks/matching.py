"""How long the whole decision about a message takes: ``python -m tests.benchmarks.matching``.

It is compared with the bare extraction of the same names by flashtext and pyahocorasick
(``pip install flashtext pyahocorasick``), on the same lines, in one go. Nothing here is asserted:
the machine's speed is not the program's.
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bot.library import Edition, load
from bot.library.library import names_of
from bot.matching.matcher import Matcher

ROOT = Path(__file__).parents[2]
CHAT = ROOT / "tests" / "data" / "messages" / "chat.dev.txt"
Read = Callable[[str], object]


def flashtext_of(names: Sequence[str]) -> Read:
    """Keyword extraction as flashtext does it."""
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for name in names:
        processor.add_keyword(name)
    return lambda text: processor.extract_keywords(text)


def ahocorasick_of(names: Sequence[str]) -> Read:
    """Keyword extraction by an Aho-Corasick automaton, without word borders."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name.casefold(), name)
    automaton.make_automaton()
    return lambda text: list(automaton.iter(text.casefold()))


def timed(read: Read, lines: Sequence[str]) -> tuple[float, float]:
    """Median and 99th percentile in microseconds of one line, best of three passes."""
    best = [float("inf")] * len(lines)
    for _ in range(3):
        for number, line in enumerate(lines):
            begin = time.perf_counter()
            read(line)
            best[number] = min(best[number], time.perf_counter() - begin)
    ranked = sorted(best)
    return statistics.median(ranked) * 1e6, ranked[int(len(ranked) * 0.99)] * 1e6


def grown(edition: Edition, topics: int) -> Edition:
    """The edition with its topics copied under new names until there are so many."""
    grown_topics = dict(edition.topics)
    originals = list(edition.topics.values())
    number = 0
    while len(grown_topics) < topics:
        topic = originals[number % len(originals)]
        mark = f"{number:x}"
        update: dict[str, object] = {"id": f"{topic.id}-{mark}", "title": f"{topic.title} z{mark}"}
        lists = ("also", "aliases", "shared", "ambiguous")
        update |= {field: tuple(f"{n} z{mark}" for n in getattr(topic, field)) for field in lists}
        grown_topics[f"{topic.id}-{mark}"] = topic.model_copy(update=update)
        number += 1
    return replace(edition, topics=grown_topics)


HOSTILE = {
    "100,000 letters": "a" * 100_000,
    "a wall of words": "pain " * 20_000,
    "a wall of slips": "humera " * 20_000,
    "a wall of odd words": " ".join(f"qx{number}zy" for number in range(20_000)),
    "10,000 emoji": "\N{FACE WITH TEARS OF JOY}" * 10_000,
    "right to left": "\N{RIGHT-TO-LEFT OVERRIDE}\N{HEBREW LETTER ALEF}b " * 5_000,
    "nulls": "\0" * 5_000,
}


def main() -> int:
    """Print the table."""
    content = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "content"
    edition = load(content).library.edition(None)
    names = sorted({name for topic in edition.topics.values() for name in names_of(topic)})
    lines = CHAT.read_text(encoding="utf-8").splitlines()
    begin = time.perf_counter()
    matcher = Matcher(edition)
    built = time.perf_counter() - begin
    large = Matcher(grown(edition, 10_000))
    readers: dict[str, Read] = {
        "flashtext, extraction": flashtext_of(names),
        "pyahocorasick, extraction": ahocorasick_of(names),
        "the whole decision": matcher.read,
        "the whole decision, 10,000 topics": large.read,
    }
    print(f"{len(lines)} lines of everyday chat, {len(names)} names, index built in {built:.2f} s")
    print(f"{'':36}{'median µs':>12}{'99th pct µs':>14}")
    for name, read in readers.items():
        median, high = timed(read, lines)
        print(f"{name:36}{median:12.1f}{high:14.1f}")
    for name, text in HOSTILE.items():
        print(f"{name:36}{timed(matcher.read, [text])[0] / 1000:12.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
