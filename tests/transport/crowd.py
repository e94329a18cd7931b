"""A crowd: many people who each write a few times, and what they got for it."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox import Person, Telegram

WORDS = "/help"


@dataclass
class Crowd:
    """``people``, of whom each says something ``each`` times."""

    telegram: Telegram
    people: list[Person]
    each: int

    @classmethod
    def of(cls, telegram: Telegram, people: int, each: int) -> "Crowd":
        """So many people, who have not said anything yet."""
        return cls(telegram, [telegram.person(f"P{n}") for n in range(people)], each)

    async def talks(self, pause: float = 0.0) -> None:
        """Everybody says everything, in turn, with so many seconds in between."""
        for _ in range(self.each):
            for person in self.people:
                await person.says(WORDS)
                await asyncio.sleep(pause)

    @property
    def answers(self) -> int:
        """How many answers there are."""
        return sum(event.kind == "sent" for event in self.telegram.log)

    @property
    def lost(self) -> int:
        """How many messages have no answer."""
        return sum(max(0, self.each - count) for count in self._counts())

    @property
    def twice(self) -> int:
        """How many answers there are too many."""
        return sum(max(0, count - self.each) for count in self._counts())

    async def is_served(self, within: float) -> None:
        """Wait until everybody has an answer to everything, and nothing is left to deliver."""
        await self._until(lambda: not self.lost and not self.telegram.updates.pending, within)

    async def has(self, answers: int, within: float) -> None:
        """Wait until there are so many answers."""
        await self._until(lambda: self.answers >= answers, within)

    async def _until(self, condition: Callable[[], bool], within: float) -> None:
        end = time.monotonic() + within
        while not condition():
            assert time.monotonic() < end, f"{self.answers} answers, {self.lost} are missing"
            await asyncio.sleep(0.005)

    def _counts(self) -> list[int]:
        sent = Counter(event.chat_id for event in self.telegram.log if event.kind == "sent")
        return [sent[person.id] for person in self.people]
