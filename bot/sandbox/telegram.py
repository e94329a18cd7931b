"""Telegram, in memory: the Bot API's methods over ``Server``, its envelope and its refusals."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.sandbox import chats, editing, profile, queries, sending
from bot.sandbox.groups import Group
from bot.sandbox.params import Params
from bot.sandbox.people import Person
from bot.sandbox.refusal import Json, Refusal
from bot.sandbox.server import Clock, Server, real_time
from bot.sandbox.world import User

TOKEN = "4200000001:a-token-of-the-sandbox-opens-nothing"
PHRASES = {400: "Bad Request", 403: "Forbidden", 500: "Internal Server Error", 502: "Bad Gateway"}

Method = Callable[[Server, Params], object | Awaitable[object]]


async def get_updates(server: Server, params: Params) -> list[Json]:
    return await server.updates.get(params)


def set_webhook(server: Server, params: Params) -> bool:
    server.updates.set_webhook(params)
    return True


def delete_webhook(server: Server, params: Params) -> bool:
    server.updates.set_webhook(Params({**params.values, "url": "", "secret_token": ""}))
    return True


def get_webhook_info(server: Server, params: Params) -> Json:
    return server.updates.webhook_info()


METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
}
# "All methods in the Bot API are case-insensitive."
BY_LOWER_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}


@dataclass(frozen=True)
class Call:
    """One call of the bot. ``refusal`` is Telegram's "no", or None."""

    method: str
    params: Mapping[str, object]
    refusal: Refusal | None = None


@dataclass
class _Failure:
    method: str
    refusal: Refusal
    times: int


class Telegram(Server):
    """Telegram as one bot and its people see it.

    ``calls`` lists what the bot asked for, ``refusals`` what was refused because the call was
    wrong; failures that a test ordered with ``fail`` are among the calls only.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "immuno_bot",
        first_name: str = "Immuno",
        privacy: bool = False,
        now: Clock = real_time,
    ) -> None:
        identifier = int(token.partition(":")[0])
        bot = User(identifier, first_name, username=username, is_bot=True)
        super().__init__(bot, privacy=privacy, now=now)
        self.token = token
        self.calls: list[Call] = []
        self.refusals: list[Call] = []
        self._failures: list[_Failure] = []

    @property
    def unanswered(self) -> list[str]:
        """Ids of the presses that the bot never answered: each still shows a spinner."""
        return [callback.id for callback in self.callbacks.values() if not callback.answered]

    def person(self, name: str, *, language: str = "en", username: str = "") -> Person:
        """Somebody new, who has not yet written to the bot."""
        return Person(self, self.new_private_chat(name, username, language))

    def group(
        self,
        title: str,
        *,
        kind: Literal["group", "supergroup"] = "supergroup",
        forum: bool = False,
        bot: Literal["administrator", "member", "restricted", "left"] = "member",
    ) -> Group:
        """A new group; the bot is in it already, or comes later if ``bot`` is "left"."""
        group = Group(self, self.new_group(title, kind, forum=forum))
        group.chat.put(self.bot, bot)
        return group

    def fail(
        self,
        method: str,
        *,
        code: int,
        description: str = "",
        retry_after: int | None = None,
        times: int = 1,
    ) -> None:
        """Let the next calls of ``method`` fail: a flood limit (429), an outage (500), a 403."""
        if retry_after is not None:
            text = f"Too Many Requests: retry after {retry_after}"
            refusal = Refusal(code, description or text, {"retry_after": retry_after})
        else:
            refusal = Refusal(code, description or PHRASES.get(code, f"Error {code}"))
        self._failures.append(_Failure(method, refusal, times))

    async def call(self, method: str, params: Mapping[str, object]) -> Json:
        """Telegram's answer to one call: {"ok": true, "result": …} or {"ok": false, …}."""
        try:
            return {"ok": True, "result": await self._result(method, params)}
        except Refusal as refusal:
            return refusal.envelope()

    async def serve(
        self, token: str, method: str, params: Mapping[str, object]
    ) -> tuple[int, Json]:
        """The HTTP status and body of /bot<token>/<method>."""
        if token != self.token:
            answer = Refusal(401, "Unauthorized").envelope()
        else:
            answer = await self.call(method, params)
        return (200 if answer["ok"] else answer["error_code"]), answer

    async def _result(self, method: str, params: Mapping[str, object]) -> object:
        name, function = BY_LOWER_NAME.get(method.lower(), (method, None))
        if (refusal := self._ordered_failure(name)) is not None:
            self.calls.append(Call(name, params, refusal))
            raise refusal
        try:
            if function is None:
                raise Refusal(404, "Not Found: method not found")
            result = function(self, Params(params))
            result = await result if inspect.isawaitable(result) else result
        except Refusal as refusal:
            self._note(Call(name, params, refusal))
            raise
        self._note(Call(name, params))
        return result

    def _note(self, call: Call) -> None:
        self.calls.append(call)
        if call.refusal is not None:
            self.refusals.append(call)

    def _ordered_failure(self, method: str) -> Refusal | None:
        for failure in self._failures:
            if failure.method == method and failure.times > 0:
                failure.times -= 1
                return failure.refusal
        return None
