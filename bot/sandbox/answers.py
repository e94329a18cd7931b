"""What a person sees after doing something: messages, edits, toasts, inline results.

Errors:
    AssertionError
    ├── NotOneMessage       the bot said nothing, or more than one thing, where a test reads one
    └── NoSuchButton        no button has that label, or more than one begins with it
        └── NotPressable    the button opens a link, copies a text or starts an inline query
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from bot.sandbox.entities import Entity
from bot.sandbox.message import Button, Message
from bot.sandbox.refusal import Json
from bot.sandbox.server import Event, Toast
from bot.sandbox.texts import Formatted


class NotOneMessage(AssertionError):
    """Says what the bot said instead."""


class NoSuchButton(AssertionError):
    """Lists the labels that there are."""


class NotPressable(NoSuchButton):
    """The client itself acts on such a button; the bot never hears of it."""


@dataclass
class Answer:
    """What the bot did after one action of a person, as far as that person can see it.

    True if there is anything to see. The messages are alive: a later edit shows in them too.
    ``said`` is what the person sent.
    """

    said: Message | None = None
    sent: list[Message] = field(default_factory=list)
    edited: list[Message] = field(default_factory=list)
    deleted: list[Message] = field(default_factory=list)
    toasts: list[Toast] = field(default_factory=list)

    @classmethod
    def of(cls, events: Iterable[Event], said: Message | None = None) -> Self:
        answer = cls(said)
        for event in events:
            answer._add(event)
        return answer

    def _add(self, event: Event) -> None:
        if event.toast is not None:
            self.toasts.append(event.toast)
        elif event.message is not None:
            lists = {"sent": self.sent, "edited": self.edited, "deleted": self.deleted}
            lists[event.kind].append(event.message)

    def __bool__(self) -> bool:
        return bool(self.sent or self.edited or self.deleted or self.toasts)

    @property
    def messages(self) -> list[Message]:
        """What was sent or edited and still stands, each once."""
        seen = dict.fromkeys([*self.sent, *self.edited])
        return [message for message in seen if not message.deleted]

    @property
    def message(self) -> Message:
        """The one message sent or edited. Raises ``NotOneMessage``."""
        if len(self.messages) != 1:
            raise NotOneMessage(f"expected one message, but the bot said: {self.messages}")
        return self.messages[0]

    @property
    def text(self) -> str:
        """The text of the one message. Raises ``NotOneMessage``."""
        return self.message.text

    @property
    def labels(self) -> list[str]:
        """The labels of the one message's buttons. Raises ``NotOneMessage``."""
        return self.message.labels

    def plain(self) -> str:
        """Everything there is to read, for a terminal."""
        toasts = [f"({toast.text})" for toast in self.toasts]
        return "\n\n".join([*toasts, *(message.plain() for message in self.messages)])


@dataclass(frozen=True)
class InlineResult:
    """One line of the list under the input field, and the message that picking it sends."""

    id: str
    title: str
    description: str
    message: Formatted
    json: Json

    @classmethod
    def from_json(cls, fields: Json) -> Self:
        title, description = fields.get("title", ""), fields.get("description", "")
        return cls(fields["id"], title, description, fields["message"], fields)

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        return self.message.entities

    @property
    def labels(self) -> list[str]:
        rows = (self.json["reply_markup"] or {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]


@dataclass(frozen=True)
class InlineAnswer:
    """The list that an inline query brings up. ``button`` is the one above it, or None."""

    results: list[InlineResult]
    button: Json | None
    cache_time: int
    is_personal: bool
    next_offset: str

    @classmethod
    def from_json(cls, fields: Json) -> Self:
        results = [InlineResult.from_json(result) for result in fields["results"]]
        return cls(**{**fields, "results": results})

    @property
    def titles(self) -> list[str]:
        return [result.title for result in self.results]


def find_button(message: Message, label: str) -> Button:
    """The button with this label, else the only one that begins so. Raises ``NoSuchButton``."""
    buttons = [button for row in message.buttons for button in row]
    found = [button for button in buttons if button.label == label]
    found = found or [button for button in buttons if button.label.startswith(label)]
    if not found:
        raise NoSuchButton(f"no button {label!r} on {message}")
    if len(set(found)) > 1:
        raise NoSuchButton(f"more than one button {label!r} on {message}")
    return found[0]


def pressable(button: Button) -> str:
    """The callback data of the button. Raises ``NotPressable``."""
    if button.data is None:
        does = f"opens {button.url}" if button.url else "is none that the bot hears of"
        raise NotPressable(f"the button {button.label!r} {does}; it cannot be pressed")
    return button.data


def newest_with_buttons(messages: Iterable[Message], thread_id: int | None) -> Message:
    """Where a person presses by default. Raises ``NoSuchButton`` if there is nothing to press."""
    for message in sorted(messages, key=lambda message: -message.id):
        in_thread = thread_id is None or message.thread_id == thread_id
        if message.labels and in_thread and not message.deleted:
            return message
    raise NoSuchButton("no message in this chat has buttons")
