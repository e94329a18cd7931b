"""The offset: it stays before what is not over, but for what holds up everybody."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.transport.reach import Reach
from bot.transport.window import MOST_LET_GO, PATIENCE, Held, Window

CHATS = 5


@dataclass
class Clock:
    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reach(clock: Clock) -> Reach:
    return Reach(clock)


@pytest.fixture
def window(reach: Reach) -> Window:
    return Window(reach)


def begun(window: Window, update_id: int, chat: int = 0) -> Held:
    held = window.hold(update_id, chat or update_id)
    window.begin(held)
    return held


def test_the_offset_passes_what_is_over_in_order(window: Window) -> None:
    one, two, three = (begun(window, number) for number in (7, 8, 9))
    window.release(two, 8)
    assert window.advance() == 0
    assert window.offset == 0
    window.release(one, 7)
    window.advance()
    assert window.offset == 9
    assert 8 not in window
    assert 9 in window
    window.release(three, 9)
    window.advance()
    assert (window.offset, len(window), window.unfinished) == (10, 0, 0)


def test_one_that_runs_for_ten_seconds_while_others_go_is_passed_once(
    window: Window, clock: Clock, reach: Reach
) -> None:
    slow = begun(window, 1)
    clock.seconds += PATIENCE - 0.1
    reach.sent()
    assert window.advance() == 0
    clock.seconds += 0.1
    assert window.advance(passing=False) == 0
    assert window.advance() == 1
    assert (window.offset, slow.let_go) == (2, True)
    assert window.advance() == 0
    window.release(slow, 1)
    assert window.unfinished == 0


def test_while_telegram_answers_nobody_the_offset_stays(
    window: Window, clock: Clock, reach: Reach
) -> None:
    reach.sent()
    begun(window, 1)
    clock.seconds += 100 * PATIENCE
    reach.heard()  # it gives updates, but sends nothing
    assert window.advance() == 0
    assert window.offset == 0


def test_one_that_only_waits_for_its_turn_is_not_passed(
    window: Window, clock: Clock, reach: Reach
) -> None:
    first = begun(window, 1, chat=5)
    second = window.hold(2, 5)
    clock.seconds += PATIENCE
    window.release(first, 5)
    window.begin(second)
    reach.sent()
    assert window.advance() == 0
    assert window.offset == 2
    clock.seconds += PATIENCE
    reach.sent()
    assert window.advance() == 1


def test_who_waits_behind_one_that_was_passed_is_passed_too(
    window: Window, clock: Clock, reach: Reach
) -> None:
    begun(window, 1, chat=5)
    clock.seconds += PATIENCE / 2
    window.hold(2, 5)
    clock.seconds += PATIENCE / 2
    reach.sent()
    assert window.advance() == 1
    clock.seconds += PATIENCE / 2
    reach.sent()
    assert window.advance() == 1
    assert window.offset == 3


def test_only_so_many_are_passed_at_a_time(window: Window, clock: Clock, reach: Reach) -> None:
    for number in range(1, MOST_LET_GO + 11):
        begun(window, number)
    clock.seconds += PATIENCE
    reach.sent()
    assert window.advance() == MOST_LET_GO
    assert len(window) == 10


def test_ids_may_begin_anew_with_lower_ones(window: Window) -> None:
    window.release(begun(window, 900), 900)
    window.advance()
    window.release(begun(window, 5), 5)
    window.advance()
    assert window.offset == 6


@given(st.lists(st.integers(0, CHATS - 1), min_size=1, max_size=30), st.data())
def test_whatever_the_order_the_offset_is_that_of_the_first_unfinished(
    chats: list[int], data: st.DataObject
) -> None:
    window = Window(Reach(lambda: 0.0))
    held = {number: begun(window, number, chat + 1) for number, chat in enumerate(chats, 1)}
    for number in data.draw(st.permutations(sorted(held))):
        window.release(held.pop(number), chats[number - 1] + 1)
        window.advance()
        assert window.offset == min(held, default=len(chats) + 1) or window.offset == 0
        assert all(rest in window for rest in held)
        assert window.unfinished == len(held)
    assert len(window) == 0
