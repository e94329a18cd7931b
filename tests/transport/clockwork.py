"""An event loop on which hours pass in no time: where nothing is ready, its clock jumps."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any


class _Jumping(selectors.SelectSelector):
    """Never waits; it only adds up for how long it should have."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            raise AssertionError("everybody waits for something that never comes")
        self.passed += max(0.0, timeout)
        return super().select(0)


class Clockwork(asyncio.SelectorEventLoop):
    """asyncio's own loop with that selector."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.passed


def run(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run ``main()`` on such a loop."""
    with asyncio.Runner(loop_factory=Clockwork) as runner:
        runner.run(main())
