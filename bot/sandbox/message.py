"""A message, both as the server keeps it and as a test looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.entities import Entity, part
from bot.sandbox.refusal import Json
from bot.sandbox.world import Chat, User

SERVICE = {
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
    "forum_topic_closed",
}


@dataclass(frozen=True)
class Button:
    """A button under a message. ``data``, ``url`` or ``copy`` says what it does; one is set.

    A button of a rarer kind (switch to inline mode, web app) has none of the three.
    """

    label: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None

    @classmethod
    def from_json(cls, fields: Json) -> Button:
        copied = (fields.get("copy_text") or {}).get("text")
        return cls(fields["text"], fields.get("callback_data"), fields.get("url"), copied)


@dataclass(eq=False)
class Message:
    """One message, alive: an edit changes it, a deletion marks it as ``deleted``.

    ``text`` is what a person reads, or the caption under a photo. ``content`` holds what is not
    text, as JSON fields: {"photo": […]}, {"new_chat_members": […]}. ``origin`` holds what else
    Telegram tells of it: {"quote": …}, {"forward_origin": …}, {"via_bot": …}.
    """

    id: int
    chat: Chat
    sender: User
    date: int
    text: str = ""
    entities: tuple[Entity, ...] = ()
    reply_markup: Json | None = None
    reply_to: Message | None = None
    thread_id: int | None = None
    as_chat: bool = False
    content: Json = field(default_factory=dict)
    origin: Json = field(default_factory=dict)
    inline_id: str = ""
    edited: int = 0
    edit_date: int | None = None
    deleted: bool = False

    def __repr__(self) -> str:
        return f"<Message {self.id} in {self.chat.id}: {self.text[:60]!r} {self.labels}>"

    @property
    def chat_id(self) -> int:
        return self.chat.id

    @property
    def buttons(self) -> list[list[Button]]:
        """The rows of its inline keyboard."""
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return [[Button.from_json(fields) for fields in row] for row in rows]

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons, row by row."""
        return [button.label for row in self.buttons for button in row]

    @property
    def links(self) -> dict[str, str]:
        """The words of the text that are links, and where they lead."""
        linked = [entity for entity in self.entities if entity.url]
        return {part(self.text, entity): entity.url or "" for entity in linked}

    @property
    def is_service(self) -> bool:
        return not SERVICE.isdisjoint(self.content)

    def plain(self) -> str:
        """The message for a terminal: its text, then a line for each row of buttons."""
        rows = [" ".join(f"[{button.label}]" for button in row) for row in self.buttons]
        return "\n".join([self.text, *rows])

    def to_json(self, *, nested: bool = False) -> Json:
        """As Telegram sends it; ``nested``: inside of a reply, so without what it replies to."""
        fields: Json = {
            "message_id": self.id,
            "from": self.sender.to_json(),
            "chat": self.chat.to_json(),
            "date": self.date,
            **self._place(nested),
            **self._body(),
            **self.origin,
        }
        if self.as_chat:
            fields["sender_chat"] = self.chat.to_json()
        if self.edit_date is not None:
            fields["edit_date"] = self.edit_date
        if self.buttons:
            fields["reply_markup"] = self.reply_markup
        return fields

    def _place(self, nested: bool) -> Json:
        fields: Json = {}
        if self.thread_id is not None:
            fields["message_thread_id"] = self.thread_id
            if self.chat.forum:
                fields["is_topic_message"] = True
        # In a thread, what answers nothing else counts as a reply to the message that opened it.
        opening = self.chat.messages.get(self.thread_id or 0) if self.chat.forum else None
        shown = self.reply_to or opening
        if shown is not None and shown is not self and not nested:
            fields["reply_to_message"] = shown.to_json(nested=True)
        return fields

    def _body(self) -> Json:
        name = "caption" if self.content else "text"
        fields: Json = dict(self.content)
        if self.text:
            fields[name] = self.text
        if self.entities:
            field_name = "caption_entities" if self.content else "entities"
            fields[field_name] = [entity.to_json() for entity in self.entities]
        return fields
