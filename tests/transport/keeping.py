"""What the ledger and the claims need of a database, in memory and at a test's command."""

from collections.abc import Collection
from datetime import datetime

from bot.storage import Claims


class Kept:
    """``gone``: there is no database. ``written`` are the groups of ids, commit by commit."""

    def __init__(self) -> None:
        self.gone = False
        self.written: list[list[int]] = []
        self.claims: dict[int, tuple[str, datetime]] = {}
        self.failures: dict[int, int] = {}

    @property
    def ids(self) -> set[int]:
        return {number for group in self.written for number in group}

    async def note_answered(self, ids: Collection[int], now: datetime) -> bool:
        if self.gone:
            return False
        self.written.append([*ids])
        for number in ids:
            self.claims.pop(number, None)
        return True

    async def answered(self, ids: Collection[int]) -> frozenset[int]:
        return frozenset() if self.gone else frozenset(self.ids & {*ids})

    async def claim(
        self, ids: Collection[int], owner: str, now: datetime, until: datetime
    ) -> Claims | None:
        if self.gone:
            return None
        done = self.ids & {*ids}
        free = [
            number
            for number in ids
            if number not in done and (number not in self.claims or self.claims[number][1] <= now)
        ]
        self.claims |= dict.fromkeys(free, (owner, until))
        return Claims({number: self.failures.get(number, 0) for number in free}, frozenset(done))

    async def renew_claims(self, ids: Collection[int], owner: str, until: datetime) -> bool:
        if not self.gone:
            self.claims |= dict.fromkeys(ids, (owner, until))
        return not self.gone

    async def give_back(self, update_id: int, owner: str, now: datetime) -> int | None:
        if self.gone or self.claims.get(update_id, ("",))[0] != owner:
            return None
        self.claims[update_id] = (owner, now)
        self.failures[update_id] = self.failures.get(update_id, 0) + 1
        return self.failures[update_id]

    async def release_claims(self, owner: str, now: datetime) -> bool:
        for number, (whose, _) in [*self.claims.items()]:
            if whose == owner:
                self.claims[number] = (owner, now)
        return not self.gone
