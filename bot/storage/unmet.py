"""Phrases that found nothing: kept as keyed hashes until five different chats have sent them.

Only then is a phrase nobody's own any more, and an editor may read it.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Select, delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import insert, unmet, unmet_phrases

ENOUGH = 5  # different chats
KEPT = timedelta(days=30)


class Unmet(NamedTuple):
    """A phrase that found nothing, and how many different chats have sent it."""

    phrase: str
    chats: int


@dataclass(frozen=True, repr=False)
class Hashes:
    """Hashes with keys of their own: who knows one of the keys learns nothing of the other."""

    phrase_key: bytes
    chat_key: bytes

    def of_phrase(self, phrase: str) -> bytes:
        """32 bytes."""
        return hmac.digest(self.phrase_key, phrase.encode(), "sha256")

    def of_chat(self, chat_id: int) -> bytes:
        """32 bytes."""
        return hmac.digest(self.chat_key, str(chat_id).encode(), "sha256")


async def note(
    connection: AsyncConnection, hashes: Hashes, phrase: str, chat_id: int, day: date
) -> None:
    """Note that the phrase found nothing in this chat; keep its words from the fifth chat on."""
    phrase = plain(phrase)
    phrase_hash = hashes.of_phrase(phrase)
    await _lock(connection, phrase_hash)
    await _seen(connection, phrase_hash, hashes.of_chat(chat_id), day)
    if await _chats(connection, phrase_hash) >= ENOUGH:
        known = insert(connection, unmet_phrases).values(phrase_hash=phrase_hash, phrase=phrase)
        await connection.execute(known.on_conflict_do_nothing())


async def top(connection: AsyncConnection, day: date) -> list[Unmet]:
    """What five chats or more sent in the 30 days up to ``day``, the most wanted first."""
    count = func.count()
    query = (
        select(unmet_phrases.c.phrase, count)
        .join(unmet, unmet.c.phrase_hash == unmet_phrases.c.phrase_hash)
        .where(unmet.c.seen_on > day - KEPT, unmet.c.seen_on <= day)
        .group_by(unmet_phrases.c.phrase_hash, unmet_phrases.c.phrase)
        .having(count >= ENOUGH)
        .order_by(count.desc(), unmet_phrases.c.phrase)
    )
    return [Unmet(*row) for row in await connection.execute(query)]


async def move(connection: AsyncConnection, old: bytes, new: bytes) -> None:
    """Let what the chat hashed as ``old`` sent count as sent by ``new``."""
    taken = delete(unmet).where(unmet.c.chat_hash == old)
    for row in await connection.execute(taken.returning(unmet.c.phrase_hash, unmet.c.seen_on)):
        await _seen(connection, row.phrase_hash, new, row.seen_on)
    await _forget_rare(connection)


async def forget(connection: AsyncConnection, chats: Collection[bytes]) -> None:
    """Delete what chats sent, by their hashes."""
    await connection.execute(delete(unmet).where(unmet.c.chat_hash.in_(chats)))
    await _forget_rare(connection)


async def clean(connection: AsyncConnection, day: date) -> None:
    """Delete what was last sent 30 days before ``day`` or earlier."""
    await connection.execute(delete(unmet).where(unmet.c.seen_on <= day - KEPT))
    await _forget_rare(connection)


def plain(phrase: str) -> str:
    """The phrase without what makes no difference, and without what no database can store."""
    storable = phrase.encode(errors="replace").decode().replace("\0", "")
    return " ".join(storable.casefold().split())


async def _lock(connection: AsyncConnection, phrase_hash: bytes) -> None:
    """One at a time: the fourth and the fifth chat at once would each count four."""
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(phrase_hash[:8], signed=True)
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": number})


async def _seen(connection: AsyncConnection, phrase: bytes, chat: bytes, day: date) -> None:
    made = insert(connection, unmet).values(phrase_hash=phrase, chat_hash=chat, seen_on=day)
    latest = made.on_conflict_do_update(
        index_elements=[unmet.c.phrase_hash, unmet.c.chat_hash],
        set_={"seen_on": made.excluded.seen_on},
    )
    await connection.execute(latest)


async def _chats(connection: AsyncConnection, phrase_hash: bytes) -> int:
    query = select(func.count()).where(unmet.c.phrase_hash == phrase_hash)
    return (await connection.execute(query)).scalar_one()


async def _forget_rare(connection: AsyncConnection) -> None:
    """Delete the words of phrases that fewer than five chats are left for."""
    wanted = unmet_phrases.c.phrase_hash.not_in(_common())
    await connection.execute(delete(unmet_phrases).where(wanted))


def _common() -> Select[tuple[bytes]]:
    return select(unmet.c.phrase_hash).group_by(unmet.c.phrase_hash).having(func.count() >= ENOUGH)
