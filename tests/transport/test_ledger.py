"""The ledger writes in groups, at once when there is enough, and never stops anybody."""

import asyncio

import pytest

from bot.transport import ledger as ledgers
from bot.transport.ledger import GROUP, Ledger
from tests.transport.keeping import Kept


@pytest.fixture
def kept() -> Kept:
    return Kept()


async def test_what_ends_together_is_written_together(kept: Kept) -> None:
    ledger = Ledger(kept)
    written = [ledger.note(number) for number in range(GROUP - 1)]
    assert len({*map(id, written)}) == 1
    assert ledger.remembers(0)
    await written[0]
    assert kept.written == [[*range(GROUP - 1)]]
    await ledger.note(99)
    assert kept.written[1] == [99]


async def test_a_full_group_is_not_kept_waiting(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgers, "GATHERING", 60.0)
    ledger = Ledger(kept)
    async with asyncio.timeout(5):
        await asyncio.gather(*(ledger.note(number) for number in range(GROUP)))
    assert kept.written == [[*range(GROUP)]]


async def test_at_the_end_everything_is_written(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgers, "GATHERING", 60.0)
    ledger = Ledger(kept)
    ledger.note(1)
    async with asyncio.timeout(5):
        await ledger.close()
    assert kept.ids == {1}
    await ledger.close()


async def test_without_a_database_it_remembers_in_memory(kept: Kept) -> None:
    kept.gone = True
    ledger = Ledger(kept)
    await ledger.note(1)
    assert ledger.remembers(1)
    assert await ledger.look_up([1]) == frozenset()
    kept.gone = False
    await ledger.note(2)
    assert kept.written == [[2]]


async def test_it_does_not_grow_for_ever(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "REMEMBERED", 100)
    ledger = Ledger(kept)
    for number in range(250):
        ledger.note(number)
    assert [number for number in range(250) if ledger.remembers(number)] == [*range(150, 250)]
    await ledger.close()
    assert kept.ids == {*range(250)}
