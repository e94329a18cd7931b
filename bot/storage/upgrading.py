"""The steps from an older version's tables to today's, by Alembic."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.storage.errors import TooNew

MIGRATIONS = Path(__file__).parent / "migrations"
_alembic = threading.Lock()  # its scripts find their connection through globals


def upgrade(connection: Connection) -> None:
    """Take every step that the tables lack, in the transaction of ``connection``.

    Raises:
        TooNew: they are at a step that this version does not know.
    """
    config = settings()
    config.attributes["connection"] = connection
    with _alembic:
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise TooNew("a newer version of the bot has changed the database; use it") from None


def settings() -> Config:
    """Alembic's settings, without a file of them; ``%`` would mean something to it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
