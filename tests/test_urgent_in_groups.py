"""An emergency in a group: two lines for all to see, the whole answer in private."""

from datetime import timedelta
from hashlib import blake2b
from typing import Any

import pytest

from bot.app import urgent_in
from bot.context import CONTEXT_TYPES, App
from bot.jobs import delete_due
from bot.library import Edition
from bot.matching.urgent import UrgentMatch
from bot.pages.links import from_urgent_link, urgent_link
from bot.sandbox import Person, Telegram
from bot.sandbox.groups import Group
from bot.sandbox.refusal import Json
from bot.storage import Guarded, Limit
from bot.transport.answer import AnswerLost
from bot.transport.posting import post_message
from bot.transport.taking import read
from tests.conftest import Clock

SUICIDAL = "I want to die"
SHUT_OUT = "Forbidden: bot was kicked from the supergroup chat"


def hash_of(key: bytes, text: str) -> bytes:
    return blake2b(text.encode(), key=key, digest_size=16).digest()


@pytest.fixture
def group(telegram: Telegram, ann: Person) -> Group:
    group = telegram.group("Living with IBD")
    group.add(ann)
    return group


@pytest.mark.parametrize(
    "said",
    [
        SUICIDAL,
        "I WANT TO DIE",
        "my mum cant breathe and shes on humira",
        "son swallowed all his methotrexate",
        "/someotherbot I want to die",
    ],
)
async def test_two_lines_with_whom_to_call_and_a_way_to_more(
    ann: Person, group: Group, said: str
) -> None:
    answer = await ann.says(said, chat=group)
    assert len(answer.text.splitlines()) == 2
    assert "112, 911 or 999" in answer.text
    assert answer.labels == ["More, in private", "Hide"]
    assert group.messages[-1].reply_to == group.messages[-2]


async def test_more_in_private_is_the_whole_answer_with_a_crisis_line(
    ann: Person, group: Group
) -> None:
    link = (await ann.says(SUICIDAL, chat=group)).message.buttons[0][0].url
    assert link
    in_private = await ann.follows(link)
    assert in_private.text == (await ann.says(SUICIDAL)).text


@pytest.mark.parametrize(
    "said",
    ["good morning all", "humira made my hair fall out", "no chest pain today, thankfully"],
)
async def test_nothing_else_is_answered(ann: Person, group: Group, said: str) -> None:
    assert not await ann.says(said, chat=group)


async def test_what_is_passed_on_is_no_cry_for_help(ann: Person, group: Group) -> None:
    assert not await ann.says(SUICIDAL, chat=group, forwarded_from="Daily News")


async def test_an_edit_that_becomes_urgent_is_answered_once(ann: Person, group: Group) -> None:
    await ann.says("i want to d", chat=group)
    said = group.messages[-1]
    assert (await ann.edits(said, SUICIDAL)).text
    assert not await ann.edits(said, f"{SUICIDAL}!")


