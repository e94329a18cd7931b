"""The content folder -> a checked, frozen Library.

Everything is read and every problem is found before anything is used: an editor sees all of them
at once, and the bot starts on sound content or not at all.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.library import rules
from bot.library.explaining import problems_of
from bot.library.library import DEFAULT_LANGUAGE, Edition, Library
from bot.library.models import (
    FOLDERS,
    Countries,
    Cues,
    Fixed,
    Glossary,
    Helplines,
    Model,
    SourceList,
    Topic,
    Urgent,
    Visit,
)
from bot.library.phrases import Phrases
from bot.library.problems import ContentError, Problem, Severity
from bot.library.reading import Data, Document, Unreadable, read

SHARED_FILES: dict[str, type[Model]] = {"sources.yaml": SourceList, "helplines.yaml": Helplines}
# Each is a file of a language, ``<name>.yaml``, and a field of ``Edition`` of that name.
PARTS: dict[str, type[Model]] = {
    "countries": Countries,
    "cues": Cues,
    "fixed": Fixed,
    "glossary": Glossary,
    "urgent": Urgent,
    "visit": Visit,
}
LANGUAGE_FILES = {"phrases.yaml", *(f"{name}.yaml" for name in PARTS)}
NOT_CONTENT = {"README.md"}
AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True)
class Loaded:
    """A library, the files it came from, and what else there is to say about them."""

    library: Library
    warnings: tuple[Problem, ...]


def load(folder: Path, *, today: date | None = None, editorial: bool = False) -> Loaded:
    """Read and check the whole content folder, as of the day ``today`` (by default: today).

    ``editorial`` adds the rules that are for editors: wording, reading grade, dates.

    Raises:
        ContentError: with every problem found; nothing of the content may be used.
    """
    reader = _Reader(folder)
    library = reader.library()
    problems = [*reader.problems]
    if library is not None:
        day = today or datetime.now(UTC).date()
        wanted = (*rules.RULES, *(rules.EDITORIAL_RULES if editorial else ()))
        problems += rules.check(library, reader.documents, day, wanted, reader.unread)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError(problems)
    assert library is not None, "no library, and no problem that says why"
    return Loaded(library, tuple(sorted(problems)))


@dataclass
class _Reader:
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def library(self) -> Library | None:
        if not self.folder.is_dir():
            self.problems.append(Problem(str(self.folder), 0, "no such content folder"))
            return None
        languages = [path.name for path in sorted(self.folder.iterdir()) if _is_language(path)]
        if DEFAULT_LANGUAGE not in languages:
            message = f"no folder {DEFAULT_LANGUAGE}/"
            self.problems.append(Problem(str(self.folder), 0, message))
            return None
        self._refuse_strays(self.folder, {*SHARED_FILES, *languages})
        sources = self._file("sources.yaml", SourceList)
        helplines = self._file("helplines.yaml", Helplines)
        first = self._edition(DEFAULT_LANGUAGE, None, sources, helplines)
        if first is None:
            return None
        others = [language for language in languages if language != DEFAULT_LANGUAGE]
        translated = {it: self._edition(it, first, sources, helplines) for it in others}
        return Library({DEFAULT_LANGUAGE: first} | {it: e for it, e in translated.items() if e})

    def _edition(
        self,
        language: str,
        fallback: Edition | None,
        sources: SourceList | None,
        helplines: Helplines | None,
    ) -> Edition | None:
        """One language; what it lacks is taken from ``fallback``."""
        self._refuse_strays(self.folder / language, {*LANGUAGE_FILES, *FOLDERS})
        phrases = self._phrases(language, fallback)
        parts: dict[str, Any] = {
            name: self._file(f"{language}/{name}.yaml", model, getattr(fallback, name, None))
            for name, model in PARTS.items()
        }
        topics = {topic.id: topic for topic in self._topics(language)}
        if not (phrases and all(parts.values()) and sources and helplines):
            return None
        return Edition(
            language=language,
            phrases=phrases,
            topics={**(fallback.topics if fallback else {}), **topics},
            **parts,
            sources=sources.sources,
            publishers=sources.publishers,
            helplines=helplines,
        )

    def _phrases(self, language: str, fallback: Edition | None) -> Phrases | None:
        """The phrases; in a translation, those that are missing in the default language."""
        path = f"{language}/phrases.yaml"
        if fallback is None or not (self.folder / path).is_file():
            return self._file(path, Phrases, fallback.phrases if fallback else None)
        document = self._document(path)
        if document is None:
            return None
        whole = _overlaid(fallback.phrases.model_dump(mode="json"), document.data)
        return self._checked(document, Phrases, whole)

    def _topics(self, language: str) -> Iterator[Topic]:
        first: dict[str, str] = {}
        for name, model in FOLDERS.items():
            folder = self.folder / language / name
            files = sorted(folder.iterdir()) if folder.is_dir() else []
            for file in (file for file in files if not file.name.startswith(".")):
                topic = self._topic(f"{language}/{name}/{file.name}", file, model)
                if topic is None:
                    continue
                if topic.id in first:
                    message = f"the id {topic.id!r} is taken by {first[topic.id]}"
                    self.problems.append(Problem(f"{language}/{name}/{file.name}", 1, message))
                first.setdefault(topic.id, f"{language}/{name}/{file.name}")
                yield topic

    def _topic(self, path: str, file: Path, model: type[Topic]) -> Topic | None:
        """The topic of one file; where the file is broken, its id is kept among ``unread``."""
        topic = self._read_topic(path, file, model)
        if topic is None:
            self.unread.add(file.stem)
        return topic

    def _read_topic(self, path: str, file: Path, model: type[Topic]) -> Topic | None:
        if file.suffix != ".yaml" or not file.is_file():
            self.problems.append(Problem(path, 1, "only .yaml files belong here"))
            return None
        document = self._document(path)
        if document is None:
            return None
        if isinstance(document.data, dict):
            if "id" in document.data:
                line = document.line(("id",))
                message = "unknown key 'id': the file's name is the topic's id"
                self.problems.append(Problem(path, line, message))
                return None
            return self._checked(document, model, {**document.data, "id": file.stem})
        return self._checked(document, model, document.data)

    def _file(
        self, path: str, model: type[AnyModel], fallback: AnyModel | None = None
    ) -> AnyModel | None:
        """The file's content; where there is no such file, ``fallback``."""
        if (self.folder / path).is_file():
            document = self._document(path)
            return None if document is None else self._checked(document, model, document.data)
        if fallback is None:
            self.problems.append(Problem(path, 1, "this file is missing"))
        return fallback

    def _document(self, path: str) -> Document | None:
        try:
            document = read(self.folder / path, path)
        except Unreadable as error:
            self.problems.append(error.problem)
            return None
        except OSError as error:
            self.problems.append(Problem(path, 1, f"cannot be read: {error.strerror}"))
            return None
        self.documents[path] = document
        return document

    def _checked(self, document: Document, model: type[AnyModel], data: Data) -> AnyModel | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.problems += problems_of(error, document, model)
            return None

    def _refuse_strays(self, folder: Path, known: set[str]) -> None:
        for entry in sorted(folder.iterdir()):
            if entry.name not in known | NOT_CONTENT and not entry.name.startswith("."):
                path = entry.relative_to(self.folder).as_posix()
                message = f"this does not belong here; known are {', '.join(sorted(known))}"
                self.problems.append(Problem(path, 1, message))


def _is_language(path: Path) -> bool:
    """A folder named like ``en``: an ISO 639 code."""
    return path.is_dir() and re.fullmatch("[a-z]{2,3}", path.name) is not None


def _overlaid(below: Mapping[str, Data], above: Data) -> Data:
    """``above`` laid over ``below``, mapping by mapping."""
    if not isinstance(above, dict):
        return above
    result: dict[str, Data] = dict(below)
    for key, value in above.items():
        under = below.get(key)
        result[key] = _overlaid(under, value) if isinstance(under, dict) else value
    return result
