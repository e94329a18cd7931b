"""Counters, unmet phrases, weekly posts, keys, and what is deleted by age."""

from datetime import UTC, date, datetime, timedelta

from bot.storage import Answered, Count, Storage, Unmet
from bot.storage import tables as t
from tests.storage.database import Database

GROUP, OTHER = -42, -43
DAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
PHRASE = "zanzibar remedy"


async def send(storage: Storage, chats: int, day: date = DAY, first: int = 1) -> None:
    """The phrase, from so many different chats."""
    for number in range(first, first + chats):
        await storage.note_unmet(PHRASE, -number, day)


async def test_counts_are_summed_by_topic_and_outcome(storage: Storage) -> None:
    for _ in range(3):
        await storage.count({Answered(DAY, "adalimumab", "card", GROUP): 1})
    await storage.count({Answered(DAY - timedelta(days=1), "adalimumab", "card", GROUP): 1})
    await storage.count({Answered(DAY, "crohns-disease", "guess", OTHER): 1})
    await storage.count({Answered(DAY, "crohns-disease", "guess"): 1})
    assert await storage.counts(GROUP, DAY) == [Count("adalimumab", "card", 3)]
    assert await storage.counts(GROUP, DAY - timedelta(days=1)) == [Count("adalimumab", "card", 4)]
    assert await storage.counts(None, DAY) == [
        Count("adalimumab", "card", 3),
        Count("crohns-disease", "guess", 2),
    ]


async def test_the_count_in_all_outlives_the_group(storage: Storage) -> None:
    await storage.count({Answered(DAY, "adalimumab", "card", GROUP): 1})
    await storage.forget(GROUP)
    assert await storage.counts(GROUP, DAY) == []
    assert await storage.counts(None, DAY) == [Count("adalimumab", "card", 1)]


async def test_a_group_is_counted_day_by_day_for_thirty_days(storage: Storage) -> None:
    old, first = DAY - timedelta(days=30), DAY - timedelta(days=29)
    for day, topic, group in [
        (DAY, "adalimumab", GROUP),
        (DAY, "alopecia", GROUP),
        (DAY, "", GROUP),
        (first, "alopecia", GROUP),
        (old, "alopecia", GROUP),
        (DAY, "alopecia", OTHER),
    ]:
        await storage.count({Answered(day, topic, "card", group): 2})
    assert await storage.counts_by_day(GROUP, first) == {first: 2, DAY: 4}
    assert await storage.counts_by_day(GROUP, old) == {old: 2, first: 2, DAY: 4}
    await storage.clean(NOW)
    assert await storage.counts_by_day(GROUP, old) == {first: 2, DAY: 4}
    assert sum(count.times for count in await storage.counts(None, old)) == 12


async def test_a_phrase_is_seen_from_the_fifth_chat_on(
    storage: Storage, database: Database
) -> None:
    await send(storage, 4)
    await send(storage, 4)  # the same chats again
    assert await storage.unmet(DAY) == []
    assert database.rows(t.unmet_phrases) == []
    await storage.note_unmet("  Zanzibar\nREMEDY ", -5, DAY)
    assert await storage.unmet(DAY) == [Unmet(PHRASE, 5)]
    await send(storage, 1, first=6)
    assert await storage.unmet(DAY) == [Unmet(PHRASE, 6)]


async def test_the_most_wanted_phrase_comes_first(storage: Storage) -> None:
    await send(storage, 5)
    for number in range(6):
        await storage.note_unmet("another", -number - 1, DAY)
    assert await storage.unmet(DAY) == [Unmet("another", 6), Unmet(PHRASE, 5)]


async def test_hashes_name_neither_chat_nor_phrase(storage: Storage, database: Database) -> None:
    await send(storage, 1)
    (row,) = database.rows(t.unmet)
    assert len(row["phrase_hash"]) == len(row["chat_hash"]) == 32
    names = {row["name"] for row in database.rows(t.secrets)}
    assert names == {"unmet phrase", "unmet chat"}


