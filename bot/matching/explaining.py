"""Why the bot would or would not answer a message, for people and for programs."""

from collections.abc import Iterator
from typing import TypedDict

from bot.matching.meaning import Found, Meaning


class Explained(TypedDict):
    """What ``python -m bot explain --json`` prints of one message."""

    topics: list[str]
    guesses: list[str]
    urgent: str | None
    asks_dose: bool
    replies: bool


def explained(meaning: Meaning, *, group: bool) -> Explained:
    """``meaning`` as plain data; ``group``: as in a group with keyword replies on."""
    return {
        "topics": [topic.id for topic in meaning.topics],
        "guesses": [topic.id for topic in meaning.guessed],
        "urgent": meaning.urgent.flag_id if meaning.urgent else None,
        "asks_dose": meaning.asks is not None,
        "replies": replies(meaning) if group else True,
    }


def replies(meaning: Meaning) -> bool:
    """Whether a group would hear of it: an alarm, a fixed answer about a certain topic, or a topic
    so plain that one may speak up; guesses alone are silence."""
    answered = meaning.asks is not None and bool(meaning.found)
    return meaning.urgent is not None or answered or meaning.is_plain


def told(meaning: Meaning, *, group: bool) -> str:
    """``meaning`` in words, a line for each thing that was seen."""
    lines = [
        *_each_alarm(meaning),
        *_each("topic", meaning.found),
        *_each("guess, only offered", meaning.guesses),
        *_each("seen, does not count", meaning.dropped),
    ]
    if meaning.small_talk:
        lines.append(f"small talk: {meaning.small_talk}")
    plain = explained(meaning, group=group)
    lines.append(f"replies: {'yes' if plain['replies'] else 'no'}")
    return "\n".join(lines)


def _each_alarm(meaning: Meaning) -> Iterator[str]:
    if meaning.urgent:
        urgent = meaning.urgent
        yield f"urgent: {urgent.flag_id} ({urgent.level}), from {urgent.words_that_meant_it!r}"
    if meaning.asks and meaning.fixed:
        yield f"fixed answer: {meaning.asks}, from {meaning.fixed.words_that_meant_it!r}"


def _each(what: str, found: tuple[Found, ...]) -> Iterator[str]:
    for one in found:
        yield f"{what}: {one.topic.id} ({one.topic.kind}), from {one.words!r}: {one.how}"
