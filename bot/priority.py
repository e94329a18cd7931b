"""Whose message leaves first where not all can leave at once."""

from enum import IntEnum


class Priority(IntEnum):
    """Passed as ``rate_limit_args`` to the bot's methods; what names none is for people who wait.

    It begins at 1: python-telegram-bot drops a value that is false.
    """

    URGENT = 1
    PEOPLE = 2
    LATER = 3  # weekly posts, corrections: nobody is waiting for them
