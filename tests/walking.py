"""Press every button there is, the way a very curious person would."""

from collections import deque
from dataclasses import dataclass, field, replace

from bot.pages.page import Place
from bot.reply import pack, unpack
from bot.sandbox import Message, Person, Telegram
from bot.sandbox.server import Callback


async def press(telegram: Telegram, person: Person, message: Message, data: str) -> None:
    """A press on a button with ``data``, whether the message still has it or had it once."""
    callback = Callback(telegram.query_id(), person.user, message, telegram.now())
    telegram.callbacks[callback.id] = callback
    await telegram.emit(
        "callback_query",
        {
            "id": callback.id,
            "from": person.user.to_json(),
            "chat_instance": str(message.chat_id),
            "data": data,
            "message": message.to_json(),
        },
    )


@dataclass
class Walk:
    """What was seen: the text and the labels of every page, by callback data."""

    texts: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)

    @property
    def everything(self) -> str:
        return "\n\n".join(self.texts.values())


async def walk(telegram: Telegram, person: Person, beginnings: list[str]) -> Walk:
    """Open every page that can be reached by pressing buttons from what ``beginnings`` open.

    A card is opened by every way that leads to it, what lies behind a card by one of them.
    """
    seen = Walk()
    opened: set[str] = set()
    waiting: deque[str] = deque()
    message: Message | None = None
    for beginning in beginnings:
        message = (await person.says(beginning)).message
        note(seen, beginning, message, waiting)
    assert message is not None
    while waiting:
        data = waiting.popleft()
        if page(data) not in opened:
            opened.add(page(data))
            await press(telegram, person, message, data)
            note(seen, data, message, waiting)
    return seen


def page(data: str) -> str:
    """``data`` without the way by which one came, which only decides where Back leads."""
    go = unpack(data)
    return data if go is None or go.place is Place.CARD else pack(replace(go, via=""))


def note(seen: Walk, name: str, message: Message, waiting: deque[str]) -> None:
    """Keep what ``message`` shows, and line up what its buttons lead to."""
    seen.texts[name], seen.labels[name] = message.text, message.labels
    waiting.extend(button.data for row in message.buttons for button in row if button.data)
