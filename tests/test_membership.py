"""The bot comes into groups, loses them, and moves with them."""

from typing import Literal

import pytest

from bot.sandbox import Group, Person, Telegram
from bot.settings import GroupSettings
from bot.storage import Guarded
from tests.conftest import Clock

Kind = Literal["group", "supergroup"]


@pytest.fixture
def group(telegram: Telegram, ann: Person) -> Group:
    """A group that the bot is not in yet; Ann owns it."""
    group = telegram.group("Living with IBD", bot="left")
    group.add(ann, "creator")
    return group


async def statistics_on(chats: Guarded, group: Group) -> bool:
    """Whether the one setting that these tests set is still known."""
    return GroupSettings.of((await chats.chat(group.id)).settings).statistics


# Coming


@pytest.mark.parametrize("kind", ["group", "supergroup"])
@pytest.mark.parametrize("status", ["member", "administrator"])
@pytest.mark.parametrize("forum", [False, True])
async def test_it_says_hello_once_when_it_is_added(
    telegram: Telegram,
    ann: Person,
    kind: Kind,
    status: Literal["member", "administrator"],
    forum: bool,
) -> None:
    group = telegram.group("Us", kind=kind, forum=forum and kind == "supergroup", bot="left")
    await group.bot_becomes(status, by=ann)
    (hello,) = [message for message in group.messages if message.sender is telegram.bot]
    assert "/condition crohns" in hello.text
    assert "talk to your doctor" in hello.text
    assert hello.labels == ["Settings"]
    await group.bot_becomes("administrator" if status == "member" else "member", by=ann)
    assert [m for m in group.messages if m.sender is telegram.bot] == [hello]


async def test_the_button_of_the_hello_opens_the_settings_for_admins(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    bob = telegram.person("Bob")
    await group.bot_becomes("member", by=ann)
    hello = group.messages[-1] if group.messages[-1].labels else group.messages[-2]
    assert (await bob.presses("Settings", on=hello)).toasts
    answer = await ann.presses("Settings", on=hello)
    assert answer.message is not hello
    assert answer.labels[0] == "Keyword replies: off"
    assert hello.labels == ["Settings"]


async def test_it_says_hello_again_when_it_is_back(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    await group.bot_becomes("member", by=ann)
    await group.bot_becomes("kicked", by=ann)
    await group.bot_becomes("member", by=ann)
    assert len([message for message in group.messages if message.labels]) == 2


@pytest.mark.parametrize("closed", ["group", "thread", "gone"])
async def test_where_it_may_not_write_it_is_silent(
    telegram: Telegram, ann: Person, group: Group, caplog: pytest.LogCaptureFixture, closed: str
) -> None:
    if closed == "group":
        group.shut()
    elif closed == "thread":
        telegram.fail("sendMessage", code=400, description="Bad Request: TOPIC_CLOSED")
    else:
        telegram.fail("sendMessage", code=403, description="Forbidden: bot was kicked")
    await group.bot_becomes("member", by=ann)
    assert [message for message in group.messages if message.labels] == []
    assert caplog.records == []
    telegram.refusals.clear()  # that it may not write is found out by writing


async def test_it_comes_restricted_and_says_nothing(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    await group.bot_becomes("restricted", by=ann)
    assert [call for call in telegram.calls if call.method == "sendMessage"] == []


# Losing


@pytest.mark.parametrize("lost", ["left", "kicked", "restricted"])
async def test_what_it_knew_is_deleted_thirty_days_after_it_lost_the_group(
    telegram: Telegram,
    ann: Person,
    group: Group,
    chats: Guarded,
    clock: Clock,
    lost: Literal["left", "kicked", "restricted"],
) -> None:
    await group.bot_becomes("member", by=ann)
    await chats.change_settings(group.id, {"statistics": True})
    said = len(group.messages)
    await group.bot_becomes(lost, by=ann)
    clock.turn(days=29)
    await chats.clean(clock())
    assert await statistics_on(chats, group)
    clock.turn(days=1)
    await chats.clean(clock())
    assert not await statistics_on(chats, group)
    assert len(group.messages) == said  # no goodbye


async def test_who_takes_it_back_in_time_finds_everything_as_it_was(
    ann: Person, group: Group, chats: Guarded, clock: Clock
) -> None:
    await group.bot_becomes("member", by=ann)
    await chats.change_settings(group.id, {"statistics": True})
    await group.bot_becomes("restricted", by=ann)
    clock.turn(days=20)
    await group.bot_becomes("member", by=ann)
    clock.turn(days=20)
    await chats.clean(clock())
    assert await statistics_on(chats, group)


async def test_the_country_of_who_blocks_it_is_deleted_after_thirty_days(
    ann: Person, chats: Guarded, clock: Clock
) -> None:
    await ann.says("/urgent ireland")
    await ann.presses("Remember for this chat: Ireland")
    assert not await ann.blocks()
    clock.turn(days=30)
    await chats.clean(clock())
    assert (await chats.chat(ann.id)).country is None
    assert not await ann.unblocks()


# Moving


@pytest.mark.parametrize("joins", ["first", "last"])
async def test_settings_move_along_and_no_second_hello_stays(
    telegram: Telegram, ann: Person, chats: Guarded, joins: Literal["first", "last"]
) -> None:
    small = telegram.group("Us", kind="group", bot="left")
    small.add(ann, "creator")
    await small.bot_becomes("member", by=ann)
    await chats.change_settings(small.id, {"statistics": True})
    await chats.set_country(small.id, "IE")
    grown = await small.migrates(by=ann, joins=joins)
    assert [message for message in grown.messages if message.labels] == []
    assert await statistics_on(chats, grown)
    assert (await chats.chat(grown.id)).country == "IE"
    assert not await statistics_on(chats, small)
    assert "Statistics: on" in (await ann.says("/settings", chat=grown)).labels


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 0, 1, 1), (1, 1, 0), (0,), (1,)])
async def test_either_message_may_come_first_or_twice(
    telegram: Telegram, chats: Guarded, ann: Person, order: tuple[int, ...]
) -> None:
    old, new = -4_000_000_500, -1_002_000_000_500
    await chats.change_settings(old, {"statistics": True})
    messages = [
        service(telegram, ann, old, "group", {"migrate_to_chat_id": new}),
        service(telegram, ann, new, "supergroup", {"migrate_from_chat_id": old}),
    ]
    for which in order:
        await telegram.emit("message", messages[which])
    assert (await chats.chat(new)).settings == {"statistics": True}
    assert (await chats.chat(old)).settings == {}


def service(
    telegram: Telegram, by: Person, chat: int, kind: Kind, content: dict[str, int]
) -> dict[str, object]:
    """A service message as Telegram sends it."""
    return {
        "message_id": 7,
        "from": by.user.to_json(),
        "chat": {"id": chat, "type": kind, "title": "Us"},
        "date": telegram.timestamp(),
        **content,
    }


async def test_a_menu_from_before_the_move_sets_the_group_of_now(
    telegram: Telegram, ann: Person, chats: Guarded
) -> None:
    small = telegram.group("Us", kind="group")
    small.add(ann, "creator")
    await ann.says(f"/start settings_{small.id}")
    await ann.presses("Statistics: off")
    grown = await small.migrates(by=ann)
    assert "Statistics are now on." in (await ann.presses("On")).text
    assert await statistics_on(chats, grown)
    assert not await statistics_on(chats, small)
    assert "Statistics: on" in (await ann.says(f"/start settings_{small.id}")).labels
