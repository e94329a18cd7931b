import pytest

from bot.sandbox import Person, Telegram
from tests.sandbox.calls import refused, result


async def test_chats_that_there_are_not(telegram: Telegram, ann: Person) -> None:
    for chat_id, complaint in {
        "": "chat_id is empty",
        "nobody": "chat not found",
        "@nobody": "chat not found",
        "77": "chat not found",
    }.items():
        said = await refused(telegram, "sendMessage", chat_id=chat_id, text="x")
        assert said == f"Bad Request: {complaint}"


async def test_people_who_do_not_want_to_hear(telegram: Telegram, ann: Person) -> None:
    bob = telegram.person("Bob")
    said = await refused(telegram, "sendMessage", chat_id=bob.id, text="x")
    assert said == "Forbidden: bot can't initiate conversation with a user"
    await ann.blocks()
    said = await refused(telegram, "sendMessage", chat_id=ann.id, text="x")
    assert said == "Forbidden: bot was blocked by the user"
    await ann.unblocks()
    await result(telegram, "sendMessage", chat_id=ann.id, text="x")


async def test_groups_that_the_bot_is_not_in(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Crohn's friends", kind="group", bot="left")
    said = await refused(telegram, "sendMessage", chat_id=group.id, text="x")
    assert said == "Forbidden: bot is not a member of the group chat"
    await group.bot_becomes("kicked", by=ann)
    said = await refused(telegram, "sendMessage", chat_id=group.id, text="x")
    assert said == "Forbidden: bot was kicked from the group chat"
    supergroup = telegram.group("MS friends", bot="left")
    said = await refused(telegram, "sendMessage", chat_id=supergroup.id, text="x")
    assert said == "Forbidden: bot is not a member of the supergroup chat"


async def test_groups_where_members_may_not_write(telegram: Telegram, ann: Person) -> None:
    group = telegram.group("Crohn's friends")
    group.shut()
    said = await refused(telegram, "sendMessage", chat_id=group.id, text="x")
    assert said == "Bad Request: not enough rights to send text messages to the chat"
    said = await refused(telegram, "sendPhoto", chat_id=group.id, photo="attach://photo")
    assert said == "Bad Request: not enough rights to send photos to the chat"
    await group.bot_becomes("administrator", by=ann)
    await result(telegram, "sendMessage", chat_id=group.id, text="x")


async def test_replies(telegram: Telegram, ann: Person) -> None:
    hello = ann.messages[0]
    sent = await result(
        telegram,
        "sendMessage",
        chat_id=ann.id,
        text="x",
        reply_parameters={"message_id": hello.id, "quote": "ell"},
    )
    assert sent["reply_to_message"]["text"] == "Hello"
    assert sent["quote"] == {"text": "ell", "position": 1, "is_manual": True}
    assert ann.messages[-1].reply_to is hello


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        ({"message_id": 99}, "message to be replied not found"),
        ({"message_id": 1, "chat_id": -1}, "the sandbox knows no replies to another chat"),
        ({"message_id": 1, "quote": "nothing"}, "QUOTE_TEXT_INVALID"),
        ({}, 'can\'t find field "message_id"'),
        ([], "object expected as reply parameters"),
        ("{", "can't parse reply parameters JSON object"),
    ],
)
async def test_replies_that_are_refused(
    telegram: Telegram, ann: Person, reply: object, complaint: str
) -> None:
    said = await refused(telegram, "sendMessage", chat_id=ann.id, text="x", reply_parameters=reply)
    assert said == f"Bad Request: {complaint}"


async def test_a_reply_may_be_sent_without_its_message(telegram: Telegram, ann: Person) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await result(telegram, "sendMessage", chat_id=ann.id, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_threads(telegram: Telegram) -> None:
    forum = telegram.group("Forum", forum=True)
    thread, closed = forum.thread("Flares"), forum.thread("Old", closed=True)
    sent = await result(
        telegram, "sendMessage", chat_id=forum.id, text="x", message_thread_id=thread.id
    )
    assert sent["message_thread_id"] == thread.id
    assert sent["is_topic_message"]
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == "Flares"
    for thread_id, complaint in {
        1: "message thread not found",
        99: "message thread not found",
        closed.id: "TOPIC_CLOSED",
    }.items():
        said = await refused(
            telegram, "sendMessage", chat_id=forum.id, text="x", message_thread_id=thread_id
        )
        assert said == f"Bad Request: {complaint}"


async def test_a_reply_stays_in_its_thread(telegram: Telegram, ann: Person) -> None:
    forum = telegram.group("Forum", forum=True)
    said = (await ann.says("x", chat=forum, thread=forum.thread("Flares"))).said
    assert said is not None
    reply = {"message_id": said.id}
    sent = await result(telegram, "sendMessage", chat_id=forum.id, text="x", reply_parameters=reply)
    assert sent["message_thread_id"] == said.thread_id
