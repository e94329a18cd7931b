"""The window: updates that Telegram was not yet told of as done, in the order of their ids.

Telegram forgets what comes before the offset, so the offset stays before what is not over. One
update alone may be passed: it has run for ``PATIENCE`` while Telegram answered others.
"""

from collections.abc import Container
from dataclasses import dataclass

from bot.transport.reach import Reach
from bot.transport.turns import Line

PATIENCE = 10.0  # seconds
MOST_LET_GO = 1000  # at a time


@dataclass(eq=False, slots=True)
class Held:
    """An update in the window: ``since`` when it runs or, before, waits for the one ``ahead`` of
    it in its line."""

    update_id: int
    since: float
    ahead: "Held | None" = None
    runs: bool = False
    over: bool = False
    let_go: bool = False


class Window:
    """What is held, and the offset that follows from it."""

    def __init__(self, reach: Reach) -> None:
        self.offset = 0
        self.unfinished = 0
        self._held: dict[int, Held] = {}
        self._last: dict[Line, Held] = {}  # of each line, while it is not over
        self._let_go = 0
        self._reach = reach

    def __contains__(self, update_id: int) -> bool:
        return update_id in self._held

    def __len__(self) -> int:
        return len(self._held)

    @property
    def busy(self) -> Container[Line]:
        """The lines in which something is not over."""
        return self._last

    def hold(self, update_id: int, line: Line) -> Held:
        """Take the update in; it holds the offset until ``release``."""
        held = Held(update_id, self._reach.clock(), self._last.get(line))
        self._held[update_id] = self._last[line] = held
        self.unfinished += 1
        return held

    def begin(self, held: Held) -> None:
        """Note that the update's turn has come."""
        held.runs, held.since = True, self._reach.clock()

    def release(self, held: Held, line: Line) -> None:
        """Note that the update is over."""
        held.over, held.ahead = True, None
        self.unfinished -= 1
        self._let_go -= held.let_go
        if self._last.get(line) is held:
            del self._last[line]

    def advance(self, *, passing: bool = True) -> int:
        """Move the offset as far as it may go; how many unfinished updates it passed.

        Without ``passing`` it passes none: who stops must not leave behind what nobody works on.
        """
        passed = 0
        for held in [*self._held.values()]:
            if not held.over:
                if not (passing and self._is_stuck(held)):
                    break
                held.let_go = True
                self._let_go += 1
                passed += 1
            del self._held[held.update_id]
            self.offset = held.update_id + 1
        return passed

    def _is_stuck(self, held: Held) -> bool:
        """Whether it holds up everybody: it, or the one that it waits for, has run too long."""
        runs = held.runs or (held.ahead is not None and held.ahead.let_go)
        late = self._reach.clock() - held.since >= PATIENCE
        others_go = self._reach.sent_at > held.since
        return runs and late and others_go and self._let_go < MOST_LET_GO
