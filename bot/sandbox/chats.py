"""Methods about chats and who is in them."""

from bot.sandbox.params import Params
from bot.sandbox.places import check_present, find_chat, writable_chat
from bot.sandbox.refusal import Json, bad_request
from bot.sandbox.server import Server
from bot.sandbox.world import ADMINS, PERMISSIONS, Chat, Member, User


def get_chat(server: Server, params: Params) -> Json:
    """A ChatFullInfo, with what Bot API 9 always gives."""
    chat = _readable_chat(server, params)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    fields = chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }
    if chat.kind != "private":
        fields["permissions"] = dict.fromkeys(PERMISSIONS, chat.open)
    return fields


def get_chat_member(server: Server, params: Params) -> Json:
    """Somebody who never was in the chat has "left"; an unknown user is refused."""
    chat = _readable_chat(server, params)
    user_id = params.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if (user := server.users.get(user_id)) is None:
        raise bad_request("user not found")
    return _member(chat, user).to_json()


def _member(chat: Chat, user: User) -> Member:
    if chat.owner is user:
        return Member(user, "member")
    return chat.members.get(user.id) or Member(user, "left")


def get_chat_administrators(server: Server, params: Params) -> list[Json]:
    chat = _readable_chat(server, params)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    admins = [member for member in chat.members.values() if member.status in ADMINS]
    return [member.to_json() for member in admins]


def leave_chat(server: Server, params: Params) -> bool:
    chat = writable_chat(server, params)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.put(server.bot, "left")
    return True


def _readable_chat(server: Server, params: Params) -> Chat:
    chat = find_chat(server, params)
    if chat.kind == "supergroup":  # of other chats the bot may read also what it has left
        check_present(server, chat)
    return chat
