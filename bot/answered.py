"""Which message answers which question: so that an edited question edits its answer.

Kept in memory only, for an hour at most, as hashes under a key that nobody else has and that goes
with the process.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from secrets import token_bytes

KEPT = 3600.0  # seconds
MOST = 20_000


class Answers:
    """Answers by question; the oldest are forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = token_bytes(32)
        self._answers: OrderedDict[bytes, tuple[int, float]] = OrderedDict()

    def note(self, chat: int, question: int, answer: int) -> None:
        """Remember that message ``answer`` answers message ``question`` of ``chat``."""
        self._answers[self._hash(chat, question)] = (answer, self._clock())
        while len(self._answers) > MOST:
            self._answers.popitem(last=False)

    def of(self, chat: int, question: int) -> int | None:
        """The message that answers ``question``, or None where there is none any more."""
        answer, noted = self._answers.get(self._hash(chat, question), (None, 0.0))
        return answer if self._clock() - noted <= KEPT else None

    def _hash(self, chat: int, question: int) -> bytes:
        return blake2b(f"{chat}:{question}".encode(), key=self._key, digest_size=16).digest()
