"""A database as the tests look at it: past the storage, at its tables and its files."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from bot.storage.address import parsed
from bot.storage.engine import for_setting_up
from bot.storage.tables import metadata


@dataclass(frozen=True)
class Database:
    """A database with its tables made."""

    url: str

    @property
    def file(self) -> Path | None:
        """The file, in SQLite."""
        return parsed(self.url).file

    def rows(self, table: Table) -> list[Mapping[str, Any]]:
        """All that the table holds."""
        with self.connected() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    def put(self, table: Table, **values: object) -> None:
        """Add a row."""
        with self.connected() as connection:
            connection.execute(table.insert().values(**values))

    def empty(self) -> None:
        """Delete all rows of all tables."""
        with self.connected() as connection:
            for table in metadata.sorted_tables:
                connection.execute(table.delete())

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A transaction, past the storage."""
        with self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @cached_property
    def _engine(self) -> Engine:
        return for_setting_up(parsed(self.url))

    def bytes(self) -> bytes:
        """All that SQLite has on disk: the file, its log and its index."""
        assert self.file is not None
        files = sorted(self.file.parent.glob(f"{self.file.name}*"))
        return b"".join(file.read_bytes() for file in files)
