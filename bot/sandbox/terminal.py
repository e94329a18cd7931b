"""The bot in a terminal: ``python -m bot chat`` and ``python -m bot ask``.

Both run the real application over the sandbox: what is printed here is what Telegram would show.
Nothing reaches a network or a disk.
"""

import contextlib
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from bot.app import build_app
from bot.config import Config
from bot.library import Library
from bot.sandbox.answers import Answer, NotPressable
from bot.sandbox.entities import Entity
from bot.sandbox.message import Button, Message
from bot.sandbox.people import Person
from bot.sandbox.request import SandboxRequest, drive
from bot.sandbox.telegram import Telegram
from bot.storage import IN_MEMORY, Guarded

PROMPT = "> "
NOBODY = "(no answer)"
GREETING = "Write as you would in Telegram. A number presses that button, Ctrl-D leaves."


async def answer(config: Config, library: Library, text: str) -> str:
    """What the bot answers to ``text`` from somebody who writes to it for the first time."""
    async with _somebody(config, library) as person:
        return _readable(await person.says(text))


async def converse(config: Config, library: Library) -> int:
    """Talk until the input ends; from a pipe, line by line and without a prompt."""
    read = _prompting() if sys.stdin.isatty() else sys.stdin.readline
    async with _somebody(config, library) as person:
        while line := read():
            if line.strip():
                print(await _say(person, line.strip()), flush=True)
    return 0


@contextlib.asynccontextmanager
async def _somebody(config: Config, library: Library) -> AsyncIterator[Person]:
    """A person in a private chat with the running bot."""
    telegram = Telegram()
    online = replace(config, token=telegram.token, api_url=Config.api_url)
    async with Guarded(IN_MEMORY) as chats:
        app = build_app(online, library, chats, request=SandboxRequest(telegram))
        async with app:
            drive(telegram, app)
            yield telegram.person("You")


async def _say(person: Person, line: str) -> str:
    """Send ``line``, or press the button of that number on the newest message with buttons."""
    if not line.isdecimal():
        return _readable(await person.says(line))
    menus = [message for message in person.messages if message.buttons]
    buttons = _buttons(menus[-1]) if menus else []
    if not 1 <= int(line) <= len(buttons):
        return _readable(await person.says(line))
    button = buttons[int(line) - 1]
    try:
        return _readable(await person.presses(button.label, on=menus[-1]))
    except NotPressable:
        return f"({button.label}: {button.url or button.copy})"


def _readable(given: Answer) -> str:
    toasts = [f"({toast.text})" for toast in given.toasts if toast.text]
    return "\n\n".join([*toasts, *map(_page, given.messages)]) or NOBODY


def _page(message: Message) -> str:
    """The text with the addresses of its links, and the buttons with their numbers."""
    lines = [_with_links(message), ""]
    number = 0
    for row in message.buttons:
        labels = []
        for button in row:
            number += 1
            labels.append(f"[{number}] {button.label}")
        lines.append("   ".join(labels))
    return "\n".join(lines).rstrip()


def _with_links(message: Message) -> str:
    def last_first(entity: Entity) -> int:
        return -entity.offset

    # Telegram counts in UTF-16 units, so the text is cut in that encoding.
    units = message.text.encode("utf-16-le")
    for entity in sorted(message.entities, key=last_first):
        if entity.url:
            end = 2 * (entity.offset + entity.length)
            units = units[:end] + f" <{entity.url}>".encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le")


def _buttons(message: Message) -> list[Button]:
    return [button for row in message.buttons for button in row]


def _prompting() -> Callable[[], str]:
    """Lines from the keyboard, with a history where the platform has readline."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - importing it is what gives input() a history
    print(GREETING)

    def read() -> str:
        try:
            return input(PROMPT) or " "
        except (EOFError, KeyboardInterrupt):
            print()
            return ""

    return read
