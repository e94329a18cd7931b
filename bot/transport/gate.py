"""A gate that lets so many pass in so many seconds, the most urgent first."""

import asyncio
import heapq
import math
from collections import deque
from collections.abc import Callable

from bot.priority import Priority

# How much of a gate each may fill. What is left stays free for those before them, so that these
# need not wait for the next seconds to begin.
SHARES = {Priority.URGENT: 1.0, Priority.PEOPLE: 0.9, Priority.LATER: 0.5}
NEVER = math.inf

Turn = tuple[Priority, int]  # the priority, then the number in the order of coming


class Gate:
    """At most ``most`` (``math.inf``: as many as like) pass in any ``seconds``.

    Whoever is let in is on the way until ``went``, and counts as passing then: those whom a second
    gate holds up in between do not bunch up behind this one. Times are the event loop's.
    """

    def __init__(self, most: float, seconds: float) -> None:
        self._most = {priority: _share(most, share) for priority, share in SHARES.items()}
        self._seconds = seconds
        self._passed: deque[float] = deque(maxlen=0 if most == math.inf else int(most))
        self._on_the_way = 0
        self._waiting: list[tuple[Turn, asyncio.Future[None]]] = []
        self._closed_until = 0.0
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """How many stand before the gate."""
        return sum(not future.done() for _, future in self._waiting)

    def idle(self) -> bool:
        """Whether forgetting the gate changes nothing."""
        recent = self._passed and self._passed[-1] + self._seconds > _now()
        return not (recent or self._on_the_way or self._waiting)

    def closed_for(self) -> float:
        """Seconds until it opens again; 0 where it is open."""
        return max(0.0, self._closed_until - _now())

    def opens_in(self) -> float:
        """Seconds until the first of those who wait may pass; 0 where nobody waits, ``NEVER`` where
        that is when somebody on the way has gone."""
        return max(0.0, self.opens(self._waiting[0][0][0]) - _now()) if self._waiting else 0.0

    def close(self, seconds: float) -> None:
        """Let nobody in for so long."""
        self._closed_until = max(self._closed_until, _now() + seconds)

    def turn_away(self, error: Callable[[], Exception]) -> None:
        """Raise an ``error`` for everybody who is waiting."""
        waiting, self._waiting = self._waiting, []
        for _, future in waiting:
            if not future.done():
                future.set_exception(error())

    async def enter(self, turn: Turn) -> None:
        """Wait until it is ``turn``'s turn; then be on the way, until ``went``."""
        if not self._waiting and self.opens(turn[0]) <= _now():
            self._on_the_way += 1
            return
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (turn, future))
        self._let_in()
        try:
            await future
        except asyncio.CancelledError:
            if not future.cancelled() and future.exception() is None:  # let in, and never told
                self.went()
            raise

    def went(self) -> None:
        """Somebody who was on the way has passed."""
        self._on_the_way -= 1
        self._passed.append(_now())
        self._let_in()

    def _let_in(self) -> None:
        """Everybody whose turn it is; for the next one an alarm is set."""
        while self._waiting:
            (priority, _), future = self._waiting[0]
            if not future.done():
                opens = self.opens(priority)
                if opens > _now():
                    self._wake_at(opens)
                    return
                self._on_the_way += 1
                future.set_result(None)
            heapq.heappop(self._waiting)

    def opens(self, priority: Priority) -> float:
        """From when on one more may pass; NEVER means: when somebody on the way has gone."""
        room = self._most[priority] - self._on_the_way
        if room <= 0:
            return NEVER
        if len(self._passed) < room:
            return self._closed_until
        return max(self._closed_until, self._passed[-int(room)] + self._seconds)

    def _wake_at(self, when: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        if when < NEVER:
            self._alarm = asyncio.get_running_loop().call_at(when, self._let_in)


def _share(most: float, share: float) -> float:
    return most if most == math.inf else max(1, math.floor(most * share))


def _now() -> float:
    return asyncio.get_running_loop().time()
