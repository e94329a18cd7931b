"""Whether Telegram can be reached, and since when it can not."""

import time
from collections.abc import Callable

NEVER = float("-inf")


class Reach:
    """When Telegram last answered, in seconds of ``clock``: any call, and one that is no poll."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.heard_at = NEVER
        self.sent_at = NEVER

    def heard(self) -> None:
        """Telegram answered a poll, or delivered an update itself."""
        self.heard_at = self.clock()

    def sent(self) -> None:
        """Telegram did what the bot asked for."""
        self.sent_at = self.heard_at = self.clock()

    def within(self, seconds: float) -> bool:
        """Whether Telegram was reached in the last ``seconds``."""
        return self.clock() - self.heard_at <= seconds
