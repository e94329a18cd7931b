"""A correction reaches what was said: in groups, and in private where somebody asked for it."""

import math
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

import pytest
from telegram.ext import ExtBot

from bot.corrections import PORTION, correct
from bot.library import Edition, Library
from bot.library.models.topic import Correction
from bot.priority import Priority
from bot.sandbox import Message, Person, SandboxRequest, Telegram
from bot.storage import Guarded, Post
from bot.transport.limiter import Limiter
from tests.conftest import Clock

WRONG_AGE = Correction(
    date=date(2026, 12, 2), text="It named a wrong age. It most often starts later."
)
TOLD = "Corrected on 2 December 2026: It named a wrong age."


@dataclass
class Editors:
    """They put a correction into topics; the bot carries it to where it said something else."""

    bot: ExtBot[Priority]
    edition: Edition
    chats: Guarded
    clock: Clock

    async def correct(self, *ids: str) -> int:
        """How many messages were changed."""
        topics = dict(self.edition.topics)
        for name in ids:
            topics[name] = topics[name].model_copy(update={"correction": WRONG_AGE})
        edition = replace(self.edition, topics=topics)
        return await correct(self.bot, edition, self.chats, self.clock())


def bot_of(telegram: Telegram) -> ExtBot[Priority]:
    request = SandboxRequest(telegram)
    return ExtBot(telegram.token, request=request, rate_limiter=Limiter(math.inf))


@pytest.fixture
async def editors(telegram: Telegram, edition: Edition, chats: Guarded, clock: Clock) -> Editors:
    bot = bot_of(telegram)
    await bot.initialize()
    return Editors(bot, edition, chats, clock)


async def asks_to_be_told(ann: Person, name: str) -> Message:
    await ann.says(f"/condition {name}")
    await ann.presses("Sources")
    answer = await ann.presses("Tell me if this is corrected")
    assert answer.text.splitlines()[-1].startswith("Noted.")
    return answer.message


async def test_in_private_it_reaches_who_asked_for_it_once(ann: Person, editors: Editors) -> None:
    before = (await ann.says("/condition crohns")).message
    message = await asks_to_be_told(ann, "crohns")
    assert await editors.correct("crohns-disease") == 1
    assert message.text.startswith("Crohn's disease\n")
    assert TOLD in message.text
    assert "Talk to your doctor" in message.text
    assert TOLD not in before.text
    edits = message.edited
    assert await editors.correct("crohns-disease") == 0
    assert message.edited == edits


async def test_what_was_said_since_the_correction_needs_none(ann: Person, editors: Editors) -> None:
    await asks_to_be_told(ann, "crohns")
    assert await editors.correct("crohns-disease") == 1
    message = (await ann.says("/condition crohns")).message
    version = f"{WRONG_AGE.date} {sha256(WRONG_AGE.text.encode()).hexdigest()[:8]}"
    post = Post(ann.id, message.id)
    await editors.chats.note_posted(post, "crohns-disease", version, editors.clock())
    assert await editors.correct("crohns-disease") == 0


async def test_after_thirty_days_what_was_said_stays(ann: Person, editors: Editors) -> None:
    await asks_to_be_told(ann, "crohns")
    editors.clock.turn(days=30)
    assert await editors.correct("crohns-disease") == 0


async def test_a_message_that_is_gone_is_tried_once(
    telegram: Telegram, ann: Person, editors: Editors
) -> None:
    message = await asks_to_be_told(ann, "crohns")
    message.deleted = True
    assert await editors.correct("crohns-disease") == 1
    assert await editors.correct("crohns-disease") == 0
    telegram.refusals.clear()


async def test_where_telegram_asks_for_patience_it_goes_on_later(
    telegram: Telegram, ann: Person, editors: Editors
) -> None:
    await asks_to_be_told(ann, "crohns")
    await asks_to_be_told(ann, "crohns")
    telegram.fail("editMessageText", code=429, retry_after=3600)
    assert await editors.correct("crohns-disease") == 0
    editors.bot = bot_of(telegram)  # an hour later
    await editors.bot.initialize()
    assert await editors.correct("crohns-disease") == 2
    telegram.refusals.clear()


async def test_many_are_changed_in_portions(ann: Person, editors: Editors) -> None:
    await ann.says("/condition crohns")
    for _ in range(PORTION + 1):
        await ann.says("/condition crohns")
        post = Post(ann.id, ann.messages[-1].id)
        await editors.chats.note_posted(post, "crohns-disease", "", editors.clock())
    assert await editors.correct("crohns-disease") == PORTION
    assert await editors.correct("crohns-disease") == 1


async def test_of_a_sensitive_topic_nothing_is_kept(ann: Person, editors: Editors) -> None:
    await ann.says("/condition genital warts")
    answer = await ann.presses("Sources")
    assert "Tell me if this is corrected" not in answer.labels
    assert await editors.correct("genital-warts") == 0


async def test_forget_ends_it(ann: Person, editors: Editors) -> None:
    await asks_to_be_told(ann, "crohns")
    await ann.says("/forget")
    assert await editors.correct("crohns-disease") == 0


def test_a_second_correction_is_another_version(library: Library) -> None:
    topic = library.edition("en").topics["crohns-disease"]
    assert topic.version == ""
    first = topic.model_copy(update={"correction": WRONG_AGE})
    text = "The first correction was wrong too."
    second = topic.model_copy(update={"correction": Correction(date=WRONG_AGE.date, text=text)})
    assert len({topic.version, first.version, second.version}) == 3


async def test_in_a_group_what_was_answered_is_put_right(
    telegram: Telegram, ann: Person, editors: Editors
) -> None:
    group = telegram.group("Living with IBD")
    message = (await ann.says("/condition crohns", chat=group)).message
    await ann.says("/condition genital warts", chat=group)
    assert await editors.correct("crohns-disease", "genital-warts") == 1
    assert TOLD in message.text
    assert "doctor" in message.text
    assert [button.label for row in message.buttons for button in row] == ["More, in private"]


async def test_a_group_that_moved_away_holds_nothing_up(
    telegram: Telegram, ann: Person, editors: Editors
) -> None:
    group = telegram.group("Small", kind="group")
    await ann.says("/condition crohns", chat=group)
    await asks_to_be_told(ann, "crohns")
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    telegram.fail("editMessageText", code=400, description=description)
    assert await editors.correct("crohns-disease") == 2
    telegram.refusals.clear()
