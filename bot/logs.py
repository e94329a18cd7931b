"""Logging: one line each on standard error, without secrets and without what people write."""

import logging
import re
import sys

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
HIDDEN = "<token>"


class _Formatter(logging.Formatter):
    """Hides whatever looks like a token, also inside tracebacks and library messages."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(HIDDEN, super().format(record))


def set_up(level: str) -> None:
    """Log our own lines from ``level`` on, those of libraries from WARNING on.

    The libraries' lower levels print whole updates and whole addresses: people's words and the
    token. They stay off whatever LOG_LEVEL says.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level)
