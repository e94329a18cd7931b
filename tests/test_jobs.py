"""What the bot does in groups by itself: deleting in time, and the topic of the week."""

import asyncio
import logging
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import build_app
from bot.config import Config
from bot.context import CONTEXT_TYPES, App
from bot.jobs import delete_due, post_weekly, week_of
from bot.library import Edition, Library
from bot.library.models import Basic, Guide
from bot.matching.matchers import Matchers
from bot.pages.page import View
from bot.pages.weekly import fit_for_a_week
from bot.sandbox import Group, Message, Person, SandboxRequest, Telegram
from bot.storage import Guarded, JsonValue
from tests.conftest import Clock
from tests.library.content_folder import ContentFolder
from tests.loopback import serve
from tests.test_transport import STOPS_WITHIN, running

MONDAY_NINE = datetime(2026, 11, 30, 9, tzinfo=UTC)
STARTS_WITHIN = 30.0  # seconds
AT_NINE: dict[str, JsonValue] = {"weekday": 0, "hour": 9, "zone": "UTC"}
WEEKLY: dict[str, JsonValue] = {"weekly": AT_NINE}


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY_NINE)


@pytest.fixture
async def group(telegram: Telegram, ann: Person, chats: Guarded) -> Group:
    """A group with the topic of the week on Mondays at 9."""
    group = telegram.group("Living with IBD")
    group.add(ann, "administrator")
    await chats.change_settings(group.id, WEEKLY)
    return group


def another_copy(
    telegram: Telegram, library: Library, matchers: Matchers, chats: Guarded, clock: Clock
) -> App:
    """A bot over the same Telegram, as if it had been restarted or ran beside the first."""
    request = SandboxRequest(telegram)
    config = Config(token=telegram.token)
    return build_app(config, library, chats, request=request, clock=clock, matchers=matchers)


def posts(group: Group) -> list[Message]:
    return [m for m in group.messages if m.text.startswith("Topic of the week")]


# The topic of the week


async def test_it_is_posted_in_its_hour_once_a_week(app: App, group: Group, clock: Clock) -> None:
    context = CONTEXT_TYPES.context(app)
    clock.turn(minutes=-1)
    await post_weekly(context)
    assert posts(group) == []
    for _ in range(70):  # from 9:00 to 10:09, and nothing after the first
        clock.turn(minutes=1)
        await post_weekly(context)
        assert len(posts(group)) == 1
    clock.turn(days=6, hours=22)
    await post_weekly(context)
    assert len(posts(group)) == 1
    clock.turn(hours=1)
    await post_weekly(context)
    assert len(posts(group)) == 2


async def test_it_is_short_and_leads_to_the_whole_card(
    app: App, ann: Person, group: Group, edition: Edition
) -> None:
    await post_weekly(CONTEXT_TYPES.context(app))
    (post,) = posts(group)
    assert edition.phrases.in_groups.disclaimer in post.text
    assert len(post.text) < 700
    (link,) = [button.url for row in post.buttons for button in row if button.url]
    title = post.text.splitlines()[2]
    assert (await ann.follows(link)).text.startswith(title)


async def test_a_late_start_within_the_hour_posts_and_after_it_skips(
    app: App, group: Group, clock: Clock
) -> None:
    clock.turn(minutes=59)
    await post_weekly(CONTEXT_TYPES.context(app))
    assert len(posts(group)) == 1
    clock.turn(days=7, minutes=1)
    await post_weekly(CONTEXT_TYPES.context(app))
    assert len(posts(group)) == 1


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("Europe/Berlin", 10),
        ("America/New_York", 4),
        ("Asia/Kolkata", 14),
        ("Pacific/Auckland", 22),
    ],
)
async def test_the_hour_is_that_of_the_groups_time_zone(
    app: App, group: Group, chats: Guarded, zone: str, hour: int
) -> None:
    weekly: dict[str, JsonValue] = {"weekday": 0, "hour": hour, "zone": zone}
    await chats.change_settings(group.id, {"weekly": weekly | {"hour": hour - 1}})
    await post_weekly(CONTEXT_TYPES.context(app))
    assert posts(group) == []
    await chats.change_settings(group.id, {"weekly": weekly})
    await post_weekly(CONTEXT_TYPES.context(app))
    assert len(posts(group)) == 1


