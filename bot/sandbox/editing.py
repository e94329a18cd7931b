"""Methods that change what stands in a chat: edits and deletions."""

from bot.sandbox import keyboards, texts
from bot.sandbox.message import Message
from bot.sandbox.params import Params, array
from bot.sandbox.places import writable_chat
from bot.sandbox.refusal import Json, bad_request
from bot.sandbox.server import Server
from bot.sandbox.world import ADMINS, Chat

MOST_DELETED = 100
DELETABLE_FOR = 48 * 60 * 60  # seconds; an admin may delete what is older
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def edit_message_text(server: Server, params: Params) -> Json | bool:
    """An edit without ``reply_markup`` takes the buttons away, as there."""
    formatted = texts.message_text(params)
    texts.check_preview(params)
    markup = keyboards.read_inline(params)
    message = _to_edit(server, params)
    if message.content:
        raise bad_request("there is no text in the message to edit")
    same_text = (message.text, message.entities) == (formatted.text, formatted.entities)
    if same_text and message.reply_markup == markup:
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities = formatted.text, formatted.entities
    return _edited(server, message, markup)


def edit_message_reply_markup(server: Server, params: Params) -> Json | bool:
    markup = keyboards.read_inline(params)
    message = _to_edit(server, params)
    if message.reply_markup == markup:
        raise bad_request(NOT_MODIFIED)
    return _edited(server, message, markup)


def _edited(server: Server, message: Message, markup: Json | None) -> Json | bool:
    message.reply_markup = markup
    message.edited += 1
    message.edit_date = server.timestamp()
    server.record("edited", message)
    return True if message.inline_id else message.to_json()


def _to_edit(server: Server, params: Params) -> Message:
    """The bot's own message, in a chat or sent inline. Raises ``Refusal``."""
    if not params.text("chat_id") and not params.integer("message_id"):
        return _inline(server, params)
    message = _existing(writable_chat(server, params), params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not server.bot or message.is_service:
        raise bad_request("message can't be edited")
    return message


def _inline(server: Server, params: Params) -> Message:
    if not (inline_id := params.text("inline_message_id")):
        raise bad_request("message identifier is not specified")
    message = server.inline_messages.get(inline_id)
    if message is None or message.deleted:
        raise bad_request("MESSAGE_ID_INVALID")
    return message


def _existing(chat: Chat, message_id: int) -> Message | None:
    message = chat.messages.get(message_id)
    return None if message is None or message.deleted else message


def delete_message(server: Server, params: Params) -> bool:
    message = _existing(writable_chat(server, params), params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if complaint := _undeletable(server, message):
        raise bad_request(complaint)
    _delete(server, message)
    return True


def delete_messages(server: Server, params: Params) -> bool:
    """What is not found, or may not be deleted, is passed over."""
    if (identifiers := params.json("message_ids", "can't parse message_ids JSON object")) is None:
        raise bad_request("message identifiers are not specified")
    numbers = array(identifiers, "expected an Array of message identifiers")
    if len(numbers) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    chat = writable_chat(server, params)
    for message in [_existing(chat, _number(number)) for number in numbers]:
        if message is not None and not _undeletable(server, message):
            _delete(server, message)
    return True


def _number(value: object) -> int:
    if not str(value).isdecimal():
        raise bad_request("can't parse message identifier as Number")
    return int(str(value))


def _undeletable(server: Server, message: Message) -> str:
    """Why the bot may not delete this message; "" where it may."""
    if message.chat.status(server.bot) in ADMINS:
        return ""
    if message.sender is not server.bot and message.chat.kind != "private":
        return "message can't be deleted"
    is_old = server.timestamp() - message.date > DELETABLE_FOR
    return "message can't be deleted for everyone" if is_old else ""


def _delete(server: Server, message: Message) -> None:
    message.deleted = True
    server.record("deleted", message)
