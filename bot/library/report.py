"""A report for editors: what is wanted, what is due, and what is hard to read, worst first."""

from collections.abc import Iterator
from datetime import date

from bot.library.citing import cited
from bot.library.copytext import lines_of
from bot.library.dates import due
from bot.library.library import DEFAULT_LANGUAGE, Edition, Library
from bot.library.models import Topic
from bot.library.rules.grade import grades, typical

HEAD = "| topic | kind | grade | length | sources | stored copies | checked | due | wanted |"
RULE = "|---|---|---|---|---|---|---|---|---|"


def report(library: Library, today: date) -> str:
    """The default language's topics as a Markdown page.

    Worst first: what is due, then what is wanted, then the highest reading grade.
    """
    edition = library.editions[DEFAULT_LANGUAGE]
    reading = grades(edition)

    def badness(topic: Topic) -> tuple[bool, int, float]:
        return today >= due(topic.reviewed), len(topic.wanted), reading[topic.id]

    topics = sorted(edition.topics.values(), key=badness, reverse=True)
    lines = [
        "# Content report",
        "",
        f"{len(topics)} topics on {today}, median reading grade {typical(edition):.1f}.",
        "",
        HEAD,
        RULE,
        *(_row(edition, topic, reading[topic.id]) for topic in topics),
        "",
        "## Wanted",
        "",
        *_wanted(edition),
    ]
    return "\n".join(lines) + "\n"


def _row(edition: Edition, topic: Topic, grade: float) -> str:
    sources = cited(topic)
    copies = sum(edition.sources[source].stored_copy for source in sources)
    length = sum(len(line.text) for line in lines_of(topic))
    cells = [topic.id, topic.kind, f"{grade:.1f}", length, len(sources), copies]
    cells += [topic.reviewed, due(topic.reviewed), len(topic.wanted)]
    return f"| {' | '.join(map(str, cells))} |"


def _wanted(edition: Edition) -> Iterator[str]:
    for topic in sorted(edition.topics.values(), key=lambda topic: topic.id):
        yield from (f"- {topic.id}: {wanted}" for wanted in topic.wanted)
    for term in edition.terms:
        yield from (f"- glossary, {term.term}: {wanted}" for wanted in term.wanted)
