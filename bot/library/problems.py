"""What can be wrong with content, and where.

Errors:
    LibraryError
    └── ContentError        one or more problems in the content folder
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps the bot from starting; a warning only asks for attention."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: ``path`` in the content folder, ``line`` from 1, which also
    stands for a whole file, or 0: the folder itself."""

    path: str
    line: int
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        mark = "warning: " if self.severity is Severity.WARNING else ""
        return f"{where}: {mark}{self.message}"


class LibraryError(Exception):
    """Base of everything that the content store raises."""


class ContentError(LibraryError):
    """The content folder cannot be used; ``problems`` says why, by file and line, warnings first:
    the errors stand where an editor looks, at the end."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = sorted(problems)
        self.problems = tuple(sorted(found, key=lambda one: one.severity is Severity.ERROR))
        super().__init__("\n".join(map(str, self.problems)))
