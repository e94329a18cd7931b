"""What Telegram may refuse although the call was right, because of where or to whom one speaks.

None of it is a fault: there is silence, and a count. To be asked for patience (429) is not among
it: that passes, and the answer is sent later.
"""

from enum import StrEnum
from types import TracebackType

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.context import Context


class Refusal(StrEnum):
    """Why the bot cannot say something now."""

    BLOCKED = "blocked by the person"
    SHUT_OUT = "not in the chat"
    MUTED = "may not write"
    CLOSED = "thread closed or gone"
    GONE = "message gone"
    MOVED = "group became a supergroup"
    SLOW = "too many messages"


# Telegram's own words, of which it promises nothing; so each only has to be found in its reason.
OF_FORBIDDEN = (
    (Refusal.BLOCKED, ("blocked by the user", "initiate conversation", "user is deactivated")),
    (Refusal.MUTED, ("not enough rights", "have no rights")),
)
OF_BAD_REQUEST = (
    (Refusal.CLOSED, ("topic_closed", "topic_deleted", "topic_id_invalid", "thread not found")),
    (Refusal.GONE, ("replied not found", "to delete not found", "to edit not found")),
    (Refusal.GONE, ("message can't be deleted", "message can't be edited")),
    (Refusal.MUTED, ("not enough rights", "no rights to", "chat_write_forbidden", "chat_send_")),
    (Refusal.MUTED, ("chat_restricted", "chat_guest_send_forbidden", "chat_admin_required")),
    (Refusal.SHUT_OUT, ("chat not found", "peer_id_invalid", "chat was deactivated", "user not")),
    (Refusal.SLOW, ("slowmode_wait", "slow mode")),
)


def refusal_of(error: TelegramError) -> Refusal | None:
    """What ``error`` says of the place or the person; None where it says something else."""
    reason = error.message.lower()
    match error:
        case ChatMigrated():
            return Refusal.MOVED
        case Forbidden():
            return _first(OF_FORBIDDEN, reason) or Refusal.SHUT_OUT
        case BadRequest():
            return _first(OF_BAD_REQUEST, reason)
    return None


class Tolerant:
    """``with Tolerant(context):`` leaves the block where Telegram refuses for such a reason, and
    counts it; other errors pass."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __enter__(self) -> None:
        """Nothing has been refused yet."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        refusal = refusal_of(error) if isinstance(error, TelegramError) else None
        if refusal is not None:
            self._context.silent(refusal)
        return refusal is not None


def _first(words: tuple[tuple[Refusal, tuple[str, ...]], ...], reason: str) -> Refusal | None:
    return next((what for what, said in words if any(each in reason for each in said)), None)
