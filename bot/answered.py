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
ARRIVED = 60.0  # seconds
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
        """What was noted last, unless it is too long ago, or in a future that a clock that was
        turned back has yet to come to."""
        kept, noted = self._kept.get(self._hash(chat, thing), (None, 0.0))
        return kept if 0 <= self._clock() - noted <= self._seconds else None

    def forget(self, chat: int, thing: int) -> None:
        """As if nothing had been noted."""
        self._kept.pop(self._hash(chat, thing), None)

    def _hash(self, chat: int, thing: int) -> bytes:
        return blake2b(f"{chat}:{thing}".encode(), key=self._key, digest_size=16).digest()


class Answers:
    """Which message answers which question, so that an edited question edits its answer."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._recent = Recent[tuple[int, bool]](ANSWERS_KEPT, clock)
        self._met = Recent[bool](ANSWERS_KEPT, clock)
        self._gone = Recent[bool](ANSWERS_KEPT, clock)

    def note(self, chat: int, question: int, answer: int, *, urgent: bool = False) -> None:
        """Remember that message ``answer`` answers message ``question`` of ``chat``."""
        self._recent.note(chat, question, (answer, urgent))
        self._met.note(chat, chat, kept=True)

    def of(self, chat: int, question: int) -> int | None:
        """The message that answers ``question``, or None where there is none any more."""
        answer, _ = self._recent.of(chat, question) or (None, False)
        return answer if answer and not self._gone.of(chat, answer) else None

    def note_gone(self, chat: int, answer: int) -> None:
        """Remember that the answer was deleted, so that nothing brings it back."""
        self._gone.note(chat, answer, kept=True)

    def has_met(self, person: int) -> bool:
        """Whether the bot has just answered ``person`` in private, and so can write there."""
        return self._met.of(person, person) is not None

    def is_urgent(self, chat: int, question: int) -> bool:
        """Whether ``question`` was answered as an emergency."""
        _, urgent = self._recent.of(chat, question) or (None, False)
        return urgent


class Arrivals:
    """Where the bot has just said hello, and which group has just become which supergroup: Telegram
    tells the bot as well, before or after, that it came into the supergroup."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._hellos = Recent[int](ARRIVED, clock)
        self._now = Recent[int](ANSWERS_KEPT, clock)

    def greeted(self, chat: int, hello: int) -> None:
        """Remember the message that said hello."""
        self._hellos.note(chat, 0, hello)

    def moved(self, old: int, new: int) -> int | None:
        """Remember that ``old`` is ``new`` now; the hello that was said there, if any."""
        self._now.note(old, 0, new)
        hello = self._hellos.of(new, 0)
        self._hellos.note(new, 0, 0)
        return hello or None

    def is_known(self, chat: int) -> bool:
        """Whether there is nobody to say hello to."""
        return self._hellos.of(chat, 0) is not None

    def now(self, chat: int) -> int:
        """The id that ``chat`` has now: a menu of a while ago may bear the old one."""
        return self._now.of(chat, 0) or chat

    def forget(self, chat: int) -> None:
        """The bot is out of ``chat``, and may be new there again."""
        self._hellos.forget(chat, 0)