async def test_the_day_too_is_that_of_the_time_zone(
    app: App, group: Group, chats: Guarded, clock: Clock
) -> None:
    weekly: dict[str, JsonValue] = {"weekday": 1, "hour": 0, "zone": "Pacific/Kiritimati"}  # UTC+14
    await chats.change_settings(group.id, {"weekly": weekly})
    clock.turn(hours=1)  # Monday, 10:00 UTC
    await post_weekly(CONTEXT_TYPES.context(app))
    assert len(posts(group)) == 1


async def test_a_change_of_the_day_makes_no_second_post_in_a_week(
    app: App, group: Group, chats: Guarded, clock: Clock
) -> None:
    await post_weekly(CONTEXT_TYPES.context(app))
    await chats.change_settings(group.id, {"weekly": AT_NINE | {"weekday": 2}})
    clock.turn(days=2)
    await post_weekly(CONTEXT_TYPES.context(app))
    assert len(posts(group)) == 1


async def test_no_topic_comes_twice_in_half_a_year_and_none_that_is_private(
    app: App, group: Group, clock: Clock, edition: Edition
) -> None:
    for _ in range(40):
        await post_weekly(CONTEXT_TYPES.context(app))
        clock.turn(days=7)
    titles = [post.text.splitlines()[2] for post in posts(group)]
    assert len(titles) >= 26
    for start in range(len(titles) - 26):
        assert max(Counter(titles[start : start + 26]).values()) == 1
    private = {topic.title for topic in edition.topics.values() if topic.sensitive}
    assert not private & {*titles}


def test_only_guides_and_basics_that_are_not_private_and_not_due(edition: Edition) -> None:
    view = View(edition, MONDAY_NINE.date())
    fit = fit_for_a_week(view)
    assert len(fit) > 26
    assert all(isinstance(topic, Guide | Basic) and not topic.sensitive for topic in fit)
    assert fit_for_a_week(View(edition, MONDAY_NINE.date() + timedelta(days=400))) == []


async def test_after_a_restart_and_beside_another_copy_it_is_posted_once(
    app: App,
    telegram: Telegram,
    library: Library,
    matchers: Matchers,
    chats: Guarded,
    clock: Clock,
    group: Group,
) -> None:
    other = another_copy(telegram, library, matchers, chats, clock)
    async with other:
        contexts = [CONTEXT_TYPES.context(one) for one in (app, other)]
        await asyncio.gather(*(post_weekly(context) for context in contexts))
        await post_weekly(contexts[1])
    assert len(posts(group)) == 1


