"""A crowd: many people who each write a few times, and what they got for it."""

import asyncio
import time
from dataclasses import dataclass, field

from bot.sandbox import Person, Telegram

WORDS = "/help"


@dataclass
class Crowd:
    """``people`` who have each sent ``each`` messages."""

    telegram: Telegram
    people: list[Person]
    each: int
    _seen: dict[int, int] = field(default_factory=dict)

    @classmethod
    async def gathered(cls, telegram: Telegram, people: int, each: int) -> "Crowd":
        """All of them have written; nobody has an answer yet."""
        crowd = cls(telegram, [telegram.person(f"P{n}") for n in range(people)], each)
        for _ in range(each):
            for person in crowd.people:
                await person.says(WORDS)
        return crowd

    @property
    def answers(self) -> int:
        """How many answers there are."""
        return sum(1 for event in self.telegram.log if event.kind == "sent")

    @property
    def lost(self) -> int:
        """How many messages have no answer."""
        return sum(max(0, self.each - count) for count in self._counts())

    @property
    def twice(self) -> int:
        """How many answers there are too many."""
        return sum(max(0, count - self.each) for count in self._counts())

    async def has(self, answers: int, within: float) -> None:
        """Wait until there are so many answers."""
        end = time.monotonic() + within
        while self.answers < answers:
            assert time.monotonic() < end, f"{self.answers} of {answers} answers"
            await asyncio.sleep(0.002)

    def _counts(self) -> list[int]:
        sent = [event.chat_id for event in self.telegram.log if event.kind == "sent"]
        return [sent.count(person.id) for person in self.people]
