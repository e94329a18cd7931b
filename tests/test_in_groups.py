"""The bot as a guest in groups: commands, its name, replies, edits, and whose a menu is."""

from datetime import timedelta

import pytest

from bot import app
from bot.library import Edition
from bot.pages.in_groups import COMMAND_OF_KIND, COMMANDS, command_for
from bot.pages.page import Go, Place, View
from bot.sandbox import Answer, Message, Person, Telegram
from bot.sandbox.groups import Group
from bot.storage import Due, Guarded
from tests.conftest import TODAY, Clock
from tests.walking import press

PRIVATELY = "I answer this in private, where nobody else reads along."


@pytest.fixture
def group(telegram: Telegram, ann: Person, bob: Person) -> Group:
    group = telegram.group("Living with IBD")
    group.add(ann)
    group.add(bob)
    return group


@pytest.fixture
def bob(telegram: Telegram) -> Person:
    return telegram.person("Bob")


@pytest.fixture
def zoe(telegram: Telegram, group: Group) -> Person:
    """An admin of the group."""
    zoe = telegram.person("Zoe")
    group.add(zoe, "administrator")
    return zoe


def said_in(answer: Answer) -> Message:
    """What the person said."""
    assert answer.said is not None
    return answer.said


# Commands


@pytest.mark.parametrize("said", ["/condition crohns", "/condition@immuno_bot crohns"])
async def test_a_command_is_answered_as_a_reply(ann: Person, group: Group, said: str) -> None:
    answer = await ann.says(said, chat=group)
    assert answer.text.startswith("Crohn's disease")
    assert answer.message.reply_to is answer.said


@pytest.mark.parametrize(
    "said", ["/condition@another_bot crohns", "/ban", "/condition2 crohns", "crohns", "hello all"]
)
async def test_what_is_not_for_the_bot_is_left_alone(ann: Person, group: Group, said: str) -> None:
    assert not await ann.says(said, chat=group)


async def test_what_is_passed_on_is_no_command(ann: Person, group: Group) -> None:
    assert not await ann.says("/condition crohns", chat=group, forwarded_from="Daily News")


async def test_a_small_group_is_answered_too(telegram: Telegram, ann: Person) -> None:
    small = telegram.group("Family", kind="group")
    assert (await ann.says("/condition crohns", chat=small)).text.startswith("Crohn's disease")


async def test_privacy_mode_needs_no_set_up(telegram: Telegram, ann: Person, group: Group) -> None:
    telegram.privacy = True
    assert await ann.says("/condition crohns", chat=group)
    assert await ann.says("@immuno_bot humira", chat=group)
    assert await ann.says("and hair loss?", chat=group, reply_to=group.messages[-1])


async def test_answers_stand_in_the_thread_in_which_was_asked(
    telegram: Telegram, ann: Person
) -> None:
    forum = telegram.group("Forum", forum=True)
    thread = forum.thread("Medicines")
    for said in ("/condition crohns", "@immuno_bot humira"):
        answer = await ann.says(said, chat=forum, thread=thread)
        assert answer.message.thread_id == thread.id
        assert answer.message.reply_to is answer.said
    general = await ann.says("/condition crohns", chat=forum)
    assert general.message.thread_id is None


# In reply to somebody


@pytest.mark.parametrize(
    ("command", "title"),
    [
        ("/condition", "Crohn's disease"),
        ("/medicine", "adalimumab"),
        ("/visit", "Questions for your doctor: adalimumab"),
        ("/find", "This fits"),
        ("@immuno_bot", "I have something about each of these."),
        ("@immuno_bot what do you know about this", "I have something about each of these."),
    ],
)
async def test_a_command_or_the_name_answers_the_message_replied_to(
    ann: Person, bob: Person, group: Group, command: str, title: str
) -> None:
    said = said_in(await bob.says("my son gets humira for his crohns", chat=group))
    answer = await ann.says(command, chat=group, reply_to=said)
    assert answer.text.startswith(title)
    assert answer.message.reply_to is said


