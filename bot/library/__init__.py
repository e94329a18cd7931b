"""The content store: YAML files, read strictly, checked, and served as a frozen library."""

from bot.library.library import DEFAULT_LANGUAGE, Edition, Library
from bot.library.loading import Loaded, load
from bot.library.problems import ContentError, LibraryError, Problem, Severity

__all__ = [
    "DEFAULT_LANGUAGE",
    "ContentError",
    "Edition",
    "Library",
    "LibraryError",
    "Loaded",
    "Problem",
    "Severity",
    "load",
]
