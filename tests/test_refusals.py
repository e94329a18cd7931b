"""Where the bot cannot speak, it is silent: no error, no line in the log, only a count."""

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.handlers import overheard
from bot.refusals import Refusal, refusal_of
from bot.sandbox import Person, Telegram
from bot.sandbox.groups import Group
from bot.storage import Guarded
from bot.transport.metrics import Metrics
from tests.conftest import Clock


@pytest.fixture
async def group(telegram: Telegram, ann: Person, chats: Guarded) -> Group:
    group = telegram.group("Living with IBD")
    group.add(ann)
    await chats.change_settings(group.id, {"replies": "on"})
    return group


SAID = ["/condition crohns", "@immuno_bot humira", "my crohns is back again", "/help"]
REFUSED = [
    (403, "Forbidden: bot was kicked from the supergroup chat"),
    (403, "Forbidden: bot is not a member of the supergroup chat"),
    (400, "Bad Request: not enough rights to send text messages to the chat"),
    (400, "Bad Request: have no rights to send a message"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
    (400, "Bad Request: CHAT_RESTRICTED"),
    (400, "Bad Request: TOPIC_CLOSED"),
    (400, "Bad Request: TOPIC_DELETED"),
    (400, "Bad Request: message thread not found"),
    (400, "Bad Request: message to be replied not found"),
    (400, "Bad Request: chat not found"),
    (400, "Bad Request: group chat was deactivated"),
    (400, "Bad Request: SLOWMODE_WAIT_30"),
]


@pytest.mark.parametrize(("code", "reason"), REFUSED)
async def test_what_the_place_forbids_is_silence(
    telegram: Telegram,
    ann: Person,
    group: Group,
    caplog: pytest.LogCaptureFixture,
    code: int,
    reason: str,
) -> None:
    for said in SAID:
        telegram.fail("sendMessage", code=code, description=reason)
        assert not await ann.says(said, chat=group)
    assert caplog.records == []
    assert await ann.says("/help", chat=group), "and the next is answered again"


async def test_what_would_come_late_is_dropped_unless_it_was_asked_for(
    telegram: Telegram,
    ann: Person,
    group: Group,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(overheard, "IN_TIME", 0.05)
    telegram.fail("sendMessage", code=429, retry_after=1)
    assert await ann.says("/condition ulcerative colitis", chat=group)
    telegram.fail("sendMessage", code=429, retry_after=30)
    assert not await ann.says("my crohns is back again", chat=group)
    assert caplog.records == []


async def test_muted_for_all_or_alone(
    telegram: Telegram, ann: Person, group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    group.shut()
    for said in SAID:
        assert not await ann.says(said, chat=group)
    group.shut(to_members=False)
    group.chat.put(telegram.bot, "restricted")
    for said in SAID:
        assert not await ann.says(said, chat=group)
    assert caplog.records == []
    forget_refusals(telegram)


async def test_where_it_is_muted_an_emergency_is_answered_in_private(
    telegram: Telegram, ann: Person, group: Group
) -> None:
    await ann.says("/start")
    group.shut()
    answer = await ann.says("I want to die", chat=group)
    assert answer.message.chat_id == ann.id
    assert "112" in answer.text
    forget_refusals(telegram)


async def test_a_closed_thread(
    telegram: Telegram, ann: Person, chats: Guarded, caplog: pytest.LogCaptureFixture
) -> None:
    forum = telegram.group("Forum", forum=True)
    await chats.change_settings(forum.id, {"replies": "on"})
    thread = forum.thread("Old", closed=True)
    for said in SAID:
        assert not await ann.says(said, chat=forum, thread=thread)
    assert caplog.records == []
    forget_refusals(telegram)


async def test_who_has_blocked_the_bot(
    telegram: Telegram, ann: Person, group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendMessage", code=403, description="Forbidden: bot was blocked by the user")
    assert not await ann.says("/start")
    await ann.says("/start")
    await ann.blocks()
    group.shut()
    assert not await ann.says("I want to die", chat=group)
    assert caplog.records == []
    forget_refusals(telegram)


async def test_a_question_that_is_gone_gets_no_answer_but_an_emergency_does(
    telegram: Telegram, ann: Person, group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    for said, answered in (("/condition crohns", False), ("I want to die", True)):
        deliver, telegram.deliver = telegram.deliver, None
        await ann.says(said, chat=group)
        telegram.deliver = deliver
        group.messages[-1].deleted = True
        assert deliver is not None
        await deliver(telegram.updates.pending.pop())
        assert bool(await ann.hears(timeout=0)) is answered
    assert caplog.records == []
    forget_refusals(telegram)


async def test_a_press_where_it_may_no_longer_write(
    telegram: Telegram, ann: Person, group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    await ann.says("/sideeffects", chat=group)
    refused = "Bad Request: CHAT_WRITE_FORBIDDEN"
    telegram.fail("editMessageText", code=400, description=refused)
    await ann.presses("Common", chat=group)
    assert caplog.records == []


async def test_what_is_refused_is_counted_by_reason(
    telegram: Telegram, ann: Person, group: Group, metrics: Metrics
) -> None:
    telegram.fail("sendMessage", code=400, description="Bad Request: TOPIC_CLOSED")
    await ann.says("/help", chat=group)
    text = metrics.text().decode()
    assert 'bot_silent_total{reason="thread closed or gone"} 1.0' in text


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (ChatMigrated(-100), Refusal.MOVED),
        (Forbidden("Forbidden: bot was blocked by the user"), Refusal.BLOCKED),
        (Forbidden("Forbidden: user is deactivated"), Refusal.BLOCKED),
        (Forbidden("Forbidden: whatever comes next"), Refusal.SHUT_OUT),
        (BadRequest("Message to delete not found"), Refusal.GONE),
        (BadRequest("Can't parse entities: unclosed start tag"), None),
        (BadRequest("BUTTON_DATA_INVALID"), None),
        (NetworkError("connection lost"), None),
        (TimedOut(), None),
    ],
)
def test_what_is_a_fault_is_none_of_these(error: TelegramError, refusal: Refusal | None) -> None:
    assert refusal_of(error) is refusal


def forget_refusals(telegram: Telegram) -> None:
    """These were expected: the real Telegram tells a bot in no other way."""
    assert telegram.refusals
    telegram.refusals.clear()


def test_to_be_asked_for_patience_is_no_refusal_but_passes() -> None:
    assert refusal_of(RetryAfter(100)) is None


async def test_a_keyword_reply_whose_message_is_gone_counts_against_no_limit(
    telegram: Telegram, ann: Person, group: Group, chats: Guarded
) -> None:
    await chats.change_settings(group.id, {"replies": "on"})
    telegram.fail(
        "sendMessage", code=400, description="Bad Request: message to be replied not found"
    )
    assert not await ann.says("my crohns is back again", chat=group)
    assert await ann.says("my crohns is back again", chat=group)


@pytest.mark.parametrize("said", [*SAID, "I want to die"])
async def test_what_fails_in_passing_is_not_counted_as_said(
    telegram: Telegram, ann: Person, group: Group, clock: Clock, said: str
) -> None:
    clock.tick = timedelta(milliseconds=1)
    telegram.fail("sendMessage", code=502, times=7)  # more than one may ask in a minute
    for _ in range(7):
        assert not await ann.says(said, chat=group)
    assert await ann.says(said, chat=group)


async def test_an_inline_query_that_has_waited_too_long(
    telegram: Telegram, ann: Person, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    clock.tick = timedelta(seconds=11)
    with pytest.raises(AssertionError, match="did not answer"):
        await ann.asks_inline("crohns")
    assert caplog.records == []
    telegram.refusals.clear()  # Telegram alone knows how late is too late
