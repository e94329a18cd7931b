"""In order within a chat, at the same time across chats, a few at once."""

import asyncio
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, InlineQuery, Message, Update, User

from bot.transport.taking import read
from bot.transport.turns import MOMENT, PLACES, Turns, chat_of

ANN = User(7, "Ann", False)


@given(st.lists(st.integers(1, 3), max_size=20))
def test_a_chat_goes_in_order_whatever_comes(chats: list[int]) -> None:
    async def run() -> list[tuple[int, int]]:
        turns, done = Turns(), []

        async def work(number: int, chat: int) -> None:
            async with turns.turn(chat) as place:
                await asyncio.sleep(0.0001 * ((number * 7) % 3))
                done.append((chat, number))
                place.leave()

        await asyncio.gather(*(work(number, chat) for number, chat in enumerate(chats)))
        assert turns._lines == {}
        return done

    done = asyncio.run(run())
    for chat in {*chats}:
        mine = [number for where, number in done if where == chat]
        assert mine == sorted(mine)
    assert len(done) == len(chats)


async def test_lines_do_not_wait_for_each_other() -> None:
    turns = Turns()
    async with turns.turn(1), asyncio.timeout(1), turns.turn(2):
        pass


async def test_only_so_many_begin_at_once() -> None:
    turns, begun, over = Turns(), [], asyncio.Event()

    async def work(chat: int) -> None:
        async with turns.turn(chat) as place:
            begun.append(chat)
            await over.wait()
            place.leave()

    tasks = [asyncio.create_task(work(chat)) for chat in range(PLACES + 5)]
    await asyncio.sleep(0)
    assert len(begun) == PLACES
    over.set()
    await asyncio.gather(*tasks)
    assert len(begun) == PLACES + 5


async def test_who_takes_longer_than_a_moment_keeps_nobody() -> None:
    turns, over = Turns(), asyncio.Event()

    async def work(chat: int) -> None:
        async with turns.turn(chat):
            await over.wait()

    tasks = [asyncio.create_task(work(chat)) for chat in range(PLACES)]
    async with asyncio.timeout(20 * MOMENT), turns.turn(1000) as place:
        place.leave()
    over.set()
    await asyncio.gather(*tasks)


async def test_a_place_that_is_left_twice_is_one_place() -> None:
    turns = Turns()
    async with turns.turn(1) as place:
        place.leave()
        place.leave()
    await asyncio.sleep(2 * MOMENT)
    assert turns._places._value == PLACES


def test_what_has_no_chat_is_its_persons() -> None:
    group = Chat(-5, "group")
    message = Message(1, datetime.now(UTC), group, from_user=ANN)
    assert chat_of(Update(1, message=message)) == -5
    assert chat_of(Update(1, inline_query=InlineQuery("1", ANN, "", ""))) == 7
    assert chat_of(Update(1)) == 0
    assert chat_of(read({"update_id": 1, "a_new_kind": {"chat": {"id": 9}}}, None)) == 0  # type: ignore[arg-type]
