"""What happens when a handler fails: one line in the log, without a word of what was written."""

import logging

from telegram import Update
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.context import Context

log = logging.getLogger(__name__)


async def failed(update: object, context: Context) -> None:
    """Log the update's id, the error and where it was raised; never the message."""
    number = update.update_id if isinstance(update, Update) else "?"
    error = context.error
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        log.warning("update %s: Telegram could not be reached", number)
    elif isinstance(error, TelegramError):
        # Its reason is left out: it may quote what somebody wrote.
        log.error("update %s: Telegram refused: %s", number, type(error).__name__)
    else:
        log.error("update %s: %s at %s", number, type(error).__name__, _place(error))


def _place(error: BaseException | None) -> str:
    """File and line where ``error`` was raised."""
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
