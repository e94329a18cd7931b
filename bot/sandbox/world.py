"""Who and where: users, chats, their members and threads, as Telegram's server knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bot.sandbox.refusal import Json

if TYPE_CHECKING:
    from bot.sandbox.message import Message

ChatKind = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

PRESENT = {"creator", "administrator", "member", "restricted"}
ADMINS = {"creator", "administrator"}
SENDING = ("messages", "audios", "documents", "photos", "videos", "video_notes", "voice_notes")
PERMISSIONS = (
    *(f"can_send_{kind}" for kind in SENDING),
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
NO_RIGHTS = (
    "can_promote_members",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


@dataclass(eq=False)
class User:
    """A person, or a bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    is_bot: bool = False

    def to_json(self) -> Json:
        fields = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language,
        }
        return {name: value for name, value in fields.items() if value != ""}


ANONYMOUS_ADMIN = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
"""Whom Telegram names as the sender when an admin speaks anonymously."""


@dataclass(eq=False)
class Member:
    """What one user is in one chat."""

    user: User
    status: Status = "member"
    anonymous: bool = False

    def to_json(self) -> Json:
        """A ChatMember of Bot API 9."""
        fields: Json = {"status": self.status, "user": self.user.to_json()}
        if self.status in ADMINS:
            fields["is_anonymous"] = self.anonymous
        if self.status == "administrator":
            fields |= {"can_be_edited": False}
            fields |= dict.fromkeys(ADMIN_RIGHTS, True) | dict.fromkeys(NO_RIGHTS, False)
        if self.status == "restricted":
            fields |= {"is_member": True, "until_date": 0} | dict.fromkeys(PERMISSIONS, False)
        if self.status == "kicked":
            fields["until_date"] = 0
        return fields


@dataclass
class Thread:
    """A forum topic; its id is that of the service message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(eq=False)
class Chat:
    """A private chat (its id is the user's) or a group. ``ids`` numbers its messages.

    In a private chat the bot's status is "left" until the person has written for the first time,
    and "kicked" while the person blocks the bot.
    """

    id: int
    kind: ChatKind
    ids: Iterator[int]
    title: str = ""
    username: str = ""
    forum: bool = False
    owner: User | None = None
    open: bool = True
    migrated_to: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    threads: dict[int, Thread] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)

    def status(self, user: User) -> Status:
        member = self.members.get(user.id)
        return member.status if member else "left"

    def put(self, user: User, status: Status, *, anonymous: bool = False) -> Member:
        """Make ``user`` a member of this status, or change the one that it has."""
        member = self.members.setdefault(user.id, Member(user))
        member.status, member.anonymous = status, anonymous
        return member

    def to_json(self) -> Json:
        if self.owner is not None:
            names = self.owner.to_json()
            kept = ("first_name", "last_name", "username")
            return {"id": self.id, "type": "private"} | {
                name: names[name] for name in kept if name in names
            }
        fields: Json = {"id": self.id, "type": self.kind, "title": self.title}
        if self.username:
            fields["username"] = self.username
        return fields | ({"is_forum": True} if self.forum else {})
