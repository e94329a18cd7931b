"""A report for editors: what is wanted, what is due, and what stands on which sources."""

from collections.abc import Iterator
from datetime import date

from bot.library.citing import cited
from bot.library.library import DEFAULT_LANGUAGE, Edition, Library
from bot.library.models import Topic


def report(library: Library, today: date) -> str:
    """The default language's topics as a Markdown page, those with the oldest check first."""
    edition = library.editions[DEFAULT_LANGUAGE]
    lines = ["# Content report", "", f"{len(edition.topics)} topics on {today.isoformat()}.", ""]
    lines += ["## Wanted", *_wanted(edition), "", "## Topics, oldest check first", ""]
    lines += ["| topic | kind | checked | sources | stored copies |", "|---|---|---|---|---|"]
    topics = sorted(edition.topics.values(), key=lambda topic: (topic.reviewed, topic.id))
    lines += [_row(edition, topic) for topic in topics]
    return "\n".join(lines) + "\n"


def _wanted(edition: Edition) -> Iterator[str]:
    for topic in sorted(edition.topics.values(), key=lambda topic: topic.id):
        for wanted in topic.wanted:
            yield f"- {topic.id}: {wanted}"
    for term in edition.terms:
        for wanted in term.wanted:
            yield f"- glossary, {term.term}: {wanted}"


def _row(edition: Edition, topic: Topic) -> str:
    sources = cited(topic)
    copies = sum(edition.sources[source].stored_copy for source in sources)
    day = topic.reviewed.isoformat()
    return f"| {topic.id} | {topic.kind} | {day} | {len(sources)} | {copies} |"
