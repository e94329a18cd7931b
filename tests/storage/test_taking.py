"""Which updates were answered, and which copy works on which."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.storage import Claims, Storage
from bot.storage import tables as t
from tests.storage.database import Database

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
LEASE = timedelta(seconds=60)
LATER = NOW + LEASE
MOMENT = timedelta(milliseconds=1)


def ours(*ids: int) -> Claims:
    return Claims(dict.fromkeys(ids, 0), frozenset())


async def test_what_was_answered_is_known(storage: Storage) -> None:
    await storage.note_answered([7, 9], NOW)
    await storage.note_answered([9, 3], LATER)
    assert await storage.answered([3, 7, 8, 9]) == {3, 7, 9}
    assert await storage.answered([]) == frozenset()


async def test_a_hundred_thousand_million_is_an_id_too(storage: Storage) -> None:
    await storage.note_answered([10**11], NOW)
    assert await storage.answered([10**11]) == {10**11}


async def test_what_one_copy_works_on_is_no_others(storage: Storage) -> None:
    assert await storage.claim([1, 2], "a", NOW, LATER) == ours(1, 2)
    assert await storage.claim([2, 3], "b", NOW, LATER) == ours(3)
    assert await storage.claim([2], "a", NOW, LATER) == ours()  # nor its own a second time


async def test_a_claim_ends_by_itself(storage: Storage) -> None:
    await storage.claim([1], "a", NOW, LATER)
    assert await storage.claim([1], "b", LATER - MOMENT, LATER + LEASE) == ours()
    assert await storage.claim([1], "b", LATER, LATER + LEASE) == ours(1)
    assert await storage.claim([1], "a", LATER, LATER + LEASE) == ours()


async def test_a_claim_that_is_renewed_goes_on(storage: Storage) -> None:
    await storage.claim([1, 2], "a", NOW, LATER)
    await storage.renew_claims([1, 2, 3], "b", LATER + LEASE)  # not b's to renew
    await storage.renew_claims([1], "a", LATER + LEASE)
    assert await storage.claim([1, 2], "c", LATER, LATER + LEASE) == ours(2)


async def test_what_was_answered_is_not_claimed(storage: Storage, database: Database) -> None:
    await storage.claim([1], "a", NOW, LATER)
    await storage.note_answered([1], NOW)
    assert await storage.claim([1, 2], "b", NOW, LATER) == Claims({2: 0}, frozenset({1}))
    assert await storage.claim([1], "b", LATER, LATER + LEASE) == Claims({}, frozenset({1}))
    assert [row["update_id"] for row in database.rows(t.claims)] == [2]


async def test_failures_are_counted_over_all_copies(storage: Storage) -> None:
    await storage.claim([1], "a", NOW, LATER)
    assert await storage.give_back(1, "b", NOW) is None
    assert await storage.give_back(1, "a", NOW) == 1
    assert await storage.claim([1], "b", NOW, LATER) == Claims({1: 1}, frozenset())
    assert await storage.give_back(1, "b", NOW) == 2
    await storage.clean(NOW)
    assert await storage.claim([1], "a", NOW, LATER) == Claims({1: 2}, frozenset())


async def test_a_copy_that_is_back_lets_go_of_what_its_former_self_had(storage: Storage) -> None:
    await storage.claim([1], "a", NOW, LATER)
    await storage.claim([2], "b", NOW, LATER)
    await storage.release_claims("a", NOW)
    assert await storage.claim([1, 2], "c", NOW, LATER) == ours(1)


async def test_of_two_copies_one_gets_it_however_they_hurry(database: Database) -> None:
    ids = [*range(40)]
    async with await Storage.open(database.url) as one, await Storage.open(database.url) as two:
        claims = [
            storage.claim(some, owner, NOW, LATER)
            for some in (ids, ids[::-1], ids[::2])
            for storage, owner in ((one, "a"), (two, "b"))
        ]
        claimed = [number for claim in await asyncio.gather(*claims) for number in claim.ours]
    assert sorted(claimed) == ids


async def test_none_is_claimed_in_the_moment_in_which_it_is_answered(database: Database) -> None:
    async with await Storage.open(database.url) as one, await Storage.open(database.url) as two:
        for number in range(20):
            await one.claim([number], "a", NOW, LATER)
            _, claims = await asyncio.gather(
                one.note_answered([number], NOW), two.claim([number], "b", NOW, LATER)
            )
            assert claims.ours == {}
