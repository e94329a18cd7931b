"""What must hold between files. Each rule is a small function in ``RULES``."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bot.library.citing import citations
from bot.library.library import DEFAULT_LANGUAGE, Edition, Library
from bot.library.models import FOLDERS, Medicine, SideEffect, Term, Topic
from bot.library.names import key
from bot.library.problems import Problem
from bot.library.reading import Document, Location


@dataclass(frozen=True)
class Desk:
    """One edition with its files: what a rule looks at."""

    edition: Edition
    documents: Mapping[str, Document]

    def path(self, topic: Topic) -> str:
        """The file of ``topic``, in this language or, untranslated, in the default one."""
        folder = next(name for name, model in FOLDERS.items() if isinstance(topic, model))
        path = f"{self.edition.language}/{folder}/{topic.id}.yaml"
        return path if path in self.documents else f"{DEFAULT_LANGUAGE}/{folder}/{topic.id}.yaml"

    def problem(self, path: str, location: Location, message: str) -> Problem:
        """A problem at the line of ``location``."""
        return Problem(path, self.documents[path].line(location), message)

    def links(self) -> Iterator[tuple[str, Location, str]]:
        """Every id of another topic that a file names: path, location, id."""
        for topic in self.edition.topics.values():
            path = self.path(topic)
            for number, related in enumerate(topic.related):
                yield path, ("related", number), related
            for field in ("part_of", "same_as"):
                if target := getattr(topic, field, None):
                    yield path, (field,), target
        for path, number, term in self.terms():
            if term.topic:
                yield path, ("terms", number, "topic"), term.topic

    def citations(self) -> Iterator[tuple[str, Location, str]]:
        """Every id of a source that a file names: path, location, id."""
        for topic in self.edition.topics.values():
            for location, source in citations(topic):
                yield self.path(topic), location, source
        for path, number, term in self.terms():
            for location, source in citations(term):
                yield path, ("terms", number, *location), source

    def terms(self) -> Iterator[tuple[str, int, Term]]:
        """The words of the glossary with file and position, if this language has its own."""
        path = f"{self.edition.language}/glossary.yaml"
        if path in self.documents:
            for number, term in enumerate(self.edition.terms):
                yield path, number, term


Rule = Callable[[Desk], Iterator[Problem]]


def check(library: Library, documents: Mapping[str, Document]) -> list[Problem]:
    """Every problem that any rule finds in any edition, each once."""
    desks = [Desk(edition, documents) for edition in library.editions.values()]
    found = (problem for desk in desks for rule in RULES for problem in rule(desk))
    return list(dict.fromkeys(found))


def topics_exist(desk: Desk) -> Iterator[Problem]:
    """An id of another topic is the name of a file."""
    for path, location, target in desk.links():
        if target not in desk.edition.topics:
            message = f"no topic {target!r}{_did_you_mean(target, desk.edition.topics)}"
            yield desk.problem(path, location, message)


def sources_exist(desk: Desk) -> Iterator[Problem]:
    """An id of a source stands in sources.yaml."""
    for path, location, source in desk.citations():
        if source not in desk.edition.sources:
            message = f"no source {source!r}{_did_you_mean(source, desk.edition.sources)}"
            yield desk.problem(path, location, message)


def publishers_are_known(desk: Desk) -> Iterator[Problem]:
    """A source's publisher stands in the list, and its address is one of the publisher's hosts."""
    for name, source in desk.edition.sources.items():
        publisher = desk.edition.publishers.get(source.publisher)
        if publisher is None:
            hint = _did_you_mean(source.publisher, desk.edition.publishers)
            message = f"no publisher {source.publisher!r}{hint}"
            yield desk.problem("sources.yaml", ("sources", name, "publisher"), message)
        elif source.url.host not in publisher.hosts:
            message = f"{source.url.host} is no host of {source.publisher}"
            yield desk.problem("sources.yaml", ("sources", name, "url"), message)


def names_are_unique(desk: Desk) -> Iterator[Problem]:
    """Two topics claim one name only where both list it under ``shared``."""
    for name, topics in desk.edition.names.items():
        if len(topics) < 2 or all(_shares(topic, name) for topic in topics):
            continue
        first, *others = topics
        for other in others:
            field, number, written = _claim(other, name)
            message = f"{written!r} is also a name of {first.id}; list it under 'shared' in both"
            yield desk.problem(desk.path(other), (field, number), message)


def terms_are_unique(desk: Desk) -> Iterator[Problem]:
    """A word stands in the glossary once."""
    first: dict[str, str] = {}
    for path, number, term in desk.terms():
        for name in {key(name) for name in (term.term, *term.aliases)}:
            if name in first:
                message = f"{term.term!r} has a name of {first[name]!r}"
                yield desk.problem(path, ("terms", number), message)
            first.setdefault(name, term.term)


def same_as_is_one_step(desk: Desk) -> Iterator[Problem]:
    """``same_as`` leads to a topic that is itself no other word for something."""
    for topic in desk.edition.of_kind(SideEffect):
        target = desk.edition.topics.get(topic.same_as or "")
        if isinstance(target, SideEffect) and target.same_as:
            message = f"{target.id} is itself the same as {target.same_as}"
            yield desk.problem(desk.path(topic), ("same_as",), message)


def disclaimer_says_doctor(desk: Desk) -> Iterator[Problem]:
    """The disclaimer sends people to their doctor, in every form it has."""
    path = f"{desk.edition.language}/phrases.yaml"
    if (
        desk.edition.language == DEFAULT_LANGUAGE
        and "doctor" not in desk.edition.phrases.disclaimer
    ):
        yield desk.problem(path, ("disclaimer",), "the disclaimer must say 'doctor'")


RULES: tuple[Rule, ...] = (
    topics_exist,
    sources_exist,
    publishers_are_known,
    names_are_unique,
    terms_are_unique,
    same_as_is_one_step,
    disclaimer_says_doctor,
)


def _shares(topic: Topic, name: str) -> bool:
    return name in {key(shared) for shared in topic.shared}


def _claim(topic: Topic, name: str) -> tuple[str, int | str, str]:
    """Where in its file ``topic`` claims ``name``: field, position, as written."""
    for field in ("also", "aliases", "shared", "ambiguous"):
        for number, written in enumerate(getattr(topic, field)):
            if name == key(written):
                return field, number, written
    return "brands" if isinstance(topic, Medicine) else "title", 0, topic.title


def _did_you_mean(wrong: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(wrong, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
