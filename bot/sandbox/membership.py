"""Updates about who is in a chat: my_chat_member for the bot, chat_member for everybody else."""

from bot.sandbox.refusal import Json
from bot.sandbox.server import Server
from bot.sandbox.world import Chat, Member, Status, User


async def change(
    server: Server, chat: Chat, user: User, status: Status, *, by: User, was: Status | None = None
) -> None:
    """Give ``user`` a new status in ``chat`` and tell the bot, as Telegram does.

    ``was``: the status before, where it is not the one that ``chat`` knows.
    """
    old = Member(user, was or chat.status(user)).to_json()
    new = chat.put(user, status).to_json()
    body: Json = {
        "chat": chat.to_json(),
        "from": by.to_json(),
        "date": server.timestamp(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    await server.emit("my_chat_member" if user is server.bot else "chat_member", body)