async def test_a_caption_is_a_question_too(ann: Person, bob: Person, group: Group) -> None:
    said = said_in(await bob.sends_photo("my humira pen", chat=group))
    answer = await ann.says("/medicine", chat=group, reply_to=said)
    assert answer.text.startswith("adalimumab")
    assert answer.message.reply_to is said


async def test_what_names_nothing_leaves_a_command_its_menu(
    ann: Person, bob: Person, group: Group
) -> None:
    said = said_in(await bob.says("see you on monday", chat=group))
    answer = await ann.says("/condition", chat=group, reply_to=said)
    assert "Gut" in answer.labels
    assert answer.message.reply_to is answer.said
    assert not await ann.says("@immuno_bot", chat=group, reply_to=said)


async def test_with_a_name_a_command_is_about_that(ann: Person, bob: Person, group: Group) -> None:
    said = said_in(await bob.says("humira is new to me", chat=group))
    answer = await ann.says("/condition crohns", chat=group, reply_to=said)
    assert answer.text.startswith("Crohn's disease")
    assert answer.message.reply_to is answer.said


async def test_an_emergency_that_is_replied_to_is_answered_as_one(
    ann: Person, bob: Person, group: Group
) -> None:
    said = said_in(await bob.says("cant breathe", chat=group, forwarded_from="Bob's brother"))
    answer = await ann.says("/sideeffects", chat=group, reply_to=said)
    assert "112" in answer.text
    assert answer.message.reply_to is said


async def test_the_root_of_a_thread_is_no_message_replied_to(
    telegram: Telegram, ann: Person
) -> None:
    forum = telegram.group("Forum", forum=True)
    thread = forum.thread("humira")
    answer = await ann.says("/medicine", chat=forum, thread=thread)
    assert "By condition" in answer.labels
    assert answer.message.reply_to is answer.said


# Its name, and replies to it


@pytest.mark.parametrize("said", ["@immuno_bot humira", "is humira an antibody @Immuno_Bot"])
async def test_its_name_is_answered_like_a_text_in_private(
    ann: Person, group: Group, said: str
) -> None:
    answer = await ann.says(said, chat=group)
    assert answer.text.startswith("adalimumab")
    assert answer.message.reply_to is answer.said


async def test_a_reply_to_it_is_answered_like_a_text_in_private(ann: Person, group: Group) -> None:
    card = (await ann.says("/condition crohns", chat=group)).message
    answer = await ann.says("humira", chat=group, reply_to=card)
    assert answer.text.startswith("adalimumab")


@pytest.mark.parametrize(
    "said", ["@immuno_bot what a lovely day", "@immuno_bot zanzibar", "@another_bot humira"]
)
async def test_what_is_not_understood_is_met_with_silence(
    ann: Person, group: Group, said: str
) -> None:
    assert not await ann.says(said, chat=group)


@pytest.mark.parametrize(
    ("said", "command"),
    [("@immuno_bot side effects", "/sideeffects"), ("what is REMS @immuno_bot", "/glossary REMS")],
)
async def test_with_its_name_a_menu_or_a_word_is_answered(
    ann: Person, group: Group, said: str, command: str
) -> None:
    answer = await ann.says(said, chat=group)
    assert answer.text == (await ann.says(command, chat=group)).text
    assert not await ann.says(said.replace("@immuno_bot", ""), chat=group)


async def test_in_a_group_start_does_not_ask_for_messages(ann: Person, group: Group) -> None:
    assert "or write" in (await ann.says("/start")).text
    assert "or write" not in (await ann.says("/start", chat=group)).text


async def test_thanks_are_taken_without_a_word(ann: Person, group: Group) -> None:
    card = (await ann.says("/condition crohns", chat=group)).message
    assert not await ann.says("thanks", chat=group, reply_to=card)


async def test_its_name_alone_opens_the_menu(ann: Person, group: Group) -> None:
    assert "Conditions" in (await ann.says("@immuno_bot", chat=group)).labels


async def test_what_only_a_doctor_can_answer_is_short_in_a_group(ann: Person, group: Group) -> None:
    answer = await ann.says("@immuno_bot should I stop humira", chat=group)
    assert answer.labels == ["More, in private", "Hide"]
    in_private = await ann.follows(answer.message.buttons[0][0].url or "")
    assert in_private.text == answer.text
    assert any(label.startswith("adalimumab") for label in in_private.labels)


