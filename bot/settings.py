"""What the admins of a group can set. Stored as JSON; what is missing there has its default."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot import zones

GENERAL = 1  # the thread of a forum whose messages name none


class Replies(StrEnum):
    """When the bot replies to messages that do not speak to it."""

    OFF = "off"
    QUESTIONS = "questions"
    ON = "on"


class Privately(StrEnum):
    """Which answers are given in private, with one line in the group."""

    SENSITIVE = "sensitive"
    EVERYTHING = "everything"
    NOTHING = "nothing"


class Weekly(BaseModel):
    """When the topic of the week is posted: ``weekday`` 0 is Monday, ``hour`` in ``zone``."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    weekday: int = Field(ge=0, le=6)
    hour: int = Field(ge=0, le=23)
    zone: str = zones.UTC

    @field_validator("zone")
    @classmethod
    def _there_is_one(cls, zone: str) -> str:
        if zone not in zones.known():
            raise ValueError("no such time zone")
        return zone


class GroupSettings(BaseModel):
    """The settings of one group.

    The speech budget: the same topic at most once in ``cooldown`` minutes; at most
    ``most_replies`` keyword replies in ten minutes, ``most_to_one`` of them to one person; at most
    ``most_commands`` commands of one person in a minute. ``delete_after``: minutes, 0 for never.
    ``threads``: the ids of those in which keyword replies are on; none means all.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    replies: Replies = Replies.OFF
    privately: Privately = Privately.SENSITIVE
    cooldown: int = Field(30, ge=0, le=1440)
    most_replies: int = Field(6, ge=1, le=20)
    most_to_one: int = Field(2, ge=1, le=20)
    most_commands: int = Field(5, ge=1, le=20)
    delete_after: int = Field(0, ge=0, le=1440)
    threads: tuple[Annotated[int, Field(ge=1)], ...] = ()
    weekly: Weekly | None = None
    statistics: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """What the storage keeps, read; a value that cannot be used has its default."""
        try:
            return cls.model_validate(dict(kept))
        except ValidationError as error:
            bad = {problem["loc"][0] for problem in error.errors()}
            return cls.model_validate({name: kept[name] for name in kept if name not in bad})

    def replies_in(self, thread: int) -> bool:
        """Whether keyword replies may be posted in that thread; outside of forums it is GENERAL."""
        return not self.threads or thread in self.threads


DEFAULTS = GroupSettings()
