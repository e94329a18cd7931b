"""What the bot answers from, in one piece: it is swapped in whole, or not at all."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from bot.library import Library, load
from bot.matching.matchers import Matchers

Stamp = tuple[str, int, int, int]


@dataclass(frozen=True)
class Content:
    """A library, and what reads messages for it. ``version`` names the files it came from."""

    library: Library
    matchers: Matchers
    version: str = ""

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read and check the folder, and build everything from it; takes about a second.

        Raises:
            ContentError: with every problem found.
        """
        version = version_of(folder)  # first: what changes while it is read is another version
        return cls.of(load(folder).library, version)

    @classmethod
    def of(cls, library: Library, version: str) -> Self:
        """Everything that is built from ``library``."""
        matchers = Matchers.of(library)
        matchers.build_all()
        return cls(library, matchers, version)


def version_of(folder: Path) -> str:
    """Twelve hexadecimal digits that change when a file does."""
    digest = sha256()
    for file in _files(folder):
        digest.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def stamps(folder: Path) -> tuple[Stamp, ...]:
    """What changes when a file is written, replaced, added or removed; quick to tell."""
    return tuple(_stamp(file) for file in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    """Every file of the content, through links too: a ConfigMap of Kubernetes is made of links."""
    found = os.walk(folder, followlinks=True)
    yield from sorted(Path(top, name) for top, _, names in found for name in names if is_yaml(name))


def is_yaml(name: str) -> bool:
    """Whether a file of this name is content, and no editor's own."""
    return name.endswith(".yaml") and not name.startswith(".")


def _stamp(file: Path) -> Stamp:
    status = file.stat()
    return str(file), status.st_mtime_ns, status.st_size, status.st_ino
