"""Which updates were answered, and which copy works on which: so that none is answered twice.

These functions block, so that where SQLite is free they can run at once, without a thread.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.storage.tables import answered, claims, insert


@dataclass(frozen=True)
class Claims:
    """What came of claiming updates; one that is in neither is with another copy.

    ``ours``: how often each of them has failed before.
    """

    ours: Mapping[int, int]
    answered: frozenset[int]


def note_answered(connection: Connection, ids: Iterable[int], now: datetime) -> None:
    """Remember that these updates were answered. Claims on them end by themselves, and do no harm
    meanwhile: whoever claims looks here too."""
    rows = [{"update_id": number, "at": now} for number in sorted(ids)]
    connection.execute(insert(connection, answered).on_conflict_do_nothing(), rows)


def those_answered(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    """Which of these updates were answered."""
    query = select(answered.c.update_id).where(answered.c.update_id.in_(ids))
    return frozenset(connection.execute(query).scalars())


def claim(
    connection: Connection, ids: Iterable[int], owner: str, now: datetime, until: datetime
) -> Claims:
    """Claim for ``owner`` what nobody works on and nobody has answered.

    First it is claimed, then looked up: the other way round, a copy could answer it in between.
    In order of their ids: two copies that claim the same ones would else wait for each other.
    """
    numbers = sorted(ids)
    rows = [{"update_id": number, "owner": owner, "until": until} for number in numbers]
    made = insert(connection, claims)
    taken = made.on_conflict_do_update(
        index_elements=[claims.c.update_id],
        set_={"owner": made.excluded.owner, "until": made.excluded.until},
        where=claims.c.until <= now,
    ).returning(claims.c.update_id, claims.c.failures)
    ours = {row.update_id: row.failures for row in connection.execute(taken, rows)}
    done = those_answered(connection, numbers)
    if unneeded := done & ours.keys():
        connection.execute(delete(claims).where(claims.c.update_id.in_(unneeded)))
    return Claims({number: ours[number] for number in ours.keys() - done}, done)


def renew(connection: Connection, ids: Collection[int], owner: str, until: datetime) -> None:
    """Say that ``owner`` is still at work on these."""
    held = (claims.c.owner == owner, claims.c.update_id.in_(ids))
    connection.execute(update(claims).where(*held).values(until=until))


def give_back(connection: Connection, update_id: int, owner: str, now: datetime) -> int | None:
    """Let any copy try the update again; how often it has failed, None where it is not ours."""
    held = (claims.c.owner == owner, claims.c.update_id == update_id)
    freed = update(claims).where(*held).values(until=now, failures=claims.c.failures + 1)
    failures = connection.execute(freed.returning(claims.c.failures))
    return next((row.failures for row in failures), None)


def release(connection: Connection, owner: str, now: datetime) -> None:
    """Let any copy have what ``owner`` had claimed: it works no more."""
    held = (claims.c.owner == owner, claims.c.until > now)
    connection.execute(update(claims).where(*held).values(until=now))
