"""Where a message goes: which chat, thread and reply a call means, and whether the bot may."""

from dataclasses import dataclass, field

from bot.sandbox.message import Message
from bot.sandbox.params import Params, mapping, required_integer
from bot.sandbox.refusal import Json, Refusal, bad_request, forbidden
from bot.sandbox.server import Server
from bot.sandbox.world import ADMINS, Chat

LONGEST_QUOTE = 1024


@dataclass(frozen=True)
class Place:
    """A spot in a chat. ``origin`` holds the quotation, if the reply has one."""

    chat: Chat
    thread_id: int | None = None
    reply_to: Message | None = None
    origin: Json = field(default_factory=dict)


def find_chat(server: Server, params: Params) -> Chat:
    """The chat that ``chat_id`` names, by number or @name. Raises ``Refusal``."""
    name = params.text("chat_id").strip()
    if not name:
        raise bad_request("chat_id is empty")
    if name.startswith("@"):
        named = (
            chat for chat in server.chats.values() if name[1:].lower() == chat.username.lower()
        )
        chat = next(named, None)
    else:
        chat = server.chats.get(params.integer("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def writable_chat(server: Server, params: Params) -> Chat:
    """The same, where the bot is present. Raises ``Refusal``: 403, or 400 once it has moved."""
    chat = find_chat(server, params)
    check_present(server, chat)
    return chat


def check_present(server: Server, chat: Chat) -> None:
    if chat.migrated_to is not None:
        complaint = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refusal(400, complaint, {"migrate_to_chat_id": chat.migrated_to})
    match chat.kind, chat.status(server.bot):
        case "private", "left":
            raise forbidden("bot can't initiate conversation with a user")
        case "private", "kicked":
            raise forbidden("bot was blocked by the user")
        case kind, "kicked":
            raise forbidden(f"bot was kicked from the {kind} chat")
        case kind, "left":
            raise forbidden(f"bot is not a member of the {kind} chat")


def find_place(server: Server, params: Params, what: str = "text messages") -> Place:
    """Where a new message goes; ``what`` names its kind, for chats where that is not allowed."""
    chat = writable_chat(server, params)
    _check_rights(server, chat, what)
    reply_to, origin = _reply(chat, params)
    thread_id = _thread(server, chat, params, reply_to)
    if chat.kind == "supergroup" and not chat.forum and reply_to is not None:
        thread_id = reply_to.thread_id or reply_to.id  # every chain of replies counts as a thread
    return Place(chat, thread_id, reply_to, origin)


def _check_rights(server: Server, chat: Chat, what: str) -> None:
    status = chat.status(server.bot)
    if status == "restricted" or (not chat.open and status not in ADMINS):
        raise bad_request(f"not enough rights to send {what} to the chat")


def _thread(server: Server, chat: Chat, params: Params, reply_to: Message | None) -> int | None:
    """The thread that is asked for, else that of the message replied to."""
    asked = params.integer("message_thread_id")
    thread = chat.threads.get(asked or (reply_to and reply_to.thread_id) or 0)
    if asked and thread is None:  # also for 1: the thread "General" must not be named
        raise bad_request("message thread not found")
    if thread and thread.closed and chat.status(server.bot) not in ADMINS:
        raise bad_request("TOPIC_CLOSED")
    return thread.id if thread else None


def _reply(chat: Chat, params: Params) -> tuple[Message | None, Json]:
    wanted = params.json("reply_parameters", "can't parse reply parameters JSON object")
    if wanted is None:
        return None, {}
    fields = mapping(wanted, "object expected as reply parameters")
    if fields.get("chat_id") not in {None, chat.id, str(chat.id)}:
        # Telegram itself would look there. The bot never asks it to: who begins to is told.
        raise bad_request("the sandbox knows no replies to another chat")
    message = chat.messages.get(required_integer(fields, "message_id"))
    if message is None or message.deleted:
        if fields.get("allow_sending_without_reply"):
            return None, {}
        raise bad_request("message to be replied not found")
    return message, _quotation(message, str(fields.get("quote") or ""))


def _quotation(message: Message, quote: str) -> Json:
    if not quote:
        return {}
    if quote not in message.text or len(quote) > LONGEST_QUOTE:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"quote": {"text": quote, "position": message.text.index(quote), "is_manual": True}}
