"""Groups in tests: who is in them, their threads, and what happens to the bot there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bot.sandbox.membership import change
from bot.sandbox.message import Message
from bot.sandbox.refusal import Json
from bot.sandbox.server import Server
from bot.sandbox.world import ADMINS, PRESENT, Chat, Status, Thread

if TYPE_CHECKING:
    from bot.sandbox.people import Person

GREEN = 7322096  # the colour of a thread's icon


class Group:
    """A group, supergroup or forum. What is no coroutine here happens unseen by the bot."""

    def __init__(self, server: Server, chat: Chat) -> None:
        self.server = server
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """Everything that stands in the chat, oldest first."""
        return [message for message in self.chat.messages.values() if not message.deleted]

    def add(self, person: Person, status: Status = "member", *, anonymous: bool = False) -> None:
        """Put somebody in. An anonymous admin's messages come from the group itself."""
        self.chat.put(person.user, status, anonymous=anonymous)

    def shut(self, *, to_members: bool = True) -> None:
        """Let members (and so the bot, unless it is an admin) no longer write; or again."""
        self.chat.open = not to_members

    def thread(self, name: str, *, closed: bool = False) -> Thread:
        """A new thread of a forum. "General" is none: it is where ``thread`` is not given."""
        if not self.chat.forum:
            raise ValueError(f"{self.chat.title} is no forum")
        message = self._service({"forum_topic_created": {"name": name, "icon_color": GREEN}}, None)
        message.thread_id = message.id
        self.chat.threads[message.id] = Thread(message.id, name, closed)
        return self.chat.threads[message.id]

    async def bot_becomes(self, status: Status, *, by: Person) -> None:
        """The bot is added, promoted, restricted, removed or banned."""
        chat, bot = self.chat, self.server.bot
        joins = chat.status(bot) in {"left", "kicked"} and status in {"member", *ADMINS}
        await change(self.server, chat, bot, status, by=by.user)
        if joins:
            await self._tell({"new_chat_members": [bot.to_json()]}, by)

    async def welcomes(self, person: Person, *, by: Person | None = None) -> None:
        """Somebody joins, or is added by a member."""
        actor = by or person
        await change(self.server, self.chat, person.user, "member", by=actor.user)
        await self._tell({"new_chat_members": [person.user.to_json()]}, actor)

    async def loses(self, person: Person) -> None:
        """Somebody leaves."""
        await change(self.server, self.chat, person.user, "left", by=person.user)
        await self._tell({"left_chat_member": person.user.to_json()}, person)

    async def migrates(self, *, by: Person, joins: Literal["first", "last"] = "first") -> Group:
        """A small group becomes a supergroup with a new id; sending to the old one is refused.

        Telegram also tells the bot that it came into the supergroup, and does not promise when.
        https://github.com/tdlib/telegram-bot-api/issues/266
        """
        if self.chat.kind != "group":
            raise ValueError(f"{self.chat.title} is a supergroup already")
        chat = self.server.new_group(self.chat.title, "supergroup", forum=False)
        chat.members = dict(self.chat.members)
        group = Group(self.server, chat)
        if joins == "first":
            await group._bot_joined(by)
        await self._tell({"migrate_to_chat_id": chat.id}, by)
        self.chat.migrated_to = chat.id
        await group._tell({"migrate_from_chat_id": self.chat.id}, by)
        if joins == "last":
            await group._bot_joined(by)
        return group

    async def _bot_joined(self, by: Person) -> None:
        status = self.chat.status(self.server.bot)
        if status in PRESENT:
            await change(self.server, self.chat, self.server.bot, status, by=by.user, was="left")

    async def _tell(self, content: Json, by: Person) -> None:
        message = self._service(content, by)
        if self.chat.status(self.server.bot) not in {"left", "kicked"}:
            await self.server.emit("message", message.to_json())

    def _service(self, content: Json, by: Person | None) -> Message:
        sender = by.user if by else self.server.bot
        chat, date = self.chat, self.server.timestamp()
        return self.server.keep(Message(next(chat.ids), chat, sender, date, content=content))
