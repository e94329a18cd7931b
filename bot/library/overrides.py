"""Numbers that the operator swaps at once: a file laid over the content's own helplines.

A crisis line that is down must be replaced within minutes, without a release or a restart. So the
file is read anew when its time stamp changes; a broken one is refused: what was read last stays.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bot.library.explaining import problems_of
from bot.library.library import Library
from bot.library.models import Helplines, HelplinesOverride
from bot.library.models.helplines import LISTS, Entry
from bot.library.problems import ContentError, Problem
from bot.library.reading import Unreadable, read

EVERY = 60.0  # seconds between two looks at the file
log = logging.getLogger(__name__)
Item = TypeVar("Item", bound=Entry)
Stamp = tuple[int, int, int]


def read_override(file: Path) -> HelplinesOverride:
    """What ``file`` says.

    Raises:
        ContentError: with every problem found.
    """
    try:
        document = read(file, file.name)
        return HelplinesOverride.model_validate(document.data)
    except Unreadable as error:
        raise ContentError([error.problem]) from None
    except OSError as error:
        raise ContentError([Problem(file.name, 1, f"cannot be read: {error.strerror}")]) from None
    except ValidationError as error:
        raise ContentError(problems_of(error, document, HelplinesOverride)) from None


def laid_over(below: Helplines, above: HelplinesOverride) -> Helplines:
    """``below`` with what ``above`` gives. In a list, a country's entries replace all that the
    country had in that list, so that a line can be swapped for one of another name."""
    changes: dict[str, object] = {}
    for name in type(above).model_fields:
        given = getattr(above, name)
        if given is None:
            continue
        if name in LISTS:
            given = _swapped(getattr(below, name), given)
        elif name == "languages":
            given = {**below.languages, **given}
        changes[name] = given
    return below.model_copy(update=changes)


def _swapped(below: Sequence[Item], above: Sequence[Item]) -> tuple[Item, ...]:
    countries = {entry.country for entry in above}
    return (*(entry for entry in below if entry.country not in countries), *above)


@dataclass(frozen=True)
class _Laid:
    """The library that was given, and what came of it."""

    below: Library
    result: Library


class Overrides:
    """The file, looked at once a minute at most. ``clock`` gives seconds that only grow.

    A file that is not there, or no longer, changes nothing: the content's own numbers stand.
    """

    def __init__(self, file: Path | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._clock = clock
        self._override: HelplinesOverride | None = None
        self._stamp: Stamp | None = None
        self._looked = 0.0
        self._laid: _Laid | None = None
        if file is not None:
            self._look(file)  # now, so that the operator hears of a mistake at the start
            if self._stamp is None:
                log.warning("%s is not there; the numbers are those of the content", file)

    def over(self, library: Library) -> Library:
        """``library`` with the numbers of the file; the same object until either changes."""
        if self._file is not None and self._clock() - self._looked >= EVERY:
            self._look(self._file)
        if self._override is None:
            return library
        if self._laid is None or self._laid.below is not library:
            self._laid = _Laid(library, _with(library, self._override))
        return self._laid.result

    def _look(self, file: Path) -> None:
        self._looked = self._clock()
        stamp = _stamp(file)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        if stamp is None:
            self._override, self._laid = None, None
            log.warning("%s is gone; the numbers are those of the content again", file)
            return
        try:
            self._override, self._laid = read_override(file), None
            log.info("%s: its numbers are laid over those of the content", file)
        except ContentError as error:
            told = "; ".join(map(str, error.problems))
            log.error("%s is refused, and the numbers before it stay: %s", file, told)


def _with(library: Library, override: HelplinesOverride) -> Library:
    return Library(
        {
            language: replace(edition, helplines=laid_over(edition.helplines, override))
            for language, edition in library.editions.items()
        }
    )


def _stamp(file: Path) -> Stamp | None:
    """What changes when the file is written or replaced; None where there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
