"""Rules on names: one name, one topic, unless it is said otherwise."""

import re
from collections.abc import Iterator

from bot.library.everyday import is_everyday
from bot.library.library import names_of
from bot.library.models import Medicine, Topic
from bot.library.models.urgent import A_WORD, LIST_NAME
from bot.library.names import key
from bot.library.problems import Problem
from bot.library.reading import Location
from bot.library.rules.desk import Desk, did_you_mean

GROUPED = re.compile(r" [-+>] |\|")
LANGUAGE = "en"  # of the list of everyday words


def names_are_unique(desk: Desk) -> Iterator[Problem]:
    """Two topics claim one name only where both list it under ``shared``."""
    claims: dict[str, list[Topic]] = {}
    for topic in desk.edition.topics.values():
        for name in {key(name) for name in names_of(topic)}:
            claims.setdefault(name, []).append(topic)
    for name, topics in claims.items():
        if len(topics) < 2 or all(_shares(topic, name) for topic in topics):
            continue
        first, *others = topics
        for other in others:
            location, written = _claim(other, name)
            message = f"{written!r} is also a name of {first.id}; list it under 'shared' in both"
            yield desk.problem(desk.path(other), location, message)


def terms_are_unique(desk: Desk) -> Iterator[Problem]:
    """A word stands in the glossary once."""
    first: dict[str, str] = {}
    for path, number, term in desk.terms():
        for name in {key(name) for name in (term.term, *term.aliases)}:
            if name in first:
                message = f"{term.term!r} has a name of {first[name]!r}"
                yield desk.problem(path, ("terms", number), message)
            first.setdefault(name, term.term)


def everyday_words_are_declared(desk: Desk) -> Iterator[Problem]:
    """A name that is an everyday English word stands under ``ambiguous``."""
    if desk.edition.language != LANGUAGE:
        return
    for topic in desk.edition.topics.values():
        declared = {name.casefold() for name in topic.ambiguous}
        for field in ("also", "aliases", "shared"):
            for number, name in enumerate(getattr(topic, field)):
                if is_everyday(name) and name.casefold() not in declared:
                    message = f"{name!r} is an everyday word; list it under 'ambiguous'"
                    yield desk.problem(desk.path(topic), (field, number), message)


def _shares(topic: Topic, name: str) -> bool:
    return name in {key(shared) for shared in topic.shared}


def _claim(topic: Topic, name: str) -> tuple[Location, str]:
    """Where in its file ``topic`` claims ``name``, and how it is written there."""
    lists: list[tuple[Location, tuple[str, ...]]] = [
        ((field,), getattr(topic, field)) for field in ("also", "aliases", "shared", "ambiguous")
    ]
    if isinstance(topic, Medicine):
        regions = ("us", "eu_uk", "biosimilars")
        lists += [(("brands", region), getattr(topic.brands, region)) for region in regions]
    for location, names in lists:
        for number, written in enumerate(names):
            if name == key(written):
                return (*location, number), written
    return ("title",), topic.title


def word_groups_are_sound(desk: Desk) -> Iterator[Problem]:
    """Each part of a word group has a word, and each list in it stands in ``cues.yaml``."""
    lists = desk.edition.cues.lists
    for topic in desk.edition.topics.values():
        for number, written in enumerate(topic.lay):
            message = ""
            if not all(A_WORD.search(part) for part in GROUPED.split(written)):
                message = "a word is missing beside '+', '>', '-' or '|'"
            for name in LIST_NAME.findall(written):
                if name not in lists:
                    message = f"no list {name!r}{did_you_mean(name, lists)}"
            if message:
                yield desk.problem(desk.path(topic), ("lay", number), f"{written!r}: {message}")
