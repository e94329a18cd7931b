"""Logging: one line each on standard error, without secrets and without what people write.

As text, or as one JSON object a line: ``time``, ``level``, ``name``, ``message`` and, where a line
tells of an update, its ``update_id``, ``handler``, ``milliseconds``, ``outcome`` and ``tries``.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
HIDDEN = "<token>"
OF_UPDATES = ("update_id", "handler", "milliseconds", "outcome", "tries")


class _Formatter(logging.Formatter):
    """Hides whatever looks like a token, also inside tracebacks and library messages."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(HIDDEN, super().format(record))


class _JsonFormatter(logging.Formatter):
    """The same in JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "name": record.name,
            "message": record.getMessage(),
        }
        given = vars(record)
        line |= {name: given[name] for name in OF_UPDATES if name in given}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return TOKEN.sub(HIDDEN, json.dumps(line, default=str))


def set_up(level: str, form: str = "text") -> None:
    """Log our own lines from ``level`` on, those of libraries from WARNING on; ``form``: json or
    text.

    The libraries' lower levels print whole updates and whole addresses: people's words and the
    token. They stay off whatever LOG_LEVEL says.
    """
    # Nobody reads these, and finding them out costs as much as the line itself.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler(sys.stderr)
    text = _Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(_JsonFormatter() if form == "json" else text)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level)
    # Its jobs say themselves what goes wrong; it would tell of each that is cut short at the end.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
