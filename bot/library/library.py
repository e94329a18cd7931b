"""The library: what the bot knows, in every language that it speaks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from bot.library.models import (
    Countries,
    Cues,
    Fixed,
    Glossary,
    Helplines,
    Kind,
    Medicine,
    Publisher,
    Source,
    Term,
    Topic,
    Urgent,
    Visit,
)
from bot.library.names import key, spelling
from bot.library.phrases import Phrases

DEFAULT_LANGUAGE = "en"

AnyTopic = TypeVar("AnyTopic", bound=Topic)


@dataclass(frozen=True)
class Edition:
    """The library in one language: frozen, so that it may be shared and swapped in whole."""

    language: str
    phrases: Phrases
    topics: Mapping[str, Topic]
    countries: Countries
    cues: Cues
    fixed: Fixed
    glossary: Glossary
    urgent: Urgent
    visit: Visit
    sources: Mapping[str, Source]
    publishers: Mapping[str, Publisher]
    helplines: Helplines

    @property
    def terms(self) -> tuple[Term, ...]:
        """The words of the glossary."""
        return self.glossary.terms

    def of_kind(self, kind: type[AnyTopic]) -> tuple[AnyTopic, ...]:
        """The topics of one kind, by title."""
        if kind not in self._of_kinds:
            found = (topic for topic in self._by_title if isinstance(topic, kind))
            self._of_kinds[kind] = tuple(found)
        return self._of_kinds[kind]

    @cached_property
    def _of_kinds(self) -> dict[type, tuple[Any, ...]]:
        return {}

    @cached_property
    def beside(self) -> dict[Any, Any]:
        """What others keep for as long as the edition is in use."""
        return {}

    @cached_property
    def listing(self) -> Mapping[str, tuple[Medicine, ...]]:
        """By the id of a side effect the medicines, by title, whose sources list it."""
        index: dict[str, list[Medicine]] = {}
        for medicine in self.of_kind(Medicine):
            lines = [line for block in medicine.side_effects for line in block.lines]
            for effect in {line.effect for line in lines if line.effect}:
                index.setdefault(effect, []).append(medicine)
        return {effect: tuple(medicines) for effect, medicines in index.items()}

    @cached_property
    def _by_title(self) -> tuple[Topic, ...]:
        return tuple(sorted(self.topics.values(), key=lambda topic: key(topic.title)))

    @cached_property
    def names(self) -> Mapping[str, tuple[Topic, ...]]:
        """Topics by the key of each of their names; several where they share it."""
        index: dict[str, list[Topic]] = {}
        for topic in self.topics.values():
            for name in {key_of(topic, name) for name in names_of(topic)}:
                index.setdefault(name, []).append(topic)
        return {name: tuple(topics) for name, topics in index.items()}

    def called(self, name: str) -> tuple[Topic, ...]:
        """The topics of that very name, as people write it."""
        found = {
            topic.id: topic
            for written in (key(name), spelling(name))
            for topic in self.names.get(written, ())
            if key_of(topic, name) == written
        }
        return tuple(found.values())

    def country_called(self, name: str) -> str | None:
        """The code of the country of that name, as people write it."""
        return self._countries_by_name.get(key(name))

    @cached_property
    def _countries_by_name(self) -> Mapping[str, str]:
        called = {code: (code, name) for code, name in self.countries.names.items()}
        for code, names in self.countries.also.items():
            called[code] = (*called.get(code, (code,)), *names)
        return {key(name): code for code, names in called.items() for name in names}

    @cached_property
    def terms_by_name(self) -> Mapping[str, Term]:
        """Terms of the glossary by the key of the term and of its aliases."""
        return {key(name): term for term in self.terms for name in (term.term, *term.aliases)}


@dataclass(frozen=True)
class Library:
    """All editions. There is always one in the default language."""

    editions: Mapping[str, Edition]

    def edition(self, language: str | None) -> Edition:
        """The edition for an IETF tag such as ``pt-br``, or the default where there is none."""
        primary = (language or "").partition("-")[0].lower()
        return self.editions.get(primary) or self.editions[DEFAULT_LANGUAGE]


def key_of(topic: Topic, name: str) -> str:
    """What is compared when somebody asks for ``topic`` by ``name``: medicines by their spelling,
    since an ending may be all that tells two of them apart."""
    return spelling(name) if topic.kind is Kind.MEDICINE else key(name)


def names_of(topic: Topic) -> Iterator[str]:
    """Every name under which a topic is found: title, with and without brackets, and the rest."""
    yield topic.id
    yield topic.title
    yield topic.title.partition(" (")[0]
    yield from topic.also
    yield from topic.aliases
    yield from topic.shared
    yield from topic.ambiguous
    if isinstance(topic, Medicine):
        yield from topic.brands.names()
