from typing import Any

import pytest
from telegram import Update
from telegram.ext import Application

from bot.sandbox import NoSuchButton, NotOneMessage, NotPressable, Person, Telegram
from bot.sandbox.entities import Entity

Echo = Application[Any, Any, Any, Any, Any, Any]


@pytest.fixture
def ann(telegram: Telegram, echo: Echo) -> Person:
    """Ann, new to a bot that answers at once."""
    return telegram.person("Ann", language="de", username="ann")


async def sent_updates(telegram: Telegram) -> list[dict[str, Any]]:
    """Every update from here on, instead of the bot's answer."""
    updates: list[dict[str, Any]] = []

    async def deliver(update: dict[str, Any]) -> None:
        assert Update.de_json(update, None)
        updates.append(update)

    telegram.deliver = deliver
    return updates


async def test_a_conversation(telegram: Telegram, ann: Person) -> None:
    answer = await ann.says("/start friend")
    assert answer.text == "Hello, friend"
    assert answer.message.entities == (Entity("bold", 0, 5),)
    assert answer.labels == ["Fever", "Feeling tired", "Website", "Copy", "Close"]
    answer = await ann.presses("Fever")
    assert answer.edited == [answer.message]
    assert (answer.text, answer.labels, answer.message.edited) == ("You pressed fever", [], 1)
    assert telegram.unanswered == []
    assert telegram.refusals == []


async def test_toasts_and_deletions(ann: Person) -> None:
    await ann.says("/start")
    answer = await ann.presses("Feeling")
    assert [(toast.text, toast.alert) for toast in answer.toasts] == [("Rest, then.", True)]
    assert answer.messages == []
    answer = await ann.presses("Close")
    assert answer.deleted[0].deleted
    assert answer
    assert answer.plain() == ""


async def test_an_answer_for_the_terminal(ann: Person) -> None:
    answer = await ann.says("/start")
    expected = "Hello, nobody\n[Fever] [Feeling tired]\n[Website] [Copy]\n[Close]"
    assert answer.plain() == expected
    answer = await ann.presses("Feeling tired")
    assert answer.plain() == "(Rest, then.)"


async def test_a_silent_bot(telegram: Telegram, ann: Person) -> None:
    await sent_updates(telegram)
    answer = await ann.says("Hi")
    assert not answer
    with pytest.raises(NotOneMessage, match="expected one message, but the bot said: "):
        _ = answer.text


async def test_buttons_that_there_are_not(ann: Person) -> None:
    with pytest.raises(NoSuchButton, match="no message in this chat has buttons"):
        await ann.presses("Fever")
    await ann.says("/start")
    with pytest.raises(NoSuchButton, match=r"no button 'Cough' .*'Feeling tired'"):
        await ann.presses("Cough")
    with pytest.raises(NoSuchButton, match="more than one button 'Fe'"):
        await ann.presses("Fe")
    for label in ("Website", "Copy"):
        with pytest.raises(NotPressable, match="it cannot be pressed"):
            await ann.presses(label)


async def test_pressing_an_older_message(ann: Person) -> None:
    first = (await ann.says("/start first")).message
    await ann.says("/start second")
    answer = await ann.presses("Fever", on=first)
    assert answer.message is first


async def test_what_telegram_makes_of_a_text(telegram: Telegram, ann: Person) -> None:
    updates = await sent_updates(telegram)
    await ann.says(" /find rash \n", entities=[Entity("bold", 7, 4)])
    assert updates == [
        {
            "update_id": 1,
            "message": {
                "message_id": 1,
                "from": {
                    "id": ann.id,
                    "is_bot": False,
                    "first_name": "Ann",
                    "username": "ann",
                    "language_code": "de",
                },
                "chat": {
                    "id": ann.id,
                    "type": "private",
                    "first_name": "Ann",
                    "username": "ann",
                },
                "date": 1796126400,
                "text": "/find rash",
                "entities": [
                    {"type": "bot_command", "offset": 0, "length": 5},
                    {"type": "bold", "offset": 6, "length": 4},
                ],
            },
        }
    ]


async def test_other_things_that_people_send(telegram: Telegram, ann: Person) -> None:
    assert (await ann.sends_photo("My rash")).text == "My rash"
    assert (await ann.sends_document(file_name="labs.pdf")).text == "something"
    for send in (ann.sends_photo, ann.sends_voice, ann.sends_sticker, ann.sends_location):
        assert (await send()).text == "something"
    updates = await sent_updates(telegram)
    await ann.sends_photo("see /help", forwarded_from="Bob")
    message = Update.de_json(updates[0], None).message
    assert message is not None
    assert message.photo
    assert message.caption_entities[0].type == "bot_command"
    assert message.forward_origin is not None


async def test_replies_and_quotes(telegram: Telegram, ann: Person) -> None:
    answer = await ann.says("Hi")
    updates = await sent_updates(telegram)
    await ann.says("What?", reply_to=answer.message, quote="i")
    message = updates[0]["message"]
    assert message["reply_to_message"]["text"] == "Hi"
    assert message["quote"]["position"] == 1


async def test_edits(telegram: Telegram, ann: Person) -> None:
    answer = await ann.says("crons")
    assert answer.said is not None
    assert (await ann.edits(answer.said, "crohn's")).text == "edited: crohn's"
    assert answer.said.edited == 1
    with pytest.raises(ValueError, match="Ann cannot edit"):
        await ann.edits(answer.message, "mine")


@pytest.mark.parametrize("text", ["", " ", "x" * 4097])
async def test_what_no_client_sends(ann: Person, text: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be sent|longer than"):
        await ann.says(text)


async def test_deep_links(ann: Person) -> None:
    answer = await ann.follows("https://t.me/immuno_bot?start=condition_crohns-disease")
    assert answer.text == "Hello, condition_crohns-disease"
    assert (await ann.follows("t.me/immuno_bot")).text == "Hello, nobody"
    with pytest.raises(ValueError, match="does not lead to"):
        await ann.follows("https://example.org")
    with pytest.raises(ValueError, match="no start parameter"):
        await ann.follows("https://t.me/immuno_bot?start=a.b")


async def test_inline_queries(telegram: Telegram, ann: Person) -> None:
    answer = await ann.asks_inline("crohns")
    assert answer.titles == ["Crohns"]
    assert (answer.cache_time, answer.is_personal, answer.button) == (60, True, None)
    (result,) = answer.results
    assert (result.text, result.description) == ("crohns", "A card")
    assert result.entities == (Entity("bold", 0, 6),)
    assert result.labels[0] == "Fever"
    group = telegram.group("Friends")
    picked = await ann.picks(result, chat=group)
    assert picked.said is not None
    pressed = await ann.presses("Fever", on=picked.said)
    assert pressed.edited == [picked.said]
    assert picked.said.text == "You pressed fever"
    assert telegram.refusals == []


async def test_blocking(telegram: Telegram, ann: Person) -> None:
    await ann.says("Hi")
    updates = await sent_updates(telegram)
    await ann.blocks()
    change = Update.de_json(updates[0], None).my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    with pytest.raises(ValueError, match="Ann blocks the bot"):
        await ann.says("Hi")
    await ann.unblocks()
    await ann.says("Hi")


async def test_two_people_do_not_hear_each_other(telegram: Telegram, ann: Person) -> None:
    bob = telegram.person("Bob")
    assert (await ann.says("I am Ann")).text == "I am Ann"
    assert (await bob.says("I am Bob")).text == "I am Bob"
    assert [message.text for message in bob.messages] == ["I am Bob", "I am Bob"]