async def test_without_the_database_nothing_is_posted(
    app: App, group: Group, chats: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(*_: object) -> None:
        return None

    monkeypatch.setattr(chats, "posted_topics", unknown)
    await post_weekly(CONTEXT_TYPES.context(app))
    assert posts(group) == []


async def test_a_group_that_has_thrown_the_bot_out_is_lost_and_the_others_are_not(
    app: App, telegram: Telegram, group: Group, chats: Guarded, clock: Clock
) -> None:
    gone = telegram.group("Gone", bot="left")
    await chats.change_settings(gone.id, WEEKLY)
    silent = telegram.group("Silent")
    silent.shut()
    await chats.change_settings(silent.id, WEEKLY)
    await post_weekly(CONTEXT_TYPES.context(app))
    assert len(posts(group)) == 1
    clock.turn(days=30)
    await chats.clean(clock())
    assert (await chats.chat(gone.id)).settings == {}
    assert (await chats.chat(silent.id)).settings != {}
    telegram.refusals.clear()  # that it is out, or may not write, is found out by writing


async def test_a_group_that_has_moved_unnoticed_is_found_again(
    app: App, telegram: Telegram, ann: Person, chats: Guarded
) -> None:
    small = telegram.group("Us", kind="group")
    grown = await small.migrates(by=ann)
    await chats.change_settings(small.id, WEEKLY)  # as if nothing had told of it
    await post_weekly(CONTEXT_TYPES.context(app))
    assert len(posts(grown)) == 1
    assert (await chats.chat(grown.id)).settings == WEEKLY
    await post_weekly(CONTEXT_TYPES.context(app))
    assert len(posts(grown)) == 1
    telegram.refusals.clear()  # Telegram refuses the old id, and names the new one


async def test_an_outage_is_one_line_in_the_log_and_a_week_without(
    app: App, telegram: Telegram, group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendMessage", code=502)
    await post_weekly(CONTEXT_TYPES.context(app))
    await post_weekly(CONTEXT_TYPES.context(app))
    assert posts(group) == []
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


async def test_nothing_that_is_kept_makes_a_job_fail(
    app: App, group: Group, chats: Guarded, caplog: pytest.LogCaptureFixture
) -> None:
    await chats.change_settings(-1, {"weekly": "sometimes"})
    await post_weekly(CONTEXT_TYPES.context(app))
    assert len(posts(group)) == 1
    assert caplog.records == []


async def test_a_job_that_breaks_says_where_and_comes_again(
    app: App, chats: Guarded, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("of no use")

    monkeypatch.setattr(chats, "with_settings", broken)
    await post_weekly(CONTEXT_TYPES.context(app))
    assert "post_weekly: RuntimeError at " in caplog.text


def test_weeks_are_those_of_the_calendar() -> None:
    assert week_of(datetime(2026, 11, 30).date()) == "2026-W49"
    assert week_of(datetime(2027, 1, 1).date()) == "2026-W53"


# Deleting


async def test_what_is_due_is_deleted_and_what_is_gone_is_no_trouble(
    app: App,
    telegram: Telegram,
    group: Group,
    chats: Guarded,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bob = telegram.person("Bob")
    line = (await bob.says("/settings", chat=group)).message
    await chats.delete_later(group.id, 9999, clock())
    clock.turn(seconds=14)
    await delete_due(CONTEXT_TYPES.context(app))
    assert line in group.messages
    clock.turn(seconds=1)
    await delete_due(CONTEXT_TYPES.context(app))
    assert line not in group.messages
    assert caplog.records == []
    telegram.refusals.clear()  # there is no message 9999


async def test_what_could_not_be_deleted_now_is_deleted_later(
    app: App, telegram: Telegram, group: Group, clock: Clock
) -> None:
    bob = telegram.person("Bob")
    line = (await bob.says("/settings", chat=group)).message
    clock.turn(seconds=15)
    telegram.fail("deleteMessage", code=502)
    await delete_due(CONTEXT_TYPES.context(app))
    assert line in group.messages
    clock.turn(minutes=1)
    await delete_due(CONTEXT_TYPES.context(app))
    assert line not in group.messages


async def test_what_a_copy_was_killed_over_is_deleted_by_another(
    app: App, telegram: Telegram, group: Group, chats: Guarded, clock: Clock
) -> None:
    line = (await telegram.person("Bob").says("/settings", chat=group)).message
    clock.turn(seconds=15)
    assert await chats.take_due(clock()) == [(group.id, line.id)]  # and is killed
    await delete_due(CONTEXT_TYPES.context(app))
    assert line in group.messages
    clock.turn(minutes=1)
    await delete_due(CONTEXT_TYPES.context(app))
    assert line not in group.messages
    clock.turn(minutes=1)
    assert await chats.take_due(clock()) == []


async def test_what_is_due_outlasts_a_restart(
    library: Library, matchers: Matchers, tmp_path: Path, clock: Clock
) -> None:
    telegram = Telegram(now=clock)
    group = telegram.group("Us")
    url = f"sqlite:///{tmp_path}/bot.db"
    async with await Guarded.open(url) as chats:
        sent = await telegram.call("sendMessage", {"chat_id": group.id, "text": "x"})
        await chats.delete_later(group.id, sent["result"]["message_id"], clock())
    async with await Guarded.open(url) as chats:
        app = another_copy(telegram, library, matchers, chats, clock)
        async with app:
            await delete_due(CONTEXT_TYPES.context(app))
    assert group.messages == []


# The queue


async def test_the_queue_has_both_jobs_and_runs_them(
    app: App, telegram: Telegram, group: Group, clock: Clock
) -> None:
    line = (await telegram.person("Bob").says("/settings", chat=group)).message
    clock.turn(seconds=15)
    assert app.job_queue is not None
    for job in app.job_queue.jobs():
        await job.run(app)
    assert line not in group.messages
    assert len(posts(group)) == 1


async def test_in_the_running_program_they_run_by_themselves(tmp_path: Path) -> None:
    telegram = Telegram()
    group = telegram.group("Living with IBD")
    url = f"sqlite:///{tmp_path}/bot.db"
    small = str(ContentFolder(tmp_path).folder)
    sent = await telegram.call("sendMessage", {"chat_id": group.id, "text": "An old answer"})
    async with await Guarded.open(url) as chats:
        await chats.delete_later(group.id, sent["result"]["message_id"], datetime.now(UTC))
    async with (
        serve(telegram, telegram.token) as api,
        running(api, telegram.token, DATABASE_URL=url, CONTENT_DIR=small) as process,
    ):
        async with asyncio.timeout(STARTS_WITHIN):
            while group.messages:
                await asyncio.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert process.returncode == 0
