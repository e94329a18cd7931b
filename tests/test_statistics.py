"""``/stats``: what was asked in a group, for its admins, where they want that counted."""

import pytest

from bot.library import Edition
from bot.pages.page import View
from bot.pages.statistics import statistics
from bot.sandbox import Group, Person, Telegram
from bot.storage import Guarded
from tests.conftest import TODAY, Clock


@pytest.fixture
async def group(telegram: Telegram, ann: Person, chats: Guarded) -> Group:
    """A group of which Ann is an admin, with statistics on."""
    group = telegram.group("Living with IBD")
    group.add(ann, "administrator")
    await chats.change_settings(group.id, {"statistics": True})
    return group


async def test_topics_with_bars_the_most_frequent_first(
    ann: Person, group: Group, clock: Clock
) -> None:
    await ann.says("/condition crohns", chat=group)
    clock.turn(days=10)
    for name in ("humira", "humira", "infliximab"):
        await ann.says(f"/medicine {name}", chat=group)
    await ann.says("/urgent", chat=group)
    answer = await ann.says("/stats", chat=group)
    lines = answer.text.splitlines()
    assert lines[0] == "Asked in this group, 12 November 2026 to 11 December 2026"
    assert "Answers in all: 4" in lines
    assert lines[4:7] == ["████████ 2 adalimumab", "████ 1 Crohn's disease", "████ 1 infliximab"]
    assert "▁▁▁▁▁▁▁▁▁▄ from 22 November 2026" in lines
    assert "▁▁▁▁▁▁▁▁▁█ from 2 December 2026" in lines
    assert "Ann" not in answer.text


async def test_what_is_older_than_thirty_days_is_not_shown(
    ann: Person, group: Group, clock: Clock
) -> None:
    await ann.says("/condition crohns", chat=group)
    clock.turn(days=30)
    assert "Nothing was counted" in (await ann.says("/stats", chat=group)).text


async def test_where_it_is_off_it_says_how_to_turn_it_on(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Quiet")
    group.add(ann, "creator")
    assert "/settings" in (await ann.says("/stats", chat=group)).text


async def test_members_are_told_that_it_is_for_admins(telegram: Telegram, group: Group) -> None:
    bob = telegram.person("Bob")
    assert "Only admins" in (await bob.says("/stats", chat=group)).text


async def test_in_private_it_says_where_it_belongs(ann: Person) -> None:
    assert (await ann.says("/stats")).text.startswith("Settings belong to groups.")


# The page


def test_it_names_nothing_that_a_group_need_not_read_of_anybody(edition: Edition) -> None:
    sensitive = next(topic for topic in edition.topics.values() if topic.sensitive)
    view = View(edition, TODAY)
    topics = [(sensitive.id, 3), ("suicide-risk", 2), ("", 1), ("crohns-disease", 1)]
    text = statistics(view, topics, {TODAY: 7}).text
    assert sensitive.title not in text
    assert "suicide" not in text
    assert "████████ 5 Other answers" in text
    assert "██ 1 Crohn's disease" in text


def test_it_fits_a_phone_however_much_is_asked(edition: Edition) -> None:
    view = View(edition, TODAY)
    topics = [(topic, 100_000) for topic in edition.topics]
    text = statistics(view, topics, {TODAY: 100_000 * len(topics)}).text
    assert len(text.splitlines()) < 30
    assert len(text) < 1200
    assert text.count("Other answers") == 1
    assert "▁▁▁▁▁▁▁▁▁█ from " in text