# Edits


async def test_an_edited_question_edits_its_answer(ann: Person, group: Group) -> None:
    answer = await ann.says("/condition crohns", chat=group)
    assert answer.said
    edited = await ann.edits(answer.said, "/condition ulcerative colitis")
    assert edited.message is answer.message
    assert edited.text.startswith("Ulcerative colitis")
    asked = await ann.says("@immuno_bot humira", chat=group)
    assert asked.said
    assert (await ann.edits(asked.said, "@immuno_bot enbrel")).message is asked.message
    assert "etanercept" in asked.text


async def test_an_edit_that_leaves_nothing_takes_the_answer_away(ann: Person, group: Group) -> None:
    answer = await ann.says("@immuno_bot humira", chat=group)
    assert answer.said
    await ann.edits(answer.said, "sorry, wrong group")
    assert answer.sent[0].deleted


async def test_an_edit_of_what_was_not_answered_is_none_either(ann: Person, group: Group) -> None:
    said = said_in(await ann.says("@immuno_bot what a lovely day", chat=group))
    assert not await ann.edits(said, "@immuno_bot humira")


async def test_a_hidden_answer_stays_hidden(ann: Person, group: Group) -> None:
    answer = await ann.says("/condition crohns", chat=group)
    assert answer.said
    await ann.presses("Hide", chat=group)
    assert answer.sent[0].deleted
    assert not await ann.edits(answer.said, "/condition ulcerative colitis")


