"""How fast messages leave, on a clock that jumps."""

import asyncio
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import BadRequest, RetryAfter

from bot.priority import Priority
from bot.transport.limiter import LONGEST_WAIT, TRIES, Limiter
from tests.transport.clockwork import run

URGENT, PEOPLE, LATER = Priority
GROUP, PRIVATE = -1001, 5
SOON = 1e-6  # seconds: what a clock's rounding makes of "at once"


@pytest.fixture(autouse=True)
def _no_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else RetryAfter warns of its own future


@dataclass
class Telegram:
    """What left: name, chat and when. ``refusals`` are raised one after the other, first."""

    limiter: Limiter
    left: list[tuple[Any, object, float]] = field(default_factory=list)
    refusals: list[Exception] = field(default_factory=list)
    tried: int = 0

    async def send(
        self,
        name: Any = "",
        chat: object = PRIVATE,
        priority: Priority | None = None,
        endpoint: str = "sendMessage",
    ) -> object:
        async def callback() -> bool:
            self.tried += 1
            if self.refusals:
                raise self.refusals.pop(0)
            self.left.append((name, chat, asyncio.get_running_loop().time()))
            return True

        data = {} if chat is None else {"chat_id": chat}
        return await self.limiter.process_request(callback, (), {}, endpoint, data, priority)

    async def send_all(self, calls: Iterable[Sequence[Any]]) -> None:
        await asyncio.gather(*(self.send(*call) for call in calls))

    @property
    def times(self) -> list[float]:
        return [when for _, _, when in self.left]

    @property
    def names(self) -> list[Any]:
        return [name for name, _, _ in self.left]


def most_in(seconds: float, times: Sequence[float]) -> int:
    """How many at most left in any stretch of ``seconds``."""
    return max((sum(t <= u < t + seconds - SOON for u in times) for t in times), default=0)


def test_a_bot_sends_no_more_than_its_pace() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(30))
        await telegram.send_all((n, n + 1) for n in range(300))
        assert most_in(1, telegram.times) == 27
        assert 10 <= telegram.times[-1] <= 12

    run(main)


def test_a_group_gets_no_more_than_twenty_a_minute() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(30))
        await telegram.send_all((n, GROUP, URGENT if n % 3 else PEOPLE) for n in range(70))
        assert most_in(60, telegram.times) == 20

    run(main)


def test_a_person_gets_a_burst_at_once_and_then_one_a_second() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(30))
        await telegram.send_all((n, PRIVATE) for n in range(120))
        assert telegram.times[:27] == [0.0] * 27
        assert most_in(30, telegram.times) <= 30
        assert telegram.names == [*range(120)]

    run(main)


def test_one_busy_chat_holds_up_no_other() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(30))
        busy = asyncio.create_task(telegram.send_all((n, GROUP) for n in range(100)))
        await asyncio.sleep(1)
        await telegram.send("another", PRIVATE)
        assert telegram.names[-1] == "another"
        assert telegram.times[-1] == pytest.approx(1)
        await busy

    run(main)


def test_urgent_answers_go_first_then_people_then_what_nobody_waits_for() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(2))
        later = [(f"later {n}", 100 + n, LATER) for n in range(4)]
        people = [(f"people {n}", 200 + n, None) for n in range(4)]
        urgent = [(f"urgent {n}", 300 + n, URGENT) for n in range(4)]
        await telegram.send_all([*later, *people, *urgent])
        assert telegram.names[0] == "later 0"  # nobody else was there yet
        assert telegram.names[1:] == [
            *(name for name, *_ in urgent),
            *(name for name, *_ in people),
            *(name for name, *_ in later[1:]),
        ]

    run(main)


def test_what_is_urgent_finds_room_at_once_while_others_wait() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(30))
        crowd = asyncio.create_task(telegram.send_all((n, 100 + n) for n in range(500)))
        group = asyncio.create_task(telegram.send_all((n, GROUP, LATER) for n in range(50)))
        await asyncio.sleep(3.3)
        await telegram.send("help", GROUP, URGENT)
        assert telegram.names[-1] == "help"
        assert telegram.times[-1] == pytest.approx(3.3)
        await asyncio.gather(crowd, group)

    run(main)


def test_everything_waits_as_telegram_asks_and_is_sent_once() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(30), refusals=[RetryAfter(20)])
        first = asyncio.create_task(telegram.send("first"))
        await asyncio.sleep(0)
        await telegram.send_all([("people", 8), ("urgent", 9, URGENT)])
        await first
        assert telegram.names == ["urgent", "first", "people"]
        assert telegram.times == [pytest.approx(20)] * 3
        assert telegram.limiter.asked_to_wait == 1

    run(main)


def test_it_is_not_asked_for_ever() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(30), refusals=[RetryAfter(2)] * 10)
        with pytest.raises(RetryAfter):
            await telegram.send()
        assert telegram.tried == TRIES
        assert telegram.left == []

    run(main)


def test_who_would_wait_too_long_is_told_so_and_nothing_is_sent_meanwhile() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(1), refusals=[RetryAfter(3600)])
        waiting = [asyncio.create_task(telegram.send(n, 10 + n)) for n in range(5)]
        for task in waiting:
            with pytest.raises(RetryAfter):
                await task
        await asyncio.sleep(3600 - LONGEST_WAIT - 1)
        with pytest.raises(RetryAfter):
            await telegram.send("too early")
        assert telegram.tried == 1
        await asyncio.sleep(2)
        await telegram.send("after")
        assert telegram.times == [pytest.approx(3600)]

    run(main)


