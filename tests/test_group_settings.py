"""``/settings``: what admins of a group can set, in the group and in private, and nobody else."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import Edition
from bot.library.settings_phrases import Choice
from bot.pages.changing import change
from bot.pages.group import Group as ShownGroup
from bot.pages.page import View
from bot.pages.settings import PAGES, opened
from bot.reply import pack
from bot.sandbox import Group, Message, Person, Telegram
from bot.sandbox.answers import Answer
from bot.sandbox.server import Callback
from bot.settings import GENERAL, GroupSettings, Privately, Replies, Weekly
from bot.storage import Guarded
from tests.conftest import TODAY, Clock
from tests.walking import press

LONG_AGO = date(2020, 1, 1)
Kept = Callable[[Group], Awaitable[GroupSettings]]


@pytest.fixture
def group(telegram: Telegram, ann: Person) -> Group:
    """A supergroup of which Ann is an admin."""
    group = telegram.group("Living with IBD")
    group.add(ann, "administrator")
    return group


@pytest.fixture
def bob(telegram: Telegram, group: Group) -> Person:
    """A member."""
    bob = telegram.person("Bob")
    group.add(bob)
    return bob


@pytest.fixture
def kept(chats: Guarded) -> Kept:
    """What a group has set."""

    async def of(group: Group) -> GroupSettings:
        return GroupSettings.of((await chats.chat(group.id)).settings)

    return of


async def choose(person: Person, group: Group, *labels: str) -> Answer:
    """``/settings``, then one button after the other."""
    answer = await person.says("/settings", chat=group)
    for label in labels:
        answer = await person.presses(label, chat=group)
    return answer


async def test_the_menu_shows_each_setting_with_its_value(ann: Person, group: Group) -> None:
    answer = await ann.says("/settings", chat=group)
    assert answer.labels == [
        "Keyword replies: off",
        "Private answers for: sensitive",
        "Cooldown: 30 min",
        "Delete answers after: never",
        "Country: Not set",
        "Weekly topic: off",
        "Statistics: off",
        "Set up in private",
        "Close",
    ]
    assert answer.message.reply_to is answer.said


async def test_keyword_replies_have_three_choices(ann: Person, group: Group, kept: Kept) -> None:
    answer = await choose(ann, group, "Keyword replies: off")
    assert answer.labels == ["Off", "Questions only", "On", "‹ Back"]
    answer = await ann.presses("Questions only", chat=group)
    assert "Keyword replies are now questions only." in answer.text
    assert answer.labels[0] == "Keyword replies: questions only"
    assert (await kept(group)).replies is Replies.QUESTIONS
    await ann.presses("Keyword replies", chat=group)
    assert "Keyword replies are now on." in (await ann.presses("On", chat=group)).text
    assert (await kept(group)).replies is Replies.ON


@pytest.mark.parametrize(
    ("way", "label", "changed"),
    [
        (["Private answers"], "Everything", {"privately": Privately.EVERYTHING}),
        (["Cooldown", "Same topic again"], "3 h", {"cooldown": 180}),
        (["Cooldown", "Replies in 10 minutes"], "12", {"most_replies": 12}),
        (["Cooldown", "Of these, to one person"], "4", {"most_to_one": 4}),
        (["Cooldown", "Commands by one person"], "10", {"most_commands": 10}),
        (["Delete answers after"], "15 min", {"delete_after": 15}),
        (["Statistics"], "On", {"statistics": True}),
    ],
)
async def test_each_of_the_others_is_changed_and_said_so(
    ann: Person, group: Group, kept: Kept, way: list[str], label: str, changed: dict[str, object]
) -> None:
    answer = await choose(ann, group, *way, label)
    assert await kept(group) == GroupSettings.model_validate(changed)
    assert f" {label[0].lower()}{label[1:]}" in answer.text


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_member_is_told_in_one_line_that_goes_by_itself(
    telegram: Telegram, ann: Person, chats: Guarded, clock: Clock, kind: str
) -> None:
    group = telegram.group("Living with IBD", kind="group" if kind == "group" else "supergroup")
    answer = await ann.says("/settings", chat=group)
    assert answer.text == "Only admins of this group can do that."
    assert answer.labels == []
    assert await chats.take_due(clock()) == []
    clock.turn(seconds=15)
    assert await chats.take_due(clock()) == [(group.id, answer.message.id)]


async def test_a_member_who_presses_gets_a_toast_and_nothing_changes(
    ann: Person, bob: Person, group: Group, kept: Kept
) -> None:
    menu = (await choose(ann, group, "Keyword replies: off")).message
    before = (menu.text, menu.labels)
    for label in ("On", "‹ Back"):
        answer = await bob.presses(label, chat=group)
        assert [toast.text for toast in answer.toasts] == ["Only admins of this group can do that."]
        assert answer.messages == []
    assert (menu.text, menu.labels) == before
    assert (await kept(group)).replies is Replies.OFF


async def test_who_loses_the_right_changes_nothing_any_more(
    ann: Person, group: Group, kept: Kept
) -> None:
    await choose(ann, group, "Keyword replies: off")
    group.add(ann, "member")
    answer = await ann.presses("On", chat=group)
    assert answer.toasts
    assert (await kept(group)).replies is Replies.OFF


@pytest.mark.parametrize("seconds", [61, 61 - 3600], ids=["later", "clock-turned-back"])
async def test_the_right_is_known_for_a_minute_and_no_longer(
    telegram: Telegram, ann: Person, group: Group, clock: Clock, seconds: int
) -> None:
    def asked() -> int:
        return len([call for call in telegram.calls if call.method == "getChatMember"])

    await ann.says("/settings", chat=group)
    await ann.presses("Cooldown", chat=group)
    await ann.presses("‹ Back", chat=group)
    assert asked() == 1
    group.add(ann, "member")
    clock.turn(seconds=seconds)
    assert (await ann.presses("Cooldown", chat=group)).toasts
    assert asked() == 2


async def test_an_anonymous_admin_sets_it_up_too(
    telegram: Telegram, ann: Person, group: Group, kept: Kept
) -> None:
    group.add(ann, "administrator", anonymous=True)
    await choose(ann, group, "Statistics: off", "On")
    assert (await kept(group)).statistics


async def test_a_post_of_the_linked_channel_is_left_alone(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    message = (await ann.says("good morning", chat=group)).said
    assert message is not None
    body = message.to_json() | {"text": "/settings", "is_automatic_forward": True}
    body["entities"] = [{"type": "bot_command", "offset": 0, "length": 9}]
    body["from"] = telegram.person("Telegram").user.to_json()
    await telegram.emit("message", body)
    assert len(group.messages) == 1


async def test_close_takes_the_menu_away(ann: Person, group: Group) -> None:
    menu = (await ann.says("/settings", chat=group)).message
    await ann.presses("Close", chat=group)
    assert menu.deleted


async def test_a_menu_that_is_too_old_to_be_deleted_loses_its_buttons(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    menu = (await ann.says("/settings", chat=group)).message
    telegram.fail("deleteMessage", code=400, description="Bad Request: message can't be deleted")
    await ann.presses("Close", chat=group)
    assert menu.labels == []


# From private


async def opens_in_private(person: Person, group: Group) -> Answer:
    menu = (await person.says("/settings", chat=group)).message
    (link,) = [button.url for row in menu.buttons for button in row if button.url]
    return await person.follows(link)


async def test_the_same_menu_in_private_names_the_group(
    ann: Person, group: Group, kept: Kept
) -> None:
    answer = await opens_in_private(ann, group)
    assert answer.text.startswith("Settings: Living with IBD")
    assert answer.labels[0] == "Keyword replies: off"
    await ann.presses("Keyword replies: off")
    answer = await ann.presses("On")
    assert answer.text.startswith("Settings: Living with IBD\n\nKeyword replies are now on.")
    assert (await kept(group)).replies is Replies.ON


async def test_in_private_it_opens_for_admins_alone(
    ann: Person, bob: Person, group: Group, kept: Kept
) -> None:
    refused = await bob.says(f"/start settings_{group.id}")
    assert "Only admins" in refused.text
    await opens_in_private(ann, group)
    await ann.presses("Keyword replies: off")
    group.add(ann, "member")
    assert "Only admins" in (await ann.presses("On")).text
    assert (await kept(group)).replies is Replies.OFF


@pytest.mark.parametrize("parameter", ["settings_", "settings_7", "settings_-7", "settings_x"])
async def test_a_link_to_no_group_of_ours_says_so(
    telegram: Telegram, ann: Person, parameter: str
) -> None:
    assert "Only admins" in (await ann.says(f"/start {parameter}")).text
    telegram.refusals.clear()  # Telegram knows no group -7


async def test_in_private_the_command_says_how(ann: Person) -> None:
    answer = await ann.says("/settings")
    assert answer.text.startswith("Settings belong to groups.")
    assert answer.labels == ["Home"]


# What it can and cannot read


async def test_where_it_cannot_read_it_says_in_two_lines_what_to_change(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    telegram.privacy = True
    answer = await choose(ann, group, "Keyword replies: off", "On")
    assert "Keyword replies are now on." in answer.text
    lines = [line for line in answer.text.splitlines() if "admin of this group;" in line]
    lines += [line for line in answer.text.splitlines() if "/setprivacy" in line]
    assert len(lines) == 2
    assert "/setprivacy" not in (await choose(ann, group, "Keyword replies: on", "Off")).text


async def test_as_an_admin_it_can_read_and_says_nothing_of_it(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    telegram.privacy = True
    group.chat.put(telegram.bot, "administrator")
    answer = await choose(ann, group, "Keyword replies: off", "On")
    assert "/setprivacy" not in answer.text


# Threads


async def test_a_thread_is_chosen_where_the_menu_was_opened(
    telegram: Telegram, ann: Person, kept: Kept
) -> None:
    forum = telegram.group("IBD forum", forum=True)
    forum.add(ann, "creator")
    thread = forum.thread("Medicines")
    answer = await ann.says("/settings", chat=forum, thread=thread)
    assert answer.message.thread_id == thread.id
    assert "Threads with keyword replies: all" in answer.labels
    await ann.presses("Threads with", chat=forum, thread=thread)
    answer = await ann.presses("Add this thread", chat=forum, thread=thread)
    assert "chosen threads only" in answer.text
    assert "• this thread" in answer.text
    assert (await kept(forum)).threads == (thread.id,)
    await choose(ann, forum, "Threads with", "Add this thread")  # in General
    assert (await kept(forum)).threads == (GENERAL, thread.id)
    answer = await opens_in_private(ann, forum)
    answer = await ann.presses("Threads with keyword replies: 2 chosen")
    assert "• General\n• thread " in answer.text
    assert answer.message.links["General"] == f"https://t.me/c/{str(forum.id)[4:]}/1"
    await ann.presses("Take out: General")
    assert (await kept(forum)).threads == (thread.id,)
    assert "in all threads" in (await ann.presses("All threads")).text
    assert (await kept(forum)).threads == ()


async def test_a_thread_is_added_and_taken_out_even_if_the_press_is_taken_twice(
    insisting: Telegram, ann: Person, kept: Kept
) -> None:
    forum = insisting.group("IBD forum", forum=True)
    forum.add(ann, "creator")
    await choose(ann, forum, "Threads with")
    insisting.fail("editMessageText", code=502)  # the change is kept, and the menu is not shown
    await ann.presses("Add this thread", chat=forum)
    assert (await kept(forum)).threads == (GENERAL,)
    insisting.fail("editMessageText", code=502)
    await ann.presses("Take out: this thread", chat=forum)
    assert (await kept(forum)).threads == ()
    insisting.refusals.clear()  # a press can be answered once


def test_replies_are_in_the_chosen_threads_or_in_all() -> None:
    assert GroupSettings().replies_in(7)
    some = GroupSettings(threads=(GENERAL, 7))
    assert some.replies_in(7)
    assert some.replies_in(GENERAL)
    assert not some.replies_in(8)


# Country


async def test_a_group_has_a_country_for_its_numbers(
    ann: Person, bob: Person, group: Group, chats: Guarded
) -> None:
    answer = await choose(ann, group, "Country: Not set", "Next page")
    assert len(answer.labels) <= 12
    await ann.presses("Previous page", chat=group)
    answer = await ann.presses("Ireland", chat=group)
    assert "The country is now Ireland." in answer.text
    assert "Country: Ireland" in answer.labels
    assert "112 or 999" in (await bob.says("my mum can't breathe", chat=group)).text
    answer = await choose(ann, group, "Country: Ireland", "Not set")
    assert "No country is set now." in answer.text
    assert (await chats.chat(group.id)).country is None


# Weekly topic


async def test_a_weekday_an_hour_and_a_time_zone(ann: Person, group: Group, kept: Kept) -> None:
    answer = await choose(ann, group, "Weekly topic: off", "Monday", "09:00")
    assert "The weekly topic is now on: Monday, 09:00 (UTC)." in answer.text
    await ann.presses("Europe", chat=group)
    while "Berlin" not in group.messages[-1].labels:
        await ann.presses("Next page", chat=group)
    answer = await ann.presses("Berlin", chat=group)
    assert "now on: Monday, 09:00 (Europe/Berlin)." in answer.text
    assert (await kept(group)).weekly == Weekly(weekday=0, hour=9, zone="Europe/Berlin")
    answer = await choose(ann, group, "Weekly topic", "Sunday")
    assert "Europe/Berlin" in answer.text
    await ann.presses("18:00", chat=group)
    assert (await kept(group)).weekly == Weekly(weekday=6, hour=18, zone="Europe/Berlin")
    answer = await choose(ann, group, "Weekly topic", "Off")
    assert "The weekly topic is now off." in answer.text
    assert (await kept(group)).weekly is None


async def test_the_zone_of_the_country_is_taken_or_offered_first(
    ann: Person, group: Group, chats: Guarded, kept: Kept
) -> None:
    await chats.set_country(group.id, "IE")
    answer = await choose(ann, group, "Weekly topic", "Monday", "09:00")
    assert "Monday, 09:00 (Europe/Dublin)" in answer.text
    await chats.change_settings(group.id, {"weekly": None})
    await chats.set_country(group.id, "US")
    answer = await choose(ann, group, "Weekly topic", "Monday", "09:00")
    assert answer.labels[0] == "New York"
    await ann.presses("New York", chat=group)
    set_to = (await kept(group)).weekly
    assert set_to
    assert set_to.zone == "America/New_York"


# Whatever comes


async def test_what_could_not_be_kept_is_said(
    ann: Person, group: Group, chats: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> bool:
        return False

    monkeypatch.setattr(chats, "change_settings", lost)
    answer = await choose(ann, group, "Statistics: off", "On")
    assert "I could not save that just now." in answer.text
    assert "Statistics: off" in answer.labels


@pytest.mark.parametrize(
    "what",
    [
        "replies=sometimes",
        "cooldown=7",
        "statistics=1",
        "threads=x",
        "threads=-5",
        "country=XX",
        "weekly=9-9",
        "weekly=x",
        "zone=Nowhere/Land",
        "zone-Nowhere",
        "hour-9",
        "hour-x",
        "nothing",
        "nothing=on",
        "=",
        "-",
    ],
)
async def test_a_choice_that_there_is_not_opens_the_first_page(
    telegram: Telegram, ann: Person, group: Group, chats: Guarded, what: str
) -> None:
    menu = (await choose(ann, group, "Statistics: off")).message
    await press(telegram, ann, menu, f"S:{group.id}::{what}")
    assert menu.labels[0] == "Keyword replies: off"
    assert (await chats.chat(group.id)).settings == {}


@pytest.mark.parametrize("data", ["S:", "S:x", "S:7", "S:-7", "S::::::", "S:-1:x"])
async def test_a_forged_address_is_answered_and_does_nothing(
    telegram: Telegram, ann: Person, group: Group, data: str
) -> None:
    menu = (await ann.says("/settings", chat=group)).message
    before = menu.text
    await press(telegram, ann, menu, data)
    assert menu.text == before
    telegram.refusals.clear()  # Telegram knows no group -7


@given(st.text(max_size=40), st.sampled_from(["", *PAGES, *Choice]), st.sampled_from("=-"))
def test_no_address_does_more_than_lead_nowhere(
    edition: Edition, rest: str, name: str, sign: str
) -> None:
    view, group = View(edition, TODAY), ShownGroup(-1, GroupSettings(threads=(7,)))
    for via in (rest, name + rest, f"{name}{sign}{rest}"):
        with contextlib.suppress(KeyError, ValueError):
            assert opened(view, group, group.to(via)).rows
        with contextlib.suppress(KeyError, ValueError):
            wanted = change(view, group, group.to(via))
            GroupSettings.model_validate(dict(wanted.settings))


async def test_a_menu_that_telegram_no_longer_shows_works_all_the_same(
    telegram: Telegram, ann: Person, group: Group, kept: Kept
) -> None:
    menu = (await choose(ann, group, "Statistics: off")).message
    body = menu.to_json()
    hidden = {"chat": body["chat"], "message_id": menu.id, "date": 0}
    callback = Callback(telegram.query_id(), ann.user, menu, telegram.now())
    telegram.callbacks[callback.id] = callback
    query = {"id": callback.id, "from": ann.user.to_json(), "chat_instance": "1"}
    data = f"S:{group.id}::statistics=on"
    await telegram.emit("callback_query", query | {"data": data, "message": hidden})
    assert (await kept(group)).statistics
    assert "Statistics: on" in group.messages[-1].labels


async def test_one_group_is_not_set_by_admins_of_another(
    telegram: Telegram, ann: Person, bob: Person, group: Group, kept: Kept
) -> None:
    own = telegram.group("Bob's own")
    own.add(bob, "creator")
    menu: Message = (await bob.says("/settings", chat=own)).message
    await press(telegram, bob, menu, f"S:{group.id}::replies=on")
    assert (await kept(group)).replies is Replies.OFF


async def test_every_button_of_the_settings_fits_and_leads_somewhere(
    telegram: Telegram, ann: Person
) -> None:
    """Walks through all pages, changes included, in the widest group there can be."""
    forum = telegram.group("IBD forum", forum=True)
    forum.add(ann, "creator")
    menu = (await ann.says("/settings", chat=forum, thread=forum.thread("Medicines"))).message
    seen: set[str] = set()
    waiting = [b.data for row in menu.buttons for b in row if b.data]
    while waiting:
        data = waiting.pop()
        if data in seen or data.endswith(":close"):
            continue
        seen.add(data)
        await press(telegram, ann, menu, data)
        assert len(menu.text) < 1200
        assert menu.labels
        waiting += [b.data for row in menu.buttons for b in row if b.data]
    assert len(seen) > 500
    assert max(len(data.encode()) for data in seen) <= 64


def test_the_longest_address_fits() -> None:
    go = ShownGroup(-1009999999999).to("zone=America/Argentina/Buenos_Aires", 99)
    assert len(pack(go).encode()) <= 64


# Forgotten, and who is told of which command


async def test_an_admin_has_everything_about_the_group_deleted_at_once(
    ann: Person, bob: Person, group: Group, chats: Guarded, kept: Kept
) -> None:
    await choose(ann, group, "Statistics: off", "On")
    await ann.says("/condition crohns", chat=group)
    await chats.flush()
    assert (await bob.says("/forget", chat=group)).text == "Only admins of this group can do that."
    assert (await kept(group)).statistics
    assert (await ann.says("/forget", chat=group)).text.startswith("Done.")
    assert await kept(group) == GroupSettings()
    assert await chats.counts(group.id, LONG_AGO) == []


async def test_what_could_not_be_deleted_is_not_said_to_be(
    ann: Person, group: Group, chats: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> bool:
        return False

    monkeypatch.setattr(chats, "forget", lost)
    assert "can't do that just now" in (await ann.says("/forget", chat=group)).text


async def test_only_admins_are_shown_what_only_admins_can_do(
    ann: Person, bob: Person, group: Group
) -> None:
    for_admins = {"settings", "stats", "forget"}
    assert for_admins <= ann.commands(group).keys()
    assert not for_admins & bob.commands(group).keys()
    assert "settings" not in ann.commands()
    assert "start" not in ann.commands(group)
    assert ann.commands(group).keys() - for_admins == bob.commands(group).keys()
