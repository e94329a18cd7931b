"""Methods about the bot itself: its name, its commands, its descriptions."""

import re

from bot.sandbox.params import Params, array, mapping, required, within
from bot.sandbox.places import find_chat
from bot.sandbox.refusal import Json, Refusal, bad_request
from bot.sandbox.server import Server
from bot.sandbox.world import ADMINS, Chat, User

MOST_COMMANDS = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LONGEST_COMMAND = 32
LONGEST_COMMAND_DESCRIPTION = 256
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
PLAIN_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}


def get_me(server: Server, params: Params) -> Json:
    return server.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not server.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(server: Server, params: Params) -> bool:
    commands = params.json("commands", "can't parse commands JSON object")
    checked = [_command(each) for each in array(commands, "expected an Array of BotCommand")]
    if len(checked) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    server.profile.commands[_scope(server, params), _language(params)] = checked
    return True


def get_my_commands(server: Server, params: Params) -> list[Json]:
    """Exactly what was set for this scope and language: nothing stands in for it."""
    return server.profile.commands.get((_scope(server, params), _language(params)), [])


def delete_my_commands(server: Server, params: Params) -> bool:
    server.profile.commands.pop((_scope(server, params), _language(params)), None)
    return True


def _command(value: object) -> Json:
    try:
        fields = mapping(value, "expected an Object")
        name = required(fields, "command").strip().removeprefix("/")
        description = required(fields, "description").strip()
    except Refusal as refusal:
        raise within("can't parse BotCommand", refusal) from None
    for complaint, wrong in {
        "command must be non-empty": not name,
        f"command length must not exceed {LONGEST_COMMAND}": len(name) > LONGEST_COMMAND,
        "command description must be non-empty": not description,
        f"command description length must not exceed {LONGEST_COMMAND_DESCRIPTION}": (
            len(description) > LONGEST_COMMAND_DESCRIPTION
        ),
        "BOT_COMMAND_INVALID": not COMMAND.fullmatch(name),
    }.items():
        if wrong:
            raise bad_request(complaint)
    return {"command": name, "description": description}


def scope_key(kind: str, chat_id: int | None = None, user_id: int | None = None) -> str:
    """How a scope is written in ``Profile.commands``: "default", "chat:-100…"."""
    return ":".join(str(piece) for piece in (kind, chat_id, user_id) if piece is not None)


def _scope(server: Server, params: Params) -> str:
    value = params.json("scope", "can't parse BotCommandScope JSON object")
    if value is None:
        return "default"
    try:
        fields = mapping(value, "BotCommandScope must be an Object")
        kind = required(fields, "type")
        if kind not in PLAIN_SCOPES | CHAT_SCOPES:
            raise bad_request("Unsupported type specified")
    except Refusal as refusal:
        raise within("can't parse BotCommandScope", refusal) from None
    if kind in PLAIN_SCOPES:
        return kind
    chat = find_chat(server, Params(fields))
    return scope_key(kind, chat.id, fields.get("user_id") if kind == "chat_member" else None)


def visible_commands(server: Server, chat: Chat, user: User) -> dict[str, str]:
    """The menu that ``user`` sees in ``chat``: the narrowest scope that has one, her language
    first. https://core.telegram.org/bots/api#determining-list-of-commands"""
    for scope in _scopes(chat, user):
        for language in (user.language, ""):
            if (commands := server.profile.commands.get((scope, language))) is not None:
                return {each["command"]: each["description"] for each in commands}
    return {}


def _scopes(chat: Chat, user: User) -> list[str]:
    if chat.kind == "private":
        return [scope_key("chat", chat.id), "all_private_chats", "default"]
    is_admin = chat.status(user) in ADMINS
    own = [scope_key("chat_member", chat.id, user.id)]
    own += [scope_key("chat_administrators", chat.id)] * is_admin
    own += [scope_key("chat", chat.id)]
    return [*own, *["all_chat_administrators"] * is_admin, "all_group_chats", "default"]


def _language(params: Params) -> str:
    language = params.text("language_code")
    if not LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def set_my_description(server: Server, params: Params) -> bool:
    """What an empty chat with the bot shows. An empty text takes it away."""
    text = _limited(params, "description", LONGEST_DESCRIPTION)
    server.profile.description[_language(params)] = text
    return True


def get_my_description(server: Server, params: Params) -> Json:
    return {"description": server.profile.description.get(_language(params), "")}


def set_my_short_description(server: Server, params: Params) -> bool:
    """What stands on the bot's profile."""
    text = _limited(params, "short_description", LONGEST_SHORT_DESCRIPTION)
    server.profile.short_description[_language(params)] = text
    return True


def get_my_short_description(server: Server, params: Params) -> Json:
    return {"short_description": server.profile.short_description.get(_language(params), "")}


def _limited(params: Params, name: str, longest: int) -> str:
    text = params.text(name).strip()
    if len(text) > longest:  # Telegram documents the limits, but not what it says
        raise bad_request(f"{name.replace('_', ' ')} length must not exceed {longest}")
    return text
