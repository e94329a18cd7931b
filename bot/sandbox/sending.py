"""Methods that put something into a chat: sendMessage, sendPhoto, sendChatAction."""

from bot.sandbox import keyboards, media, texts
from bot.sandbox.message import Message
from bot.sandbox.params import Params
from bot.sandbox.places import Place, find_place, writable_chat
from bot.sandbox.refusal import Json, bad_request
from bot.sandbox.server import Server
from bot.sandbox.texts import Formatted

CHAT_ACTIONS = {
    "choose_sticker",
    "find_location",
    "record_video",
    "record_video_note",
    "record_voice",
    "typing",
    "upload_document",
    "upload_photo",
    "upload_video",
    "upload_video_note",
    "upload_voice",
}


def send_message(server: Server, params: Params) -> Json:
    formatted = texts.message_text(params)
    texts.check_preview(params)
    markup = keyboards.read(params)
    return _send(server, find_place(server, params), formatted, markup, {})


def send_photo(server: Server, params: Params) -> Json:
    """Nothing is uploaded or looked at: only the caption and the place are checked."""
    if not params.text("photo"):
        raise bad_request("there is no photo in the request")
    formatted = texts.caption(params)
    markup = keyboards.read(params)
    place = find_place(server, params, "photos")
    return _send(server, place, formatted, markup, media.photo())


def send_chat_action(server: Server, params: Params) -> bool:
    if params.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    writable_chat(server, params)
    return True


def _send(
    server: Server, place: Place, formatted: Formatted, markup: Json | None, content: Json
) -> Json:
    message = Message(
        next(place.chat.ids),
        place.chat,
        server.bot,
        server.timestamp(),
        text=formatted.text,
        entities=formatted.entities,
        reply_markup=markup,
        reply_to=place.reply_to,
        thread_id=place.thread_id,
        content=content,
        origin=place.origin,
    )
    return server.keep(message).to_json()
