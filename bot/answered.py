"""What was answered of late, in memory only: hashes under a key that nobody else has and that goes
with the process.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from secrets import token_bytes
from typing import Generic, TypeVar

ANSWERS_KEPT = 3600.0  # seconds
URGENT_APART = 600.0  # seconds
MOST = 20_000

Kept = TypeVar("Kept")
Clock = Callable[[], float]


class Recent(Generic[Kept]):
    """Something about each of many things in a chat; forgotten after ``seconds``, or the oldest
    first."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._seconds = seconds
        self._clock = clock
        self._key = token_bytes(32)
        self._kept: OrderedDict[bytes, tuple[Kept, float]] = OrderedDict()

    def note(self, chat: int, thing: int, kept: Kept) -> None:
        """Remember ``kept`` of this thing from now on."""
        self._kept[self._hash(chat, thing)] = (kept, self._clock())
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def of(self, chat: int, thing: int) -> Kept | None:
        """What was noted last, unless it is too long ago."""
        kept, noted = self._kept.get(self._hash(chat, thing), (None, 0.0))
        return kept if self._clock() - noted <= self._seconds else None

    def forget(self, chat: int, thing: int) -> None:
        """As if nothing had been noted."""
        self._kept.pop(self._hash(chat, thing), None)

    def _hash(self, chat: int, thing: int) -> bytes:
        return blake2b(f"{chat}:{thing}".encode(), key=self._key, digest_size=16).digest()


class Answers:
    """Which message answers which question, so that an edited question edits its answer."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._recent = Recent[int](ANSWERS_KEPT, clock)

    def note(self, chat: int, question: int, answer: int) -> None:
        """Remember that message ``answer`` answers message ``question`` of ``chat``."""
        self._recent.note(chat, question, answer)

    def of(self, chat: int, question: int) -> int | None:
        """The message that answers ``question``, or None where there is none any more."""
        return self._recent.of(chat, question)


class Helped:
    """Who was told what to do in an emergency, and in which group: so that nobody can make the bot
    fill a group with it."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._recent = Recent[bool](URGENT_APART, clock)

    def note(self, chat: int, person: int) -> None:
        """Remember that ``person`` has just been answered in ``chat``."""
        self._recent.note(chat, person, kept=True)

    def lately(self, chat: int, person: int) -> bool:
        """Whether ``person`` was answered in ``chat`` within the last ten minutes."""
        return self._recent.of(chat, person) is not None
