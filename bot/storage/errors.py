"""What can go wrong with the database; each message is one line without password, id or text.

Errors:
    StorageError            base of everything that this package raises
    ├── BadAddress          DATABASE_URL names no database that the bot can use
    ├── Damaged             the SQLite file is no database or is broken; it is left as it was
    ├── TooNew              a newer version of the bot has changed the database
    ├── Refused             the database refuses what it was asked for; waiting does not help
    └── Unavailable         lost, locked or full; waiting may help
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
PASSING = (exc.OperationalError, exc.InterfaceError, exc.InternalError)


class StorageError(Exception):
    """Base of everything that the storage raises."""


class BadAddress(StorageError):
    """DATABASE_URL names no database that the bot can use."""


class Damaged(StorageError):
    """The SQLite file is no database, or is broken."""


class TooNew(StorageError):
    """A newer version of the bot has changed the database's tables."""


class Refused(StorageError):
    """The database refuses what it was asked for."""


class Unavailable(StorageError):
    """The database is lost, locked or full."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLAlchemy and the drivers raise into a ``StorageError``.

    The original is not chained: a driver's message may quote the values of a row.
    """
    try:
        yield
    except exc.DBAPIError as error:
        raise _meaning(error) from None
    except exc.TimeoutError:
        raise Unavailable("no connection came free in time") from None
    except OSError as error:
        raise Unavailable(type(error).__name__) from None


def _meaning(error: exc.DBAPIError) -> StorageError:
    if _primary_code(error) in DAMAGE:
        return Damaged(_said(error))
    if isinstance(error, PASSING) or error.connection_invalidated:
        return Unavailable(_said(error))
    return Refused(_said(error))


def _primary_code(error: exc.DBAPIError) -> int | None:
    """SQLite's result code; the low byte, since the rest only gives detail."""
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _said(error: exc.DBAPIError) -> str:
    """The driver's own words where they name no value: of SQLite, and of lost connections."""
    lines = str(error.orig).splitlines()
    if lines and (_primary_code(error) is not None or isinstance(error, exc.OperationalError)):
        return lines[0]
    state = getattr(error.orig, "sqlstate", None) or "no state"
    return f"{type(error.orig).__name__}, {state}"
