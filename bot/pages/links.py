"""Deep links: the parameter of ``t.me/<bot>?start=`` that opens something in the private chat.

Nobody's words travel in one.
"""

from bot.library.models import FixedKind, Kind, Level, Topic
from bot.matching.urgent import UrgentMatch
from bot.pages.page import View

LONGEST = 64  # characters, Telegram's limit
HOME = "home"  # names nothing, and so opens the menu
FIXED = "fixed"
SETTINGS = "settings"


def address(view: View, parameter: str) -> str:
    """The address on the web that opens the private chat with ``parameter``."""
    return f"https://t.me/{view.bot}?start={parameter}"


def deep_link(topic: Topic) -> str:
    """The parameter that opens a topic's card."""
    return f"{topic.kind}_{topic.id}"


def from_deep_link(parameter: str) -> tuple[Kind, str] | None:
    """What ``deep_link`` made: the kind and the id; None where it is something else."""
    kind, _, topic = parameter.partition("_")
    return (Kind(kind), topic) if kind in set(Kind) else None


def urgent_link(match: UrgentMatch) -> str:
    """The parameter that opens the answer to a red flag in private."""
    return f"{match.level}_{match.flag_id}"


def from_urgent_link(parameter: str) -> UrgentMatch | None:
    """What ``urgent_link`` made."""
    level, _, flag = parameter.partition("_")
    return UrgentMatch(flag, Level(level), "") if level in set(Level) else None


def fixed_link(kind: str, topic: str = "") -> str:
    """The parameter that opens a fixed answer, with the card of one topic behind it."""
    whole = f"{FIXED}_{kind}_{topic}"
    return whole if topic and len(whole) <= LONGEST else f"{FIXED}_{kind}"


def from_fixed_link(parameter: str) -> tuple[FixedKind, str] | None:
    """What ``fixed_link`` made: the kind, and the id of the topic or ""."""
    start, _, rest = parameter.partition("_")
    kind, _, topic = rest.partition("_")
    return (FixedKind(kind), topic) if start == FIXED and kind in set(FixedKind) else None


def settings_link(group: int) -> str:
    """The parameter that opens the settings of a group in private, for its admins."""
    return f"{SETTINGS}_{group}"


def from_settings_link(parameter: str) -> int | None:
    """What ``settings_link`` made: the id of a group."""
    word, _, group = parameter.partition("_")
    is_id = group[:1] == "-" and group[1:].isascii() and group[1:].isdecimal()
    return int(group) if word == SETTINGS and is_id else None