def test_at_the_stop_who_could_not_leave_in_time_is_told_so_at_once() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(30))
        calls = [(n, chat) for chat in (GROUP, PRIVATE) for n in range(30)]
        tasks = [asyncio.create_task(telegram.send(*call)) for call in calls]
        await asyncio.sleep(25)
        telegram.limiter.stop_within(8)
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        turned_away = [call for call, end in zip(calls, ends, strict=True) if end is not True]
        assert turned_away == [(n, GROUP) for n in range(18, 30)]
        assert all(isinstance(end, RetryAfter) for end in ends if end is not True)
        assert asyncio.get_running_loop().time() < 33
        with pytest.raises(RetryAfter):  # who comes now would come too late as well
            await telegram.send("next", GROUP)
        await asyncio.sleep(60)
        await telegram.send("after", GROUP)
        assert len(telegram.left) == len(calls) - len(turned_away) + 1

    run(main)


def test_other_errors_pass_through_at_once() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(30), refusals=[BadRequest("chat not found")])
        with pytest.raises(BadRequest):
            await telegram.send()
        assert telegram.tried == 1

    run(main)


def test_what_shows_nobody_a_message_is_not_limited() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(1))
        await telegram.send("message")
        for endpoint in ("answerCallbackQuery", "getMe", "setMyCommands", "sendChatAction"):
            await telegram.send_all((endpoint, PRIVATE, None, endpoint) for _ in range(50))
        assert {*telegram.times} == {0.0}

    run(main)


def test_an_edit_of_an_inline_message_has_no_chat_and_keeps_the_pace() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(10))
        await telegram.send_all((n, None, None, "editMessageText") for n in range(40))
        assert most_in(1, telegram.times) == 9

    run(main)


@pytest.mark.parametrize("pace", [1001, 100_000, math.inf])
def test_beyond_what_telegram_sells_nothing_is_paced(pace: float) -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(pace))
        await telegram.send_all((n, GROUP) for n in range(5000))
        assert {*telegram.times} == {0.0}
        telegram.refusals.append(RetryAfter(7))
        await telegram.send_all((n, GROUP) for n in range(3))
        assert telegram.times[-1] == pytest.approx(7)

    run(main)


def test_who_stops_waiting_leaves_no_trace() -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(1))
        await telegram.send("first", 1)
        waiting = [asyncio.create_task(telegram.send(n, GROUP)) for n in range(40)]
        await asyncio.sleep(0.1)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert telegram.limiter.waiting == 0
        await telegram.send("next", GROUP)
        assert telegram.names == ["first", "next"]

    run(main)


def test_chats_that_fell_silent_are_forgotten() -> None:
    async def main() -> None:
        limiter = Limiter(1000)
        telegram = Telegram(limiter)
        for start in range(0, 20_000, 500):
            await telegram.send_all(("", start + n + 1) for n in range(500))
            await asyncio.sleep(30)
        assert len(limiter._chats) <= 2000

    run(main)


@pytest.mark.parametrize("chat", ["-1001", -1001])
def test_an_id_is_the_same_chat_as_text_or_number(chat: object) -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(30))
        await telegram.send_all((n, GROUP) for n in range(18))
        await telegram.send("one more", chat)
        assert telegram.times[-1] >= 60 - SOON

    run(main)


@dataclass(frozen=True)
class Wish:
    """Somebody wants to send something, and may give it up."""

    when: float
    chat: int
    priority: Priority
    gives_up_after: float | None
    refused: bool


seconds = st.floats(0, 100, allow_nan=False)
chats = st.sampled_from([1, 2, -1, -2])
wishes = st.builds(
    Wish, seconds, chats, st.sampled_from(Priority), st.none() | seconds, st.booleans()
)


@given(st.lists(wishes, max_size=120), st.integers(1, 40))
def test_whoever_comes_and_goes_the_pace_holds_and_nobody_is_forgotten(
    wishes: list[Wish], pace: int
) -> None:
    async def main() -> None:
        telegram = Telegram(Limiter(pace))

        async def come(number: int, wish: Wish) -> None:
            await asyncio.sleep(wish.when)
            if wish.refused:
                telegram.refusals.append(RetryAfter(1 + number % 50))
            try:
                async with asyncio.timeout(wish.gives_up_after):
                    await telegram.send((wish, number), wish.chat, wish.priority)
                outcomes["sent"] += 1
            except TimeoutError:
                outcomes["gave up"] += 1
            except RetryAfter:
                outcomes["refused"] += 1

        outcomes = Counter[str]()
        await asyncio.gather(*(come(n, wish) for n, wish in enumerate(wishes)))
        assert outcomes.total() == len(wishes)
        assert outcomes["sent"] == len(telegram.left) == len({*telegram.names})
        assert telegram.limiter.waiting == 0
        assert most_in(1, telegram.times) <= pace
        for chat, most, span in ((1, 30, 30), (2, 30, 30), (-1, 20, 60), (-2, 20, 60)):
            assert most_in(span, [t for _, c, t in telegram.left if c == chat]) <= most

    run(main)
