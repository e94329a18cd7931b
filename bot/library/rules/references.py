"""Rules on ids: what a file names exists, and is of the right kind."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.library.models import Basic, Condition, Medicine, Section, SideEffect, Topic
from bot.library.problems import Problem
from bot.library.reading import Location
from bot.library.rules.desk import Desk, did_you_mean


class Link(NamedTuple):
    """An id that a file names, and what it must be the id of."""

    path: str
    at: Location
    id: str
    kind: type[Topic] | None = None
    section: Section | None = None

    def fits(self, topic: Topic) -> bool:
        """Whether ``topic`` is what this link may lead to."""
        if self.section and not (isinstance(topic, Basic) and topic.section is self.section):
            return False
        return self.kind is None or isinstance(topic, self.kind)

    def wanted(self) -> str:
        """What it must be, in words."""
        return f"of section {self.section}" if self.section else f"a {self.kind and self.kind.kind}"


def topics_exist(desk: Desk) -> Iterator[Problem]:
    """An id of another topic is the name of a file, of the kind that belongs there."""
    for link in _links(desk):
        topic = desk.edition.topics.get(link.id)
        if topic is None and link.id in desk.unread:
            continue
        if topic is None:
            message = f"no topic {link.id!r}{did_you_mean(link.id, desk.edition.topics)}"
            yield desk.problem(link.path, link.at, message)
        elif not link.fits(topic):
            yield desk.problem(link.path, link.at, f"{link.id!r} is not {link.wanted()}")


def sources_exist(desk: Desk) -> Iterator[Problem]:
    """An id of a source stands in sources.yaml."""
    for path, location, source in desk.citations():
        if source not in desk.edition.sources:
            message = f"no source {source!r}{did_you_mean(source, desk.edition.sources)}"
            yield desk.problem(path, location, message)


def publishers_are_known(desk: Desk) -> Iterator[Problem]:
    """A source's publisher stands in the list, and its address is one of the publisher's hosts."""
    for name, source in desk.edition.sources.items():
        publisher = desk.edition.publishers.get(source.publisher)
        if publisher is None:
            hint = did_you_mean(source.publisher, desk.edition.publishers)
            message = f"no publisher {source.publisher!r}{hint}"
            yield desk.problem("sources.yaml", ("sources", name, "publisher"), message)
        elif source.url.host not in publisher.hosts:
            message = f"{source.url.host} is no host of {source.publisher}"
            yield desk.problem("sources.yaml", ("sources", name, "url"), message)


def organisations_are_known(desk: Desk) -> Iterator[Problem]:
    """A patient organisation's address is a host of one of the publishers: no mirror, no news."""
    hosts = {host for publisher in desk.edition.publishers.values() for host in publisher.hosts}
    for topic in desk.edition.of_kind(Condition):
        for number, organisation in enumerate(topic.organisations):
            if organisation.url.host not in hosts:
                at = ("organisations", number, "url")
                message = f"{organisation.url.host} is no host of any publisher in sources.yaml"
                yield desk.problem(desk.path(topic), at, message)


def same_as_is_one_step(desk: Desk) -> Iterator[Problem]:
    """``same_as`` leads to a topic that is no other word for something; nothing names itself."""
    for topic in desk.edition.topics.values():
        for field in ("part_of", "same_as"):
            name = getattr(topic, field, None)
            target = desk.edition.topics.get(name or "")
            if name == topic.id:
                yield desk.problem(desk.path(topic), (field,), f"{name} cannot name itself")
            elif isinstance(target, SideEffect) and target.same_as:
                message = f"{name} is itself the same as {target.same_as}"
                yield desk.problem(desk.path(topic), (field,), message)


def examples_are_medicines(desk: Desk) -> Iterator[Problem]:
    """A mechanism's or a route's examples are medicines of the library, by name."""
    for topic in desk.edition.of_kind(Basic):
        for number, name in enumerate(topic.examples):
            if not any(isinstance(found, Medicine) for found in desk.edition.called(name)):
                message = f"no medicine is called {name!r}"
                yield desk.problem(desk.path(topic), ("examples", number), message)


def _links(desk: Desk) -> Iterator[Link]:
    for topic in desk.edition.topics.values():
        path = desk.path(topic)
        for number, related in enumerate(topic.related):
            yield Link(path, ("related", number), related)
        match topic:
            case Condition() if topic.part_of:
                yield Link(path, ("part_of",), topic.part_of, Condition)
            case SideEffect() if topic.same_as:
                yield Link(path, ("same_as",), topic.same_as, SideEffect)
            case Medicine():
                yield from _links_of_medicine(path, topic)
    for path, number, term in desk.terms():
        if term.topic:
            yield Link(path, ("terms", number, "topic"), term.topic)
    visit = f"{desk.edition.language}/visit.yaml"
    for condition in desk.edition.visit.conditions if visit in desk.documents else ():
        yield Link(visit, ("conditions", condition), condition, Condition)


def _links_of_medicine(path: str, medicine: Medicine) -> Iterator[Link]:
    for number, use in enumerate(medicine.uses):
        yield Link(path, ("uses", number, "condition"), use.condition, Condition)
    for number, mechanism in enumerate(medicine.mechanisms):
        yield Link(path, ("mechanisms", number), mechanism, Basic, Section.MECHANISM)
    for number, route in enumerate(medicine.routes):
        yield Link(path, ("routes", number), route, Basic, Section.ROUTE)
    for number, block in enumerate(medicine.side_effects):
        for at, line in enumerate(block.lines):
            if line.effect:
                where = ("side_effects", number, "lines", at, "effect")
                yield Link(path, where, line.effect, SideEffect)