async def test_what_an_admin_deleted_stays_deleted(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    answer = await ann.says("/condition crohns", chat=group)
    assert answer.said
    answer.message.deleted = True
    assert not await ann.edits(answer.said, "/condition lupus")
    assert len(telegram.refusals) == 1  # nobody had told the bot
    telegram.refusals.clear()


# Whose a menu is


async def test_a_menu_belongs_to_whoever_opened_it(ann: Person, bob: Person, group: Group) -> None:
    menu = (await ann.says("/sideeffects", chat=group)).message
    before = menu.text
    refused = await bob.presses("Common", on=menu)
    assert [toast.text for toast in refused.toasts] == [
        "This menu is Ann's. Send /sideeffects for your own"
    ]
    assert menu.text == before
    await ann.presses("Common", on=menu)
    assert menu.text != before
    before = menu.text
    assert (await bob.presses("‹ Back", on=menu)).toasts
    assert menu.text == before
    await ann.presses("‹ Back", on=menu)
    assert "words of the article" in menu.text


async def test_where_the_question_is_gone_the_owner_has_no_name(
    ann: Person, bob: Person, group: Group
) -> None:
    said = said_in(await bob.says("humira is new to me", chat=group))
    menu = (await ann.says("/medicine", chat=group, reply_to=said)).message
    refused = await bob.presses("Brand names", on=menu)
    assert [toast.text for toast in refused.toasts] == [
        "This menu is somebody else's. Send /medicine for your own"
    ]


async def test_a_menu_of_a_version_without_owners_is_everybodys(
    telegram: Telegram, ann: Person, bob: Person, group: Group
) -> None:
    menu = (await ann.says("/sideeffects", chat=group)).message
    await press(telegram, bob, menu, "eg:common")
    assert "Page 1" in menu.text


async def test_an_anonymous_admins_menu_is_every_admins(
    telegram: Telegram, ann: Person, zoe: Person, group: Group
) -> None:
    ghost = telegram.person("Ghost")
    group.add(ghost, "administrator", anonymous=True)
    menu = (await ghost.says("/sideeffects", chat=group)).message
    refused = await ann.presses("Common", on=menu)
    assert "somebody else's" in refused.toasts[0].text
    await zoe.presses("Common", on=menu)
    assert "Page 1" in menu.text
    await ghost.presses("Hide", on=menu)
    assert menu.deleted


def test_for_every_place_there_is_a_command_that_opens_the_like(edition: Edition) -> None:
    view = View(edition=edition, today=TODAY)
    known = {command.name for command in app.COMMANDS}
    assert {*COMMANDS.values(), *COMMAND_OF_KIND.values()} <= known
    for place in Place:
        for ref in ("", "crohns-disease", "headache", "adalimumab", "alcohol"):
            assert command_for(view, Go(place, ref)) in known
    assert command_for(view, Go(Place.CARD, "headache")) == "sideeffects"
    assert command_for(view, Go(Place.SYSTEM, "gut")) == "condition"


async def test_in_private_menus_have_no_owner(ann: Person) -> None:
    menu = (await ann.says("/sideeffects")).message
    assert [button.data for button in menu.buttons[0]] == ["eg:common", "eg:rare"]
    assert "Hide" not in menu.labels


# Hide


async def test_hide_works_for_the_asker_and_for_admins(
    ann: Person, bob: Person, zoe: Person, group: Group
) -> None:
    for person in (ann, zoe):
        answer = (await ann.says("/condition crohns", chat=group)).message
        refused = await bob.presses("Hide", on=answer)
        assert "Only the person who asked and the admins" in refused.toasts[0].text
        assert not answer.deleted
        assert not (await person.presses("Hide", on=answer)).toasts
        assert answer.deleted


async def test_hidden_is_hidden_though_the_press_is_taken_twice(
    insisting: Telegram, ann: Person, group: Group
) -> None:
    answer = (await ann.says("/condition crohns", chat=group)).message
    insisting.fail("answerCallbackQuery", code=502)
    assert not [toast for toast in (await ann.presses("Hide", on=answer)).toasts if toast.text]
    assert answer.deleted
    insisting.refusals.clear()  # what is gone cannot be deleted


async def test_what_is_too_old_to_delete_is_said_to_be(
    telegram: Telegram, ann: Person, group: Group, clock: Clock
) -> None:
    answer = (await ann.says("/condition crohns", chat=group)).message
    clock.turn(hours=49)
    assert "too old" in (await ann.presses("Hide", on=answer)).toasts[0].text
    assert not answer.deleted
    telegram.refusals.clear()  # Telegram alone knows how old is too old


# Private answers


async def test_a_sensitive_topic_is_one_line_that_names_nothing(
    ann: Person, group: Group, edition: Edition
) -> None:
    for name in ("genital warts", "fertility", "low mood", "imiquimod"):
        answer = await ann.says(f"@immuno_bot {name}", chat=group)
        assert answer.text == PRIVATELY
        assert answer.labels == ["More, in private", "Hide"]
        (topic,) = edition.called(name)
        in_private = await ann.follows(answer.message.buttons[0][0].url or "")
        assert in_private.text.startswith(topic.title)


@pytest.mark.parametrize(
    "said", ["/condition genital warts", "/visit genital warts", "/find warts", "/condition warts"]
)
async def test_so_it_is_by_every_command(ann: Person, group: Group, said: str) -> None:
    assert (await ann.says(said, chat=group)).text == PRIVATELY


async def test_a_button_that_leads_to_one_opens_the_private_chat(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    await ann.says("/guide", chat=group)
    menu = group.messages[-1]
    while "Will it affect my fertility?" not in menu.labels:
        await ann.presses("Next page", on=menu)
    before = menu.text
    await ann.presses("Will it affect my fertility?", on=menu)
    assert menu.text == before
    link = telegram.calls[-1].params["url"]
    assert (await ann.follows(str(link))).text.startswith("Will it affect my fertility?")


async def test_an_admin_may_have_everything_in_private_or_nothing(
    ann: Person, group: Group, chats: Guarded
) -> None:
    await chats.change_settings(group.id, {"privately": "everything"})
    answer = await ann.says("/condition crohns", chat=group)
    assert answer.text == PRIVATELY
    link = answer.message.buttons[0][0].url or ""
    assert (await ann.follows(link)).text.startswith("Crohn's disease")
    assert "Common" in (await ann.says("/sideeffects", chat=group)).labels
    assert (await ann.says("@immuno_bot should i stop humira", chat=group)).text == PRIVATELY
    await chats.change_settings(group.id, {"privately": "nothing"})
    answer = await ann.says("/condition genital warts", chat=group)
    assert answer.text.startswith("Genital warts")


# What goes again, and what is remembered


async def test_answers_go_after_a_while_and_commands_where_the_bot_may(
    telegram: Telegram, ann: Person, group: Group, chats: Guarded, clock: Clock
) -> None:
    await chats.change_settings(group.id, {"delete_after": 10})
    answer = await ann.says("/condition crohns", chat=group)
    clock.turn(minutes=9)
    assert await chats.take_due(clock()) == []
    clock.turn(minutes=2)
    assert await chats.take_due(clock()) == [(group.id, answer.message.id)]
    await chats.note_deleted(Due(group.id, answer.message.id))
    group.chat.put(telegram.bot, "administrator")
    answer = await ann.says("/condition crohns", chat=group)
    assert answer.said
    asked = await ann.says("@immuno_bot humira", chat=group)
    clock.turn(minutes=11)
    expected = {answer.message.id, answer.said.id, asked.message.id}
    assert {message for _, message in await chats.take_due(clock())} == expected


async def test_answers_are_remembered_for_corrections_but_for_sensitive_ones(
    ann: Person, group: Group, chats: Guarded, clock: Clock
) -> None:
    async def remembered(topic: str) -> set[int]:
        since = clock() - timedelta(days=1)
        return {post.message_id for post in await chats.outdated_posts(topic, "later", since, 9)}

    menu = (await ann.says("/condition", chat=group)).message
    assert await remembered("crohns-disease") == set()
    await ann.presses("Gut", on=menu)
    await ann.presses("Crohn's disease", on=menu)
    assert await remembered("crohns-disease") == {menu.id}
    await ann.presses("‹ Back", on=menu)
    assert await remembered("crohns-disease") == set()
    card = (await ann.says("/condition crohns", chat=group)).message
    assert await remembered("crohns-disease") == {card.id}
    await ann.presses("Hide", on=card)
    assert await remembered("crohns-disease") == set()
    await ann.says("/condition crohns")
    assert await remembered("crohns-disease") == set()
    await chats.change_settings(group.id, {"privately": "nothing"})
    await ann.says("/condition genital warts", chat=group)
    assert await remembered("genital-warts") == set()


# Too much


async def test_after_five_commands_a_minute_there_is_one_private_note(
    ann: Person, bob: Person, group: Group, clock: Clock
) -> None:
    await ann.says("/start")
    for _ in range(5):
        assert await ann.says("/condition crohns", chat=group)
    said = len(group.messages)
    note = await ann.says("/condition crohns", chat=group)
    assert note.text.startswith("That was a lot at once.")
    assert note.message.chat_id == ann.id
    assert not await ann.says("@immuno_bot humira", chat=group)
    assert len(group.messages) == said + 2
    assert await bob.says("/condition crohns", chat=group)
    clock.turn(seconds=61)
    assert await ann.says("/condition crohns", chat=group)


async def test_who_never_wrote_in_private_gets_a_quiet_note_that_goes_again(
    telegram: Telegram, ann: Person, group: Group, chats: Guarded, clock: Clock
) -> None:
    for _ in range(5):
        await ann.says("/condition crohns", chat=group)
    note = (await ann.says("/condition crohns", chat=group)).message
    assert note.chat_id == group.id
    assert telegram.calls[-1].params["disable_notification"] == "true"
    assert not await ann.says("/condition crohns", chat=group)
    clock.turn(minutes=2)
    assert await chats.take_due(clock()) == [(group.id, note.id)]


async def test_edits_count_too(ann: Person, group: Group) -> None:
    said = said_in(await ann.says("/condition crohns", chat=group))
    names = ["uc", "crohns"] * 4
    edits = [await ann.edits(said, f"/condition {name}") for name in names]
    assert [bool(edit.edited) for edit in edits] == [True] * 4 + [False] * 4


async def test_never_more_than_twenty_a_minute_in_a_group(
    telegram: Telegram, group: Group, clock: Clock
) -> None:
    people = [telegram.person(f"Person {number}") for number in range(8)]
    answered = [await one.says("/condition crohns", chat=group) for one in people * 4]
    assert sum(map(bool, answered)) == 20
    clock.turn(seconds=61)
    assert await people[0].says("/condition crohns", chat=group)
