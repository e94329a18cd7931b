"""A group as its settings' pages see it, and the addresses of these pages.

An address is ``Go(Place.SETTINGS, <id of the group>, <part of a list>, <what>)``, so that the same
buttons work in the group and in private. ``what`` is the name of a page (``replies``), a page about
something (``zone-Europe``), or a change (``replies=on``).
"""

from dataclasses import dataclass, field

from bot.pages.page import Button, Go, Place, Row, View
from bot.settings import GroupSettings

MAIN = ""
NEW = "new"  # the main page as a message of its own: what bears the button stays
CLOSE = "close"
SET = "="
ABOUT = "-"


@dataclass(frozen=True)
class Group:
    """The group whose settings are shown.

    ``title`` only in private, where one cannot see which group it is; ``thread``: the one in which
    the menu stands, None outside of forums; ``private_link`` leads to the same menu in private;
    ``reads``: whether the bot could read what keyword replies would answer.
    """

    id: int
    settings: GroupSettings = field(default_factory=GroupSettings)
    country: str | None = None
    title: str = ""
    thread: int | None = None
    private_link: str = ""
    reads: bool = True

    def to(self, what: str, page: int = 0) -> Go:
        """The address of a page or of a change of this group's settings."""
        return Go(Place.SETTINGS, str(self.id), page, what)

    def button(self, label: str, what: str) -> Button:
        """A button that opens such a page or makes such a change."""
        return Button(label, self.to(what))


def changes(go: Go) -> bool:
    """Whether the address is that of a change, not of a page."""
    return SET in go.via


def back(view: View, group: Group, what: str = MAIN) -> Row:
    """The way back, to the settings or to a page of them."""
    return (Button(view.edition.phrases.buttons.back, group.to(what)),)