async def test_odd_phrases_do_no_harm(storage: Storage) -> None:
    for odd in ("\0", "\ud800", "\x1b[0m", "🩹" * 2000):
        for number in range(5):
            await storage.note_unmet(odd, -number - 1, DAY)
    assert {found.phrase for found in await storage.unmet(DAY)} == {"", "?", "\x1b[0m", "🩹" * 2000}


async def test_a_phrase_of_five_chats_goes_thirty_days_after_they_sent_it(
    storage: Storage, database: Database
) -> None:
    await send(storage, 5)
    await storage.clean(NOW + timedelta(days=29))
    assert await storage.unmet(DAY + timedelta(days=29)) == [Unmet(PHRASE, 5)]
    await storage.clean(NOW + timedelta(days=30))
    assert database.rows(t.unmet) == []
    assert database.rows(t.unmet_phrases) == []


async def test_a_phrase_that_is_not_cleaned_yet_is_not_shown_either(storage: Storage) -> None:
    await send(storage, 5)
    assert await storage.unmet(DAY + timedelta(days=30)) == []
    assert await storage.unmet(DAY - timedelta(days=1)) == []


async def test_chats_of_the_last_thirty_days_count(storage: Storage, database: Database) -> None:
    await send(storage, 3)
    await send(storage, 2, DAY + timedelta(days=20), first=4)
    assert len(database.rows(t.unmet_phrases)) == 1
    await storage.clean(NOW + timedelta(days=30))  # the first three are past
    assert len(database.rows(t.unmet)) == 2
    assert database.rows(t.unmet_phrases) == []


async def test_weekly_posts(storage: Storage) -> None:
    later = DAY + timedelta(days=7)
    assert await storage.claim_week(GROUP, "2026-W49", "adalimumab", DAY)
    assert not await storage.claim_week(GROUP, "2026-W49", "alopecia", DAY)
    assert await storage.claim_week(OTHER, "2026-W49", "alopecia", DAY)
    assert await storage.claim_week(GROUP, "2026-W50", "alopecia", later)
    assert await storage.posted_topics(GROUP, DAY) == ["adalimumab", "alopecia"]
    assert await storage.posted_topics(GROUP, later) == ["alopecia"]


async def test_a_key_stays_the_same_and_differs_by_name(database: Database) -> None:
    async with await Storage.open(database.url) as first:
        key = await first.key("people")
        assert len(key) == 32
        assert await first.key("people") == key
        assert await first.key("owners") != key
    async with await Storage.open(database.url) as second:
        assert await second.key("people") == key


async def test_what_is_past_its_time_is_deleted_and_nothing_else(
    storage: Storage, database: Database
) -> None:
    month, hour, moment = timedelta(days=30), timedelta(hours=1), timedelta(seconds=1)
    for number, age in enumerate((month, month - moment), 1):
        values = {"topic": "alopecia", "version": "1", "posted_at": NOW - age}
        database.put(t.posted, chat_id=GROUP, message_id=number, **values)
    for number, age in enumerate((hour, hour - moment), 1):
        database.put(t.answered, update_id=number, at=NOW - age)
    for number, until in enumerate((NOW - hour, NOW - hour + moment), 1):
        database.put(t.claims, update_id=number, owner="a", until=until)
    await storage.count({Answered(DAY - timedelta(days=400), "alopecia", "card", GROUP): 1})
    await storage.change_settings(GROUP, {"replies": "on"})
    await storage.clean(NOW)
    assert [row["message_id"] for row in database.rows(t.posted)] == [2]
    assert [row["update_id"] for row in database.rows(t.answered)] == [2]
    assert [row["update_id"] for row in database.rows(t.claims)] == [2]
    assert [row["chat_id"] for row in database.rows(t.counters)] == [None]
    assert len(database.rows(t.chats)) == 1


async def test_moments_come_back_in_utc(storage: Storage, database: Database) -> None:
    await storage.mark_left(GROUP, NOW)
    (row,) = database.rows(t.chats)
    assert row["left_at"] == NOW
    assert row["left_at"].tzinfo is UTC
