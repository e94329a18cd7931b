"""From what a person does to the message that Telegram makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from bot.sandbox.entities import Entity, part, trimmed, utf16_length, with_found
from bot.sandbox.groups import Group
from bot.sandbox.message import Message
from bot.sandbox.refusal import Json
from bot.sandbox.server import Server
from bot.sandbox.texts import LONGEST_CAPTION, LONGEST_MESSAGE
from bot.sandbox.world import ADMINS, ANONYMOUS_ADMIN, PRESENT, Chat, Thread, User


class Manner(TypedDict, total=False):
    """How something is said: where, in answer to what, passed on from whom."""

    chat: Group
    thread: Thread
    reply_to: Message
    quote: str
    forwarded_from: str


def compose(
    server: Server,
    private: Chat,
    user: User,
    text: str = "",
    entities: Iterable[Entity] = (),
    content: Json | None = None,
    manner: Manner | None = None,
) -> Message:
    """Store and return the message of ``user``. Raises ``ValueError`` for what no client sends."""
    manner = manner or {}
    chat = manner["chat"].chat if "chat" in manner else private
    member = _enter(server, chat, user)
    text, kept = checked_text(text, entities, content)
    message = Message(
        next(chat.ids),
        chat,
        ANONYMOUS_ADMIN if member else user,
        server.timestamp(),
        text=text,
        entities=kept,
        reply_to=manner.get("reply_to"),
        thread_id=_thread_id(chat, manner),
        as_chat=member,
        content=content or {},
        origin=_origin(server, manner),
    )
    return server.keep(message)


def _enter(server: Server, chat: Chat, user: User) -> bool:
    """Who writes is there: this starts a private chat. Returns whether she stays anonymous."""
    if chat.owner is not None:
        if chat.status(server.bot) == "kicked":
            raise ValueError(f"{user.first_name} blocks the bot and must unblock it first")
        chat.put(server.bot, "member")
        return False
    if chat.status(user) not in PRESENT:
        chat.put(user, "member")
    return chat.members[user.id].anonymous


def checked_text(
    text: str, entities: Iterable[Entity], content: Json | None
) -> tuple[str, tuple[Entity, ...]]:
    """Text or caption as the client sends it: trimmed, and with the entities found in it."""
    longest = LONGEST_CAPTION if content else LONGEST_MESSAGE
    text, kept = trimmed(text, entities)
    if not text and not content:
        raise ValueError("a message without text cannot be sent")
    if utf16_length(text) > longest:
        raise ValueError(f"longer than a client sends at once: {utf16_length(text)} > {longest}")
    return text, with_found(text, kept)


def _thread_id(chat: Chat, manner: Manner) -> int | None:
    if "thread" in manner:
        return manner["thread"].id
    reply_to = manner.get("reply_to")
    if reply_to is None or chat.kind != "supergroup":
        return None
    return reply_to.thread_id if chat.forum else reply_to.thread_id or reply_to.id


def _origin(server: Server, manner: Manner) -> Json:
    origin: Json = {}
    if quote := manner.get("quote"):
        text = manner["reply_to"].text
        origin["quote"] = {"text": quote, "position": text.index(quote), "is_manual": True}
    if name := manner.get("forwarded_from"):
        hidden = {"type": "hidden_user", "date": server.timestamp(), "sender_user_name": name}
        origin["forward_origin"] = hidden
    return origin


def is_heard(server: Server, message: Message) -> bool:
    """Whether Telegram passes the message on to the bot: not where it is no member, and with
    privacy mode, unless it is an admin, only commands, mentions, and replies to the bot."""
    status = message.chat.status(server.bot)
    if message.chat.kind == "private" or not server.privacy or status in ADMINS:
        return status in PRESENT
    is_reply = message.reply_to is not None and message.reply_to.sender is server.bot
    is_own = message.origin.get("via_bot", {}).get("id") == server.bot.id
    meant = any(_means_bot(server, message, entity) for entity in message.entities)
    return status in PRESENT and (is_reply or is_own or meant)


def _means_bot(server: Server, message: Message, entity: Entity) -> bool:
    word = part(message.text, entity).lower()
    name = f"@{server.bot.username.lower()}"
    if entity.type == "bot_command":
        return "@" not in word or word.endswith(name)
    return entity.type == "mention" and word == name
