"""The state of Telegram's server, without its methods: chats, messages, open queries, the log."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from bot.sandbox.message import Message
from bot.sandbox.refusal import Json
from bot.sandbox.updates import Signal, Updates
from bot.sandbox.world import Chat, User

FIRST_PERSON = 5_000_001
FIRST_GROUP = 4_000_000_001
FIRST_SUPERGROUP = 1_002_000_000_001  # after a minus: -100 and ten digits, as such ids look


@dataclass(frozen=True)
class Toast:
    """The words that a press of a button brings up: a passing line, or an alert to be closed."""

    text: str
    alert: bool


@dataclass(frozen=True)
class Event:
    """One thing that the bot did and that a person could notice."""

    kind: Literal["sent", "edited", "deleted", "toast"]
    chat_id: int
    message: Message | None = None
    toast: Toast | None = None
    user_id: int | None = None


@dataclass
class Callback:
    """A button was pressed, and the client shows a spinner until the bot answers."""

    id: str
    user: User
    message: Message
    date: datetime
    answered: bool = False


@dataclass
class InlineQuery:
    """Somebody typed the bot's name and a text. ``answer`` holds the bot's results once there."""

    id: str
    user: User
    date: datetime
    answer: Json | None = None


@dataclass
class Profile:
    """What the bot told of itself. Commands by (scope, language); texts by language ("": any)."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)


Deliver = Callable[[Json], Awaitable[None]]
Clock = Callable[[], datetime]


def real_time() -> datetime:
    return datetime.now(UTC)


class Server:
    """Everything that Telegram knows.

    ``deliver`` takes each update at once; while it is None, updates wait for ``getUpdates``.
    ``privacy`` is BotFather's privacy mode: whether, where it is no admin, the bot hears of a group
    only what is meant for it. ``now`` is the clock, and must return aware times.
    """

    def __init__(self, bot: User, *, privacy: bool = False, now: Clock = real_time) -> None:
        self.bot = bot
        self.privacy = privacy
        self.now = now
        self.deliver: Deliver | None = None
        self.signal = Signal()
        self.updates = Updates(self.signal)
        self.chats: dict[int, Chat] = {}
        self.users: dict[int, User] = {bot.id: bot}
        self.inline_messages: dict[str, Message] = {}
        self.callbacks: dict[str, Callback] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.profile = Profile()
        self.log: list[Event] = []
        self._shared_ids = itertools.count(1)
        self._query_ids = itertools.count(880_000_001)
        self._people = itertools.count(FIRST_PERSON)
        self._groups = {
            "group": itertools.count(FIRST_GROUP),
            "supergroup": itertools.count(FIRST_SUPERGROUP),
        }

    def timestamp(self) -> int:
        return int(self.now().timestamp())

    def query_id(self) -> str:
        return str(next(self._query_ids))

    def new_private_chat(self, first_name: str, username: str, language: str) -> Chat:
        """A new user, and the chat that she has with the bot."""
        user = User(next(self._people), first_name, username=username, language=language)
        self.users[user.id] = user
        return self._add(Chat(user.id, "private", self._shared_ids, owner=user))

    def new_group(self, title: str, kind: Literal["group", "supergroup"], *, forum: bool) -> Chat:
        # One counter numbers the messages of all small chats; each supergroup has its own, in
        # which the first message is the one that tells of its founding.
        ids = self._shared_ids if kind == "group" else itertools.count(2)
        return self._add(Chat(-next(self._groups[kind]), kind, ids, title=title, forum=forum))

    def _add(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        return chat

    def keep(self, message: Message) -> Message:
        """Store a new message; one by the bot is also an event."""
        message.chat.messages[message.id] = message
        if message.sender is self.bot and not message.is_service:
            self.record("sent", message)
        return message

    def record(self, kind: Literal["sent", "edited", "deleted"], message: Message) -> None:
        self.log.append(Event(kind, message.chat_id, message))
        self.signal.fire()

    def record_toast(self, callback: Callback, text: str, alert: bool) -> None:
        toast = Toast(text, alert)
        chat_id = callback.message.chat_id
        self.log.append(Event("toast", chat_id, toast=toast, user_id=callback.user.id))
        self.signal.fire()

    async def emit(self, kind: str, body: Json) -> None:
        """Tell the bot. With ``deliver`` set, returns once the bot is done with it."""
        if not self.updates.wants(kind):
            return
        update = self.updates.numbered(kind, body)
        if self.deliver is None:
            self.updates.add(update)
        else:
            await self.deliver(update)
