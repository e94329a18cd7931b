"""Claims: of several copies one works on an update; a dead copy's claims end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import Guarded
from bot.transport import claims as all_claims
from bot.transport.claims import LEASE, MOST, Claim, Claims
from bot.transport.ledger import Ledger
from tests.transport.keeping import Kept

Copy = Callable[[str], Claims]


@dataclass
class Clock:
    time: datetime = datetime(2026, 12, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def copy(kept: Kept, clock: Clock) -> Copy:
    """A copy of the bot by this name."""

    def made(name: str) -> Claims:
        return Claims(kept, Ledger(kept, clock), name, clock)

    return made


@asynccontextmanager
async def opened(claims: Claims) -> AsyncIterator[Claims]:
    await claims.open()
    yield claims
    await claims.close()


async def test_of_two_copies_one_has_it(copy: Copy) -> None:
    a, b = copy("a"), copy("b")
    assert await a.claim(7) is Claim.OURS
    assert await a.claim(7) is Claim.IN_HAND
    assert await b.claim(7) is Claim.IN_HAND
    await a.done(7)
    assert await a.claim(7) is Claim.ANSWERED
    assert await b.claim(7) is Claim.ANSWERED


async def test_what_failed_may_be_tried_by_anybody_and_is_counted_over_all(copy: Copy) -> None:
    a, b = copy("a"), copy("b")
    assert await a.claim(7) is Claim.OURS
    assert await a.failed(7) == 1
    assert await b.claim(7) is Claim.OURS
    assert await b.failed(7) == 2
    assert await a.claim(7) is Claim.OURS
    assert await a.failed(7) == 3


async def test_a_dead_copys_claims_end_by_themselves(copy: Copy, clock: Clock) -> None:
    await copy("a").claim(7)
    clock.time += LEASE - timedelta(seconds=1)
    assert await copy("b").claim(7) is Claim.IN_HAND
    clock.time += timedelta(seconds=1)
    assert await copy("b").claim(7) is Claim.OURS


async def test_who_starts_anew_takes_over_from_its_former_self(copy: Copy) -> None:
    await copy("a").claim(7)
    await copy("c").claim(8)
    async with opened(copy("a")) as again:
        assert await again.claim(7) is Claim.OURS
        assert await again.claim(8) is Claim.IN_HAND


async def test_while_at_work_it_renews_its_claims(
    copy: Copy, kept: Kept, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_claims, "RENEWAL", 0.01)
    async with opened(copy("a")) as a:
        await a.claim(7)
        clock.time += LEASE - timedelta(seconds=1)
        await asyncio.sleep(0.05)
        clock.time += LEASE - timedelta(seconds=1)
        assert await copy("b").claim(7) is Claim.IN_HAND


async def test_many_at_once_go_together(copy: Copy, kept: Kept) -> None:
    calls = []
    real = kept.claim

    async def slow(ids: list[int], *rest: object) -> object:
        calls.append(len(ids))
        await asyncio.sleep(0.01)
        return await real(ids, *rest)  # type: ignore[arg-type]

    kept.claim = slow  # type: ignore[method-assign,assignment]
    a = copy("a")
    whose = await asyncio.gather(*(a.claim(number) for number in range(40)))
    assert {*whose} == {Claim.OURS}
    assert max(calls) <= MOST
    assert len(calls) <= 5


async def test_without_a_database_this_copy_alone_is_asked(copy: Copy, kept: Kept) -> None:
    kept.gone = True
    async with opened(copy("a")) as a:
        assert await a.claim(7) is Claim.OURS
        assert await a.claim(7) is Claim.IN_HAND
        assert await a.failed(7) == 1
        assert await a.claim(7) is Claim.OURS
        assert await a.failed(7) == 2
        kept.gone = False
        assert await a.claim(7) is Claim.OURS
        assert await a.failed(7) == 3  # those before are not forgotten


async def test_a_mistake_of_the_storage_leaves_nothing_behind(
    copy: Copy, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError("x")

    a = copy("a")
    with monkeypatch.context() as patch:
        patch.setattr(kept, "claim", broken)
        with pytest.raises(ValueError, match="x"):
            async with asyncio.timeout(2):
                await a.claim(7)
    assert await a.claim(7) is Claim.OURS


async def test_on_a_real_database_it_is_the_same(tmp_path: object, clock: Clock) -> None:
    async with await Guarded.open(f"sqlite:///{tmp_path}/bot.db") as chats:
        ledger = Ledger(chats, clock)
        a, b = Claims(chats, ledger, "a", clock), Claims(chats, Ledger(chats, clock), "b", clock)
        assert await a.claim(7) is Claim.OURS
        assert await b.claim(7) is Claim.IN_HAND
        await a.done(7)
        assert await b.claim(7) is Claim.ANSWERED
