"""Storage: what the bot keeps, in SQLite or PostgreSQL. Nothing here knows Telegram."""

from bot.storage.address import IN_MEMORY
from bot.storage.chats import ChatSettings, JsonValue
from bot.storage.counting import Count
from bot.storage.errors import (
    BadAddress,
    Damaged,
    Refused,
    StorageError,
    TooNew,
    Unavailable,
)
from bot.storage.guard import Guarded
from bot.storage.storage import Storage
from bot.storage.taking import Claims
from bot.storage.unmet import Unmet

__all__ = [
    "IN_MEMORY",
    "BadAddress",
    "ChatSettings",
    "Claims",
    "Count",
    "Damaged",
    "Guarded",
    "JsonValue",
    "Refused",
    "Storage",
    "StorageError",
    "TooNew",
    "Unavailable",
    "Unmet",
]
