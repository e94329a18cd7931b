"""Another copy of the bot: ``python -m tests.storage.worker NAME``, told what to do line by line.

It waits for the address of a database, opens it, says "open"; waits for a line, then changes
settings of fifty groups, all at once, and says "done"; and so on, until its input ends.
"""

import asyncio
import sys

from bot.storage import Storage

GROUPS = range(-150, -100)
CHANGES = 2


def say(word: str) -> None:
    print(word, flush=True)


async def work(url: str, name: str) -> None:
    async with await Storage.open(url) as storage:
        say("open")
        sys.stdin.readline()
        changes = [
            storage.change_settings(group, {f"{name}{number}": number})
            for number in range(CHANGES)
            for group in GROUPS
        ]
        await asyncio.gather(*changes)
    say("done")


if __name__ == "__main__":
    say("ready")
    while url := sys.stdin.readline().strip():
        asyncio.run(work(url, sys.argv[1]))
