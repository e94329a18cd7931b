"""An emergency in a group: two lines for all to see, the whole answer in private."""

import pytest

from bot.answered import URGENT_APART, Helped
from bot.library import Edition
from bot.matching.urgent import UrgentMatch
from bot.reply import from_urgent_link, urgent_link
from bot.sandbox import Person, Telegram
from bot.sandbox.groups import Group

SUICIDAL = "I want to die"
SHUT_OUT = "Forbidden: bot was kicked from the supergroup chat"


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
    assert answer.labels == ["More, in private"]
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


async def test_who_can_be_reached_nowhere_makes_one_line_in_the_log_without_a_word(
    telegram: Telegram, ann: Person, group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendMessage", code=403, description=SHUT_OUT, times=2)
    await ann.says(SUICIDAL, chat=group)
    assert len(caplog.records) == 1
    assert "die" not in caplog.text


def test_ten_minutes_later_it_is_said_again() -> None:
    now = 0.0
    helped = Helped(lambda: now)
    helped.note(-100, 7)
    assert helped.lately(-100, 7)
    assert not helped.lately(-100, 8)
    assert not helped.lately(-200, 7)
    now = URGENT_APART + 1
    assert not helped.lately(-100, 7)


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
