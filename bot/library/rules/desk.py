"""What a rule looks at: one edition, the files it was read from, and the date."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from bot.library.citing import citations
from bot.library.copytext import Line, lines_of, texts_in
from bot.library.library import DEFAULT_LANGUAGE, Edition
from bot.library.models import FOLDERS, Term, Topic
from bot.library.problems import Problem, Severity
from bot.library.reading import Document, Location

# The files of a language with the bot's own words, and in which fields these stand: none means all.
OWN_WORDS: dict[str, tuple[str, ...]] = {
    "phrases": (),
    "visit": (),
    "fixed": ("text",),
    "urgent": ("title", "name", "do"),
}


class Copy(NamedTuple):
    """A line that people read, with its file and whose it is."""

    path: str
    owner: Topic | Term
    line: Line


@dataclass(frozen=True)
class Desk:
    """One edition with its files, on a day."""

    edition: Edition
    documents: Mapping[str, Document]
    today: date
    unread: Collection[str] = ()

    def path(self, topic: Topic) -> str:
        """The file of ``topic``, in this language or, untranslated, in the default one."""
        folder = next(name for name, model in FOLDERS.items() if isinstance(topic, model))
        path = f"{self.edition.language}/{folder}/{topic.id}.yaml"
        return path if path in self.documents else f"{DEFAULT_LANGUAGE}/{folder}/{topic.id}.yaml"

    def problem(
        self, path: str, location: Location, message: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        """A problem at the line of ``location``."""
        return Problem(path, self.documents[path].line(location), message, severity)

    def terms(self) -> Iterator[tuple[str, int, Term]]:
        """The words of the glossary with file and position, if this language has its own."""
        path = f"{self.edition.language}/glossary.yaml"
        if path in self.documents:
            for number, term in enumerate(self.edition.terms):
                yield path, number, term

    def citations(self) -> Iterator[tuple[str, Location, str]]:
        """Every id of a source that a file names: path, location, id."""
        for topic in self.edition.topics.values():
            for location, source in citations(topic):
                yield self.path(topic), location, source
        for path, number, term in self.terms():
            for location, source in citations(term):
                yield path, ("terms", number, *location), source

    def copy(self) -> Iterator[Copy]:
        """Every line that people read of topics and words."""
        for topic in self.edition.topics.values():
            for line in lines_of(topic):
                yield Copy(self.path(topic), topic, line)
        for path, number, term in self.terms():
            for line in lines_of(term, ("terms", number)):
                yield Copy(path, term, line)

    def own_words(self) -> Iterator[tuple[str, Line]]:
        """What the bot says besides topics and words, with its file, if it is of this language."""
        for name, fields in OWN_WORDS.items():
            path = f"{self.edition.language}/{name}.yaml"
            if path in self.documents:
                for line in texts_in(getattr(self.edition, name), fields):
                    yield path, line


Rule = Callable[[Desk], Iterator[Problem]]


def did_you_mean(wrong: str, known: Mapping[str, object]) -> str:
    """ "; did you mean 'x'?", or nothing where nothing comes close."""
    close = get_close_matches(wrong, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