async def test_once_a_person_so_that_nobody_fills_the_group(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    bob = telegram.person("Bob")
    group.add(bob)
    assert await ann.says(SUICIDAL, chat=group)
    assert not await ann.says(SUICIDAL, chat=group)
    assert await bob.says(SUICIDAL, chat=group)
    assert await ann.says(SUICIDAL)  # in private always


async def test_where_the_bot_cannot_write_it_comes_in_private(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    await ann.says("/start")
    telegram.fail("sendMessage", code=403, description=SHUT_OUT)
    await ann.says(SUICIDAL, chat=group)
    before = ann.messages[-1].text
    assert before == (await ann.says(SUICIDAL)).text


async def test_it_follows_a_group_that_became_a_supergroup_meanwhile(
    telegram: Telegram, ann: Person
) -> None:
    small, waiting, deliver = telegram.group("Us", kind="group"), list[Json](), telegram.deliver
    assert deliver is not None

    async def wait(update: Json) -> None:
        waiting.append(update)

    telegram.deliver = wait  # the bot is busy
    await ann.says(SUICIDAL, chat=small)
    grown = await small.migrates(by=ann)
    for update in waiting:
        await deliver(update)
    assert [message.text for message in grown.messages if "112" in message.text]
    telegram.refusals.clear()  # Telegram refuses the old id, and names the new one


async def test_who_can_be_reached_nowhere_is_tried_again_and_leaves_no_line_in_the_log(
    telegram: Telegram, ann: Person, group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendMessage", code=403, description=SHUT_OUT, times=2)
    assert not await ann.says(SUICIDAL, chat=group)
    assert await ann.says(SUICIDAL, chat=group)
    assert caplog.records == []


async def test_an_answer_that_failed_is_owed_still(
    telegram: Telegram, ann: Person, group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendMessage", code=502)
    assert not await ann.says(SUICIDAL, chat=group)
    assert await ann.says(SUICIDAL, chat=group)
    assert len(caplog.records) == 1
    assert "die" not in caplog.text


async def test_an_answer_is_owed_still_where_the_bot_was_killed_before_it(
    insisting: Telegram, ann: Person, group: Group, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: object) -> bool:
        return False  # nobody gives back what was claimed

    clock.tick = timedelta(milliseconds=1)
    with monkeypatch.context() as patched:
        patched.setattr(Guarded, "unclaim_speech", killed)
        insisting.fail("sendMessage", code=502)
        assert await ann.says(SUICIDAL, chat=group)
    assert not await ann.says(SUICIDAL, chat=group)


async def test_ten_minutes_later_it_is_said_again_and_elsewhere_at_once(
    telegram: Telegram, ann: Person, group: Group, clock: Clock
) -> None:
    assert await ann.says(SUICIDAL, chat=group)
    assert await ann.says(SUICIDAL, chat=telegram.group("Another"))
    clock.turn(minutes=9)
    assert not await ann.says(SUICIDAL, chat=group)
    clock.turn(minutes=2)
    assert await ann.says(SUICIDAL, chat=group)


async def test_two_copies_of_the_bot_answer_once(
    telegram: Telegram, ann: Person, group: Group, chats: Guarded, clock: Clock
) -> None:
    assert await ann.says(SUICIDAL, chat=group)
    thing = hash_of(await chats.key("speech"), f"urgent:{group.id}:{ann.id}")
    assert not await chats.claim_speech([Limit(thing, 600, 1)], clock())


async def test_a_lost_database_stops_no_answer(
    telegram: Telegram, ann: Person, group: Group, chats: Guarded
) -> None:
    await chats.close()
    assert await ann.says(SUICIDAL, chat=group)
    assert not await ann.says(SUICIDAL, chat=group)


async def test_it_comes_before_all_that_is_switched_off_or_used_up(
    ann: Person, group: Group, chats: Guarded
) -> None:
    await chats.change_settings(group.id, {"replies": "off", "privately": "everything"})
    for _ in range(7):
        await ann.says("/help", chat=group)
    assert "112" in (await ann.says("/condition I want to die", chat=group)).text


async def test_a_group_shows_the_numbers_of_its_country_and_those_for_elsewhere(
    ann: Person, group: Group, chats: Guarded
) -> None:
    await chats.set_country(group.id, "AU")
    answer = await ann.says("i cant breathe", chat=group)
    assert "call 000 or 112 (elsewhere 112, 911 or 999) now" in answer.text


async def test_it_never_deletes_itself(
    ann: Person, group: Group, chats: Guarded, clock: Clock
) -> None:
    await chats.change_settings(group.id, {"delete_after": 1})
    await ann.says(SUICIDAL, chat=group)
    clock.turn(days=1)
    assert await chats.take_due(clock()) == []


async def test_only_who_asked_can_hide_it(telegram: Telegram, ann: Person, group: Group) -> None:
    admin = telegram.person("Zoe")
    group.add(admin, "administrator")
    answer = (await ann.says(SUICIDAL, chat=group)).message
    refused = await admin.presses("Hide", on=answer)
    assert [toast.text for toast in refused.toasts] == ["Only the person who wrote can hide this."]
    assert not answer.deleted
    await ann.presses("Hide", on=answer)
    assert answer.deleted


async def test_an_edit_that_becomes_urgent_replaces_the_answer(
    ann: Person, group: Group, chats: Guarded
) -> None:
    await ann.says("/condition crohns", chat=group)
    said, card = group.messages[-2:]
    answer = await ann.edits(said, SUICIDAL)
    assert card.deleted
    assert answer.message.reply_to is said
    assert "112" in answer.text


async def test_the_answer_that_it_replaces_goes_later_where_it_cannot_go_now(
    insisting: Telegram, app: App, ann: Person, group: Group, clock: Clock
) -> None:
    await ann.says("/condition crohns", chat=group)
    said, card = group.messages[-2:]
    insisting.fail("deleteMessage", code=502)
    assert (await ann.edits(said, SUICIDAL)).message.reply_to is said
    assert not card.deleted
    assert not await ann.says(SUICIDAL, chat=group)  # that was said: it is not given back
    await delete_due(CONTEXT_TYPES.context(app))
    assert card.deleted


async def test_an_answer_whose_receipt_is_lost_was_said(
    insisting: Telegram, ann: Person, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*arguments: Any) -> int:
        await post_message(*arguments)
        raise AnswerLost("lost")

    with monkeypatch.context() as patched:
        patched.setattr("bot.reply.post_message", lost)
        assert await ann.says(SUICIDAL, chat=group)
    assert not await ann.says(SUICIDAL, chat=group)


async def test_what_was_said_in_an_emergency_stays_whatever_the_message_becomes(
    ann: Person, group: Group
) -> None:
    answer = await ann.says(SUICIDAL, chat=group)
    said = group.messages[-2]
    assert not await ann.edits(said, "never mind")
    assert not await ann.edits(said, "/condition crohns")
    assert "112" in answer.text


def test_every_flag_has_a_link_that_leads_back_to_it(edition: Edition) -> None:
    for flag in edition.urgent.flags:
        for raised in (False, True):
            match = UrgentMatch(flag.id, flag.level_of(raised=raised), "")
            assert len(urgent_link(match)) <= 64  # Telegram's limit
            assert from_urgent_link(urgent_link(match)) == match


async def test_a_link_to_a_flag_that_is_gone_opens_the_menu(ann: Person) -> None:
    home = await ann.says("/start")
    assert (await ann.says("/start urgent_nothing")).text == home.text
    assert (await ann.says("/start emergency_")).text == home.text


@pytest.mark.parametrize(
    ("kind", "content", "urgent"),
    [
        ("message", {"text": SUICIDAL}, True),
        ("message", {"caption": SUICIDAL}, True),
        ("edited_message", {"text": SUICIDAL}, True),
        ("message", {"text": "thanks all"}, False),
        ("message", {"new_chat_title": SUICIDAL}, False),
        ("a_kind_to_come", {"text": SUICIDAL}, False),
    ],
)
async def test_it_is_told_from_what_may_wait(
    app: App, kind: str, content: dict[str, str], urgent: bool
) -> None:
    said = {"message_id": 1, "date": 0, "chat": {"id": -5, "type": "group", "title": "IBD"}}
    update = read({"update_id": 1, kind: said | content}, app.bot)
    assert urgent_in(app)(update) is urgent
