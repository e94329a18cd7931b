from typing import Any

import pytest
from telegram import Update
from telegram.ext import Application

from bot.sandbox import Group, Person, Telegram
from tests.sandbox.calls import refused, result

Echo = Application[Any, Any, Any, Any, Any, Any]


@pytest.fixture
def group(telegram: Telegram) -> Group:
    return telegram.group("Crohn's friends")


async def updates(telegram: Telegram) -> list[Update]:
    """What came since the last time, read by python-telegram-bot."""
    found = [Update.de_json(update, None) for update in telegram.updates.pending]
    telegram.updates.pending.clear()
    return found


async def test_talking_in_a_group(telegram: Telegram, ann: Person, echo: Echo) -> None:
    group = telegram.group("Crohn's friends")
    answer = await ann.says("/start@immuno_bot", chat=group)
    assert answer.message.chat_id == group.id
    assert (await ann.presses("Fever", chat=group)).text == "You pressed fever"
    assert [message.text for message in group.messages] == [
        "/start@immuno_bot",
        "You pressed fever",
    ]
    assert group.messages[0].id == 2


async def test_replies_count_as_threads_in_a_supergroup(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    first = (await ann.says("Hi", chat=group)).said
    assert first is not None
    second = (await ann.says("Hi yourself", chat=group, reply_to=first)).said
    assert second is not None
    params = {"chat_id": group.id, "reply_parameters": {"message_id": second.id}}
    third = await result(telegram, "sendMessage", **params, text="x")
    assert (second.thread_id, third["message_thread_id"]) == (first.id, first.id)
    assert "is_topic_message" not in third


async def test_a_forum(telegram: Telegram, ann: Person, echo: Echo) -> None:
    forum = telegram.group("Forum", forum=True)
    flares = forum.thread("Flares")
    answer = await ann.says("/start", chat=forum, thread=flares)
    assert answer.message.thread_id == flares.id
    general = await ann.says("/start", chat=forum)
    assert general.message.thread_id is None
    assert (await ann.presses("Fever", chat=forum, thread=flares)).message is answer.message
    with pytest.raises(ValueError, match="is no forum"):
        telegram.group("Friends").thread("Flares")


async def test_an_anonymous_admin(telegram: Telegram, ann: Person, group: Group) -> None:
    group.add(ann, "administrator", anonymous=True)
    await ann.says("/settings", chat=group)
    (update,) = await updates(telegram)
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.username == "GroupAnonymousBot"
    assert update.message.sender_chat == update.message.chat


async def test_the_bot_comes_and_goes(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Friends", bot="left")
    await ann.says("Nobody hears this", chat=group)
    await group.bot_becomes("member", by=ann)
    joined, service = await updates(telegram)
    assert joined.my_chat_member is not None
    assert joined.my_chat_member.from_user.id == ann.id
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert service.message is not None
    assert service.message.new_chat_members[0].id == telegram.bot.id
    await group.bot_becomes("administrator", by=ann)
    await group.bot_becomes("kicked", by=ann)
    promoted, kicked = await updates(telegram)
    assert promoted.my_chat_member is not None
    assert promoted.my_chat_member.new_chat_member.can_delete_messages  # type: ignore[attr-defined]
    assert kicked.my_chat_member is not None
    assert kicked.my_chat_member.old_chat_member.status == "administrator"
    await ann.says("Nobody hears this", chat=group)
    assert await updates(telegram) == []


async def test_members_come_and_go(telegram: Telegram, ann: Person, group: Group) -> None:
    bob = telegram.person("Bob")
    await group.welcomes(bob, by=ann)
    await group.loses(bob)
    joined, left = await updates(telegram)
    assert joined.message is not None
    assert joined.message.new_chat_members[0].first_name == "Bob"
    assert left.message is not None
    assert left.message.left_chat_member is not None


async def test_a_group_grows_into_a_supergroup(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Friends", kind="group")
    grown = await group.migrates(by=ann)
    joined, old, new = await updates(telegram)
    assert joined.my_chat_member is not None
    assert joined.my_chat_member.chat.id == grown.id
    assert joined.my_chat_member.old_chat_member.status == "left"
    assert old.message is not None
    assert (old.message.chat.id, old.message.migrate_to_chat_id) == (group.id, grown.id)
    assert new.message is not None
    assert (new.message.chat.id, new.message.migrate_from_chat_id) == (grown.id, group.id)
    assert str(grown.id).startswith("-100")
    answer = await telegram.call("sendMessage", {"chat_id": group.id, "text": "x"})
    assert answer["description"] == ("Bad Request: group chat was upgraded to a supergroup chat")
    assert answer["parameters"] == {"migrate_to_chat_id": grown.id}
    await result(telegram, "sendMessage", chat_id=grown.id, text="x")
    with pytest.raises(ValueError, match="is a supergroup already"):
        await grown.migrates(by=ann)


async def test_service_messages_cannot_be_edited(telegram: Telegram) -> None:
    forum = telegram.group("Forum", forum=True)
    params = {"chat_id": forum.id, "message_id": forum.thread("Flares").id, "text": "x"}
    assert await refused(telegram, "editMessageText", **params) == (
        "Bad Request: message can't be edited"
    )


async def test_privacy_mode(ann: Person) -> None:
    telegram = Telegram(privacy=True)
    group, bob = telegram.group("Friends"), telegram.person("Bob")
    sent = await result(telegram, "sendMessage", chat_id=group.id, text="x")
    for text in ("crohns", "@other_bot hi", "/help@other_bot"):
        await bob.says(text, chat=group)
    assert await updates(telegram) == []
    for text in ("/help", "/help@immuno_bot", "hi @Immuno_bot"):
        await bob.says(text, chat=group)
    own = group.chat.messages[sent["message_id"]]
    await bob.says("crohns", chat=group, reply_to=own)
    assert len(await updates(telegram)) == 4
    await group.bot_becomes("administrator", by=bob)
    await bob.says("crohns", chat=group)
    assert len(await updates(telegram)) == 2
