"""The phrases that only groups hear."""

from typing import Annotated

from bot.library.blanks import Label, Line, blanks
from bot.library.models import Model


class InGroups(Model):
    """What only a group hears. ``command`` goes without "/"."""

    hide: Label
    disclaimer: Line
    privately: Line
    whose: Annotated[str, blanks("name", "command")]
    somebodys: Annotated[str, blanks("command")]
    not_yours: Line
    not_yours_urgent: Line
    too_old: Line
    too_many: Line
