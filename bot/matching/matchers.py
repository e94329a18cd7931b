"""A matcher for each language, built when it is first needed."""

from collections.abc import Mapping
from threading import Lock

from bot.library.library import Edition, Library
from bot.matching.matcher import Matcher


class Matchers:
    """The matchers of a library. Building one takes a second, so each is built once and shared."""

    def __init__(self, editions: Mapping[str, Edition]) -> None:
        self._editions = editions
        self._built: dict[str, Matcher] = {}
        self._lock = Lock()

    @classmethod
    def of(cls, library: Library) -> "Matchers":
        """Those of all editions of ``library``."""
        return cls(library.editions)

    def __getitem__(self, language: str) -> Matcher:
        with self._lock:
            if language not in self._built:
                self._built[language] = Matcher(self._editions[language])
            return self._built[language]

    def build_all(self) -> None:
        """Build every matcher now, so that nobody's first message has to wait for it."""
        for language in self._editions:
            self[language].warm()
