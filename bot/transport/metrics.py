"""What can be counted from outside. No label ever bears an id or a text of anybody.

Each ``Metrics`` has a registry of its own, so that there may be several in one process.
"""

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from telegram import Update

KINDS = frozenset(Update.ALL_TYPES)
OTHER = "other"  # kinds that do not exist yet
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The numbers of one running bot."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        counter = self._counter
        self.updates = counter("updates", "Updates taken, by kind", "kind")
        self.outcomes = counter("outcomes", "Updates that are over, by how they ended", "outcome")
        self.replies = counter("replies", "Replies, by kind and topic", "kind", "topic")
        self.silent = counter("silent", "Updates of groups left without a reply", "reason")
        self.urgent = counter("urgent_answers", "Answers to what is urgent")
        self.refusals = counter("refusals", "Calls that Telegram refused", "method", "status")
        self.retries = counter("retries", "Tries of updates after a failure that passes")
        self.let_go = counter("let_go", "Updates that ran for 10 s, and may be lost by a kill")
        self.database_errors = counter("database_errors", "Calls that the database failed")
        self.conflicts = counter("conflicts", "Polls refused since another program polls (409)")
        self.retry_after = self._gauge("retry_after_seconds", "The last wait asked for (429)")
        self.queue = self._gauge("queue", "Updates in hand that are not over")
        self.waiting = self._gauge("waiting", "Messages that wait for Telegram's pace")
        self.content = self._gauge("content", "The version of the content", "version")
        self.content_refused = counter("content_refused", "Changes of the content that were broken")
        self.past_review = self._gauge("topics_past_review", "Topics that are due for a review")
        self.seconds = Histogram(
            "bot_update_seconds",
            "From taking an update to the end of its work",
            registry=self.registry,
            buckets=SECONDS,
        )
        ProcessCollector(registry=self.registry)  # memory, processor time, open files; on Linux

    def show_content(self, version: str, past_review: Callable[[], float]) -> None:
        """The content that is in use, and how many of its topics are due for a review."""
        self.content.clear()
        self.content.labels(version).set(1)
        self.past_review.set_function(past_review)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"bot_{name}", told, labels, registry=self.registry)

    def _gauge(self, name: str, told: str, *labels: str) -> Gauge:
        return Gauge(f"bot_{name}", told, labels, registry=self.registry)


def kind_of(update: object) -> str:
    """What an update, as it came, is about: one of Telegram's kinds, or OTHER."""
    return next(iter(KINDS & update.keys()), OTHER) if isinstance(update, dict) else OTHER
