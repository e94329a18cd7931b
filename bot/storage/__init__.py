"""Storage: what the bot keeps, in SQLite or PostgreSQL. Nothing here knows Telegram."""

from bot.storage.address import IN_MEMORY
from bot.storage.chats import ChatSettings, JsonValue
from bot.storage.counting import Count
from bot.storage.deleting import Due
from bot.storage.errors import (
    BadAddress,
    Damaged,
    Refused,
    StorageError,
    TooNew,
    Unavailable,
)
from bot.storage.guarded import Guarded
from bot.storage.posted import Post
from bot.storage.speaking import Limit
from bot.storage.storage import Storage
from bot.storage.taking import Claims
from bot.storage.tally import Answered
from bot.storage.unmet import Unmet

__all__ = [
    "IN_MEMORY",
    "Answered",
    "BadAddress",
    "ChatSettings",
    "Claims",
    "Count",
    "Damaged",
    "Due",
    "Guarded",
    "JsonValue",
    "Limit",
    "Post",
    "Refused",
    "Storage",
    "StorageError",
    "TooNew",
    "Unavailable",
    "Unmet",
]
