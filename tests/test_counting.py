"""What is counted: topics and outcomes by day, of a group only where it wants that; no people."""

from datetime import date

from bot.sandbox import Person, Telegram
from bot.storage import Count, Guarded
from tests.conftest import TODAY

LONG_AGO = date(2020, 1, 1)


async def counted(chats: Guarded, chat_id: int | None = None) -> set[Count]:
    await chats.flush()
    return set(await chats.counts(chat_id, LONG_AGO))


async def test_answers_are_counted_by_topic_and_outcome(ann: Person, chats: Guarded) -> None:
    await ann.says("/condition crohns")
    await ann.says("crohns")
    await ann.says("/sideeffects humira")
    await ann.says("what about the harvest")
    await ann.says("I want to die")
    await ann.says("should I stop humira")
    assert await counted(chats) == {
        Count("crohns-disease", "card", 2),
        Count("adalimumab", "card", 1),
        Count("", "nothing found", 1),
        Count("suicide-risk", "urgent", 1),
        Count("stop", "fixed answer", 1),
    }
    assert await chats.counts(None, TODAY)
    assert await counted(chats, ann.id) == set()


async def test_a_group_is_counted_where_it_wants_that(
    telegram: Telegram, ann: Person, chats: Guarded
) -> None:
    quiet, open_ = telegram.group("Quiet"), telegram.group("Open")
    await chats.change_settings(open_.id, {"statistics": True})
    for group in (quiet, open_):
        await ann.says("/condition crohns", chat=group)
    assert await counted(chats, quiet.id) == set()
    assert await counted(chats, open_.id) == {Count("crohns-disease", "card", 1)}
    assert await counted(chats) == {Count("crohns-disease", "card", 2)}
