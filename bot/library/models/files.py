"""The files that are no topics: glossary, sources, questions for a visit."""

from typing import Annotated

from pydantic import Field, HttpUrl, StringConstraints

from bot.library.models.shapes import MOST_QUESTIONS, Day, Id, Model, Name, Question, Sources
from bot.library.models.vocabulary import Family, SmallTalk

Questions = Annotated[tuple[Question, ...], Field(min_length=5, max_length=MOST_QUESTIONS)]
OwnQuestions = Annotated[tuple[Question, ...], Field(max_length=3)]


class Cues(Model):
    """``cues.yaml``: words that tell whether a message is about health. Never shown.

    ``health`` are words and beginnings (``diagnos*``); ``personal`` stand directly before a name
    that is somebody's illness; a name beside one of its ``other_meanings`` means something else.
    ``asking`` makes a question of a sentence, ``after_comma`` does so after a comma and where it
    begins, ``opening`` only where it begins. ``denied``, with only words of ``between`` in between,
    says of a side effect that there is none. ``lists`` are words that many ``lay`` groups share
    (every medicine's name is added to ``medicine``), ``irregular`` the past forms of verbs for
    their ``~``.
    """

    health: Annotated[tuple[Name, ...], Field(min_length=1)]
    personal: Annotated[tuple[Name, ...], Field(min_length=1)]
    other_meanings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    asking: Annotated[tuple[Name, ...], Field(min_length=1)]
    after_comma: tuple[Name, ...] = ()
    opening: tuple[Name, ...] = ()
    denied: tuple[Name, ...] = ()
    between: tuple[Name, ...] = ()
    lists: dict[Id, tuple[Name, ...]] = Field(default_factory=dict)
    irregular: dict[Id, tuple[Name, ...]] = Field(default_factory=dict)
    small_talk: dict[SmallTalk, tuple[Name, ...]]


class Term(Model):
    """One entry of the glossary."""

    term: Name
    aliases: tuple[Name, ...] = ()
    meaning: Annotated[str, StringConstraints(min_length=1, max_length=240)]
    topic: Id | None = None
    sources: Sources
    reviewed: Day
    wanted: tuple[str, ...] = ()


class Visit(Model):
    """``visit.yaml``: questions to take along. ``{name}`` is the condition or the medicine."""

    general: Questions
    condition: Questions
    medicine: Questions
    families: dict[Family, OwnQuestions] = Field(default_factory=dict)
    conditions: dict[Id, OwnQuestions] = Field(default_factory=dict)


class Publisher(Model):
    """An official or well-known publisher. Links lead to its ``hosts`` and nowhere else."""

    name: Name
    hosts: Annotated[tuple[str, ...], Field(min_length=1)]


class Source(Model):
    """A page that somebody of this project opened on ``checked``.

    ``stored_copy`` is true where not the live page but a stored copy of it was read.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    publisher: Id
    url: HttpUrl
    checked: Day
    stored_copy: bool = False


class SourceList(Model):
    """``sources.yaml``: every source once."""

    publishers: dict[Id, Publisher]
    sources: dict[Id, Source]


class Glossary(Model):
    """``glossary.yaml`` of one language."""

    terms: tuple[Term, ...]
