"""What is set in a chat, kept when the group moves, and deleted when it should be."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import StatementError

from bot.storage import Answered, ChatSettings, Storage
from bot.storage import tables as t
from tests.storage.database import Database

PERSON = 4200000001
GROUP, MOVED, OTHER = -42, -1000000000042, -43
DAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
OF_A_CHAT = (t.chats, t.counters, t.posted, t.weekly)


async def fill(storage: Storage, database: Database, chat_id: int) -> None:
    """Everything that can be kept about a chat."""
    await storage.set_country(chat_id, "nl")
    await storage.change_settings(chat_id, {"replies": "on"})
    await storage.count({Answered(DAY, "crohns-disease", "card", chat_id): 1})
    await storage.claim_week(chat_id, "2026-W49", "adalimumab", DAY)
    await storage.note_unmet("new remedy", chat_id, DAY)
    database.put(
        t.posted, chat_id=chat_id, message_id=7, topic="alopecia", version="1", posted_at=NOW
    )


def about(database: Database, chat_id: int) -> list[str]:
    """The tables that name the chat."""
    return [
        table.name
        for table in OF_A_CHAT
        if any(row["chat_id"] == chat_id for row in database.rows(table))
    ]


async def test_a_chat_has_nothing_set_at_first(storage: Storage, database: Database) -> None:
    assert await storage.chat(GROUP) == ChatSettings(country=None, settings={})
    assert database.rows(t.chats) == []


async def test_a_country_is_remembered_and_forgotten(storage: Storage) -> None:
    await storage.set_country(GROUP, "gb")
    assert (await storage.chat(GROUP)).country == "GB"
    await storage.set_country(GROUP, None)
    assert (await storage.chat(GROUP)).country is None


async def test_a_country_is_two_letters(storage: Storage) -> None:
    for code in ("", "G", "GBR", "4x", "ÄÖ"):
        with pytest.raises(ValueError, match="two letters"):
            await storage.set_country(GROUP, code)


async def test_a_change_keeps_the_other_settings(storage: Storage) -> None:
    await storage.change_settings(GROUP, {"replies": "on", "quiet": [22, 7]})
    await storage.change_settings(GROUP, {"replies": "off", "name": "Grüße 😀 \0"})
    await storage.set_country(GROUP, "DE")
    chat = await storage.chat(GROUP)
    assert chat.settings == {"replies": "off", "quiet": [22, 7], "name": "Grüße 😀 \0"}
    assert chat.country == "DE"


async def test_null_takes_a_setting_out(storage: Storage) -> None:
    await storage.change_settings(GROUP, {"replies": "on", "quiet": True})
    await storage.change_settings(GROUP, {"replies": None})
    assert (await storage.chat(GROUP)).settings == {"quiet": True}


async def test_a_person_is_kept_only_while_they_ask_for_it(
    storage: Storage, database: Database
) -> None:
    await storage.set_country(PERSON, "FR")
    assert about(database, PERSON) == ["chats"]
    await storage.set_country(PERSON, None)
    assert about(database, PERSON) == []


async def test_what_is_counted_and_left_names_no_person(
    storage: Storage, database: Database
) -> None:
    await storage.count({Answered(DAY, "crohns-disease", "card", PERSON): 1})
    await storage.mark_left(PERSON, NOW)
    assert about(database, PERSON) == []


async def test_a_group_that_moves_takes_everything_along(
    storage: Storage, database: Database
) -> None:
    await fill(storage, database, GROUP)
    for _ in ("the old group says so", "and so does the new one"):
        await storage.migrate_chat(GROUP, MOVED)
    assert about(database, GROUP) == []
    assert about(database, MOVED) == ["chats", "counters", "posted", "weekly"]
    assert await storage.chat(MOVED) == ChatSettings("NL", {"replies": "on"})
    assert await storage.posted_topics(MOVED, DAY) == ["adalimumab"]
    (post,) = database.rows(t.posted)
    assert post["message_id"] == -7  # there is nothing to reply to in the new group


async def test_what_the_new_group_has_set_itself_wins(storage: Storage) -> None:
    await storage.change_settings(GROUP, {"replies": "on", "quiet": True})
    await storage.set_country(GROUP, "NL")
    await storage.change_settings(MOVED, {"replies": "off"})
    await storage.set_country(MOVED, "BE")
    await storage.migrate_chat(GROUP, MOVED)
    assert await storage.chat(MOVED) == ChatSettings("BE", {"replies": "off", "quiet": True})


async def test_a_group_that_has_moved_can_still_be_written_to_by_its_old_id(
    storage: Storage,
) -> None:
    """The new group's notice may come first, then old updates, then the old group's notice."""
    await storage.change_settings(GROUP, {"replies": "on"})
    await storage.count({Answered(DAY, "crohns-disease", "card", GROUP): 1})
    await storage.migrate_chat(GROUP, MOVED)
    await storage.change_settings(GROUP, {"quiet": True})
    await storage.count({Answered(DAY, "crohns-disease", "card", GROUP): 1})
    await storage.migrate_chat(GROUP, MOVED)
    assert (await storage.chat(MOVED)).settings == {"replies": "on", "quiet": True}
    assert await storage.chat(GROUP) == ChatSettings()
    assert [count.times for count in await storage.counts(MOVED, DAY)] == [2]


async def test_a_group_that_moves_counts_as_one_chat(storage: Storage) -> None:
    for chat_id in (GROUP, -1, -2, -3):
        await storage.note_unmet("new remedy", chat_id, DAY)
    await storage.migrate_chat(GROUP, MOVED)
    await storage.note_unmet("new remedy", MOVED, DAY)
    assert await storage.unmet(DAY) == []


async def test_to_move_to_itself_loses_nothing(storage: Storage) -> None:
    await storage.change_settings(GROUP, {"replies": "on"})
    await storage.migrate_chat(GROUP, GROUP)
    assert (await storage.chat(GROUP)).settings == {"replies": "on"}


async def test_a_chat_is_forgotten_at_once_and_the_others_are_not(
    storage: Storage, database: Database
) -> None:
    await fill(storage, database, GROUP)
    await fill(storage, database, OTHER)
    await storage.forget(GROUP)
    assert about(database, GROUP) == []
    assert about(database, OTHER) == ["chats", "counters", "posted", "weekly"]
    assert len(database.rows(t.unmet)) == 1
    assert await storage.chat(GROUP) == ChatSettings()


async def test_to_forget_a_chat_makes_no_phrase_known_to_fewer_than_five(
    storage: Storage, database: Database
) -> None:
    for chat_id in (GROUP, -1, -2, -3, -4):
        await storage.note_unmet("new remedy", chat_id, DAY)
    await storage.forget(GROUP)
    assert database.rows(t.unmet_phrases) == []


async def test_a_group_that_the_bot_left_is_deleted_after_thirty_days(
    storage: Storage, database: Database
) -> None:
    await fill(storage, database, GROUP)
    await storage.mark_left(GROUP, NOW)
    await storage.mark_left(GROUP, NOW + timedelta(days=20))  # heard twice
    await storage.clean(NOW + timedelta(days=29, hours=23))
    assert "chats" in about(database, GROUP)
    await storage.clean(NOW + timedelta(days=30))
    assert about(database, GROUP) == []
    assert database.rows(t.unmet) == []


async def test_a_group_without_settings_is_deleted_too(
    storage: Storage, database: Database
) -> None:
    await storage.count({Answered(DAY, "crohns-disease", "card", GROUP): 1})
    await storage.mark_left(GROUP, NOW)
    await storage.clean(NOW + timedelta(days=30))
    assert about(database, GROUP) == []
    assert len(database.rows(t.counters)) == 1  # the count in all


async def test_a_group_that_the_bot_is_back_in_stays(storage: Storage, database: Database) -> None:
    await fill(storage, database, GROUP)
    await fill(storage, database, OTHER)
    await storage.mark_left(GROUP, NOW)
    await storage.mark_back(GROUP)
    await storage.mark_left(OTHER, NOW)
    await storage.change_settings(OTHER, {"replies": "off"})
    await storage.clean(NOW + timedelta(days=60))
    assert "chats" in about(database, GROUP)
    assert "chats" in about(database, OTHER)


async def test_a_time_needs_a_time_zone(storage: Storage) -> None:
    with pytest.raises(StatementError, match="time zone"):
        await storage.mark_left(GROUP, datetime(2026, 12, 1))
