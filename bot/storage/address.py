"""DATABASE_URL -> Address: which database, and how to reach it."""

import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.storage.errors import BadAddress

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
KINDS = {"sqlite": SQLITE, "postgresql": POSTGRESQL, "postgres": POSTGRESQL}
EXPECTED = "expected sqlite:///file.db or postgresql://user@host/name"
IN_MEMORY = "sqlite://"  # as an address: a database that ends with the program
NO_FILE = ("", ":memory:")


@dataclass(frozen=True)
class Address:
    """A database: ``kind`` is SQLITE or POSTGRESQL; ``file`` is None unless SQLite is on disk."""

    kind: str
    url: URL = field(repr=False)
    file: Path | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite: one writer at a time, and other ways to lock."""
        return self.kind == SQLITE

    @property
    def in_memory(self) -> bool:
        """Whether it ends with the program."""
        return self.is_sqlite and self.file is None


def parsed(url: str) -> Address:
    """The database at ``url``; ``sqlite://`` alone is one in memory.

    Raises:
        BadAddress: not of a known kind, or not usable on this machine; never shows the password.
    """
    split = _split(url)
    kind = KINDS.get(split.drivername.partition("+")[0])
    if kind is None:
        raise BadAddress(f"DATABASE_URL: {_scheme(url)} is not a known kind; {EXPECTED}")
    return _sqlite(split) if kind == SQLITE else _postgresql(split)


def _split(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise BadAddress(f"DATABASE_URL cannot be read; {EXPECTED}") from None


def _scheme(url: str) -> str:
    match = re.match(r"[a-z0-9+]+(?=:)", url, re.IGNORECASE)
    return match[0] if match else "this"


def _sqlite(url: URL) -> Address:
    if url.host or url.query:
        raise BadAddress("DATABASE_URL: sqlite takes a file and no more; sqlite:///file.db")
    if (url.database or "") in NO_FILE:
        return Address(SQLITE, URL.create("sqlite+aiosqlite"))
    file = Path(url.database or "").absolute()
    if not file.parent.is_dir():
        raise BadAddress(f"DATABASE_URL: the folder {file.parent} does not exist")
    return Address(SQLITE, URL.create("sqlite+aiosqlite", database=str(file)), file)


def _postgresql(url: URL) -> Address:
    if find_spec("psycopg") is None:
        raise BadAddress(
            "DATABASE_URL: for PostgreSQL, pip install 'immunomodulator-bot[postgres]'"
        )
    return Address(POSTGRESQL, url.set(drivername="postgresql+psycopg"))
