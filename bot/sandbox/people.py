"""The language of the tests: ``await ann.says("/start")``, ``await ann.presses("Fever")``."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Unpack

from bot.sandbox import media
from bot.sandbox.answers import (
    Answer,
    InlineAnswer,
    InlineResult,
    find_button,
    newest_with_buttons,
    pressable,
)
from bot.sandbox.entities import Entity
from bot.sandbox.groups import Group
from bot.sandbox.links import START_PARAMETER, deep_link
from bot.sandbox.membership import change
from bot.sandbox.message import Message
from bot.sandbox.profile import visible_commands
from bot.sandbox.refusal import Json
from bot.sandbox.server import Callback, InlineQuery, Server
from bot.sandbox.speaking import Manner, checked_text, compose, is_heard
from bot.sandbox.world import Chat, Status, Thread

PATIENCE = 5.0  # seconds that a test waits for a bot that runs elsewhere


class Person:
    """Somebody with a phone. She is in a private chat with the bot, unless ``chat`` says where.

    Every action returns what the bot did in consequence, in that chat and in private. If the bot
    runs elsewhere and fetches its updates, that is still nothing: then wait with ``hears``.
    """

    def __init__(self, server: Server, chat: Chat) -> None:
        if chat.owner is None:
            raise ValueError("a person needs a private chat")
        self.server = server
        self.private = chat
        self.user = chat.owner
        self._place = chat
        self._mark = 0

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def messages(self) -> list[Message]:
        """Everything that stands in her private chat, oldest first."""
        return [message for message in self.private.messages.values() if not message.deleted]

    def commands(self, chat: Group | None = None) -> dict[str, str]:
        """The bot's menu as she sees it there: commands, without "/", and their descriptions."""
        return visible_commands(self.server, chat.chat if chat else self.private, self.user)

    async def says(
        self, text: str, *, entities: Iterable[Entity] = (), **manner: Unpack[Manner]
    ) -> Answer:
        """Send a text. Commands, links and mentions in it become entities by themselves."""
        return await self._sends(text, manner, entities)

    async def sends_photo(self, caption: str = "", **manner: Unpack[Manner]) -> Answer:
        return await self._sends(caption, manner, content=media.photo())

    async def sends_document(
        self, caption: str = "", *, file_name: str = "report.pdf", **manner: Unpack[Manner]
    ) -> Answer:
        return await self._sends(caption, manner, content=media.document(file_name))

    async def sends_voice(self, caption: str = "", **manner: Unpack[Manner]) -> Answer:
        return await self._sends(caption, manner, content=media.voice())

    async def sends_sticker(self, **manner: Unpack[Manner]) -> Answer:
        return await self._sends("", manner, content=media.sticker())

    async def sends_location(
        self, latitude: float = 52.5, longitude: float = 13.4, **manner: Unpack[Manner]
    ) -> Answer:
        return await self._sends("", manner, content=media.location(latitude, longitude))

    async def _sends(
        self,
        text: str,
        manner: Manner,
        entities: Iterable[Entity] = (),
        content: Json | None = None,
    ) -> Answer:
        message = compose(self.server, self.private, self.user, text, entities, content, manner)
        return await self._tell(message, "message")

    async def edits(self, message: Message, text: str) -> Answer:
        """Change one of her own messages. Raises ``ValueError`` for anybody else's."""
        if message.sender is not self.user:
            raise ValueError(f"{self.user.first_name} cannot edit {message}")
        message.text, message.entities = checked_text(text, (), message.content)
        message.edited += 1
        message.edit_date = self.server.timestamp()
        return await self._tell(message, "edited_message")

    async def _tell(self, message: Message, kind: str) -> Answer:
        self._start(message.chat)
        if is_heard(self.server, message):
            await self.server.emit(kind, message.to_json())
        return self._noticed(message)

    async def presses(
        self,
        label: str,
        *,
        on: Message | None = None,
        chat: Group | None = None,
        thread: Thread | None = None,
    ) -> Answer:
        """Press a button: on the message ``on``, else on the newest one that has buttons.

        Raises ``NoSuchButton``, with the labels there are, or ``NotPressable`` for a link.
        """
        messages = (chat.chat if chat else self.private).messages.values()
        message = on or newest_with_buttons(messages, thread.id if thread else None)
        data = pressable(find_button(message, label))
        callback = Callback(self.server.query_id(), self.user, message, self.server.now())
        self.server.callbacks[callback.id] = callback
        self._start(message.chat)
        await self.server.emit("callback_query", self._query(callback, data))
        return self._noticed()

    def _query(self, callback: Callback, data: str) -> Json:
        message = callback.message
        sent_inline = {"inline_message_id": message.inline_id}
        return {
            "id": callback.id,
            "from": self.user.to_json(),
            "chat_instance": str(message.chat_id),
            "data": data,
            **(sent_inline if message.inline_id else {"message": message.to_json()}),
        }

    async def follows(self, url: str) -> Answer:
        """Open a deep link to the bot: the client says "/start <parameter>" in private.

        Raises ``ValueError`` for another address, and for a parameter that Telegram ignores.
        """
        parameter = deep_link(url, self.server.bot.username)
        if parameter is None:
            raise ValueError(f"{url} does not lead to @{self.server.bot.username}")
        if parameter and not START_PARAMETER.fullmatch(parameter):
            raise ValueError(f"no start parameter (at most 64 of A-Za-z0-9_-): {parameter!r}")
        return await self.says(f"/start {parameter}".strip())

    async def asks_inline(
        self,
        text: str,
        *,
        offset: str = "",
        chat_type: str = "sender",
        timeout: float = PATIENCE,
    ) -> InlineAnswer:
        """Type "@bot text" into any chat. Raises ``AssertionError`` if no list comes up."""
        query = InlineQuery(self.server.query_id(), self.user, self.server.now())
        self.server.inline_queries[query.id] = query
        self._start(self.private)
        body = {"id": query.id, "from": self.user.to_json(), "query": text, "offset": offset}
        await self.server.emit("inline_query", body | {"chat_type": chat_type})
        if self.server.deliver is None:
            await self._until(lambda: query.answer is not None, timeout)
        if query.answer is None:
            raise AssertionError(f"the bot did not answer the inline query {text!r}")
        return InlineAnswer.from_json(query.answer)

    async def picks(self, result: InlineResult, **manner: Unpack[Manner]) -> Answer:
        """Send an inline result. The bot, where it is in the chat, sees it as via itself."""
        entities = result.entities
        message = compose(self.server, self.private, self.user, result.text, entities, {}, manner)
        message.origin["via_bot"] = self.server.bot.to_json()
        message.reply_markup = result.json["reply_markup"]
        if message.buttons:
            message.inline_id = f"inline-{message.chat_id}-{message.id}"
            self.server.inline_messages[message.inline_id] = message
        return await self._tell(message, "message")

    async def blocks(self) -> Answer:
        """Stop the bot: from now on, writing to her is refused."""
        return await self._lets_bot_be("kicked")

    async def unblocks(self) -> Answer:
        return await self._lets_bot_be("member")

    async def _lets_bot_be(self, status: Status) -> Answer:
        self._start(self.private)
        await change(self.server, self.private, self.server.bot, status, by=self.user)
        return self._noticed()

    async def hears(self, *, messages: int = 1, timeout: float = PATIENCE) -> Answer:
        """Wait until the bot has sent or edited that many messages, for a bot that runs elsewhere.

        Counted from her last action, or from the last ``hears``. Returns what there is when the
        time is over, so silence is an ``Answer`` that is False.
        """

        def enough() -> bool:
            answer = self._seen()
            return len(answer.sent) + len(answer.edited) >= messages

        await self._until(enough, timeout)
        return self._noticed()

    async def _until(self, condition: Callable[[], bool], timeout: float) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while not condition() and (left := end - loop.time()) > 0:
            await self.server.signal.wait(left)

    def _start(self, chat: Chat) -> None:
        """From here on, what the bot does is an answer to this."""
        self._place, self._mark = chat, len(self.server.log)

    def _seen(self, said: Message | None = None) -> Answer:
        chats = {self._place.id, self.private.id}
        events = [event for event in self.server.log[self._mark :] if event.chat_id in chats]
        return Answer.of([e for e in events if e.user_id in {None, self.id}], said)

    def _noticed(self, said: Message | None = None) -> Answer:
        answer = self._seen(said)
        self._mark = len(self.server.log)
        return answer
