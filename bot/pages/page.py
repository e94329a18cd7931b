"""The values that pages are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.library.library import Edition
from bot.library.models import Topic


class Place(StrEnum):
    """Every page that a button can lead to, and what else one can do. The values stand in messages
    that people keep: never give an old value a new meaning."""

    HOME = "h"
    HELP = "?"
    ABOUT = "i"
    CONDITIONS = "c"
    SYSTEM = "cs"
    EFFECTS = "e"
    GROUP = "eg"
    AREAS = "ea"
    AREA = "el"
    SERIOUS = "es"
    WORKS = "w"
    SECTION = "ws"
    GLOSSARY = "g"
    LETTER = "gl"
    TERM = "gt"
    TERM_SOURCES = "gs"
    MEDICINES = "m"
    BY_CONDITION = "mc"
    FOR_CONDITION = "mf"
    BY_KIND = "mk"
    FAMILY = "ml"
    A_TO_Z = "mz"
    INITIAL = "mi"
    BRANDS = "mb"
    USES = "mu"
    TAKEN = "mt"
    LISTED_EFFECTS = "me"
    CARE = "mw"
    THAT_LIST = "et"
    GUIDES = "q"
    VISITS = "v"
    QUESTIONS = "vq"
    PLAIN_QUESTIONS = "vp"
    FOUND = "f"
    CARD = "t"
    SOURCES = "s"
    WRONG = "x"
    URGENT = "u"
    URGENT_IN = "uc"
    REMEMBER = "k"
    FORGET_COUNTRY = "kf"
    FORGET = "kd"
    TELL = "kt"
    PRIVACY = "kp"
    REPORT = "r"
    REPORT_IN = "rc"
    SETTINGS = "S"
    HIDE = "z"


@dataclass(frozen=True)
class Go:
    """The address of a page: its place, what it is about, which part, and by which way one came.

    ``via`` is read by the page's own module alone; it only decides where Back leads.
    """

    place: Place
    ref: str = ""
    page: int = 0
    via: str = ""


@dataclass(frozen=True)
class Button:
    """A label, and what it opens: another page, or an address on the web."""

    label: str
    to: Go | str


Row = tuple[Button, ...]


class Outcome(StrEnum):
    """What a page is, for those who count and never see it."""

    MENU = "menu"
    CARD = "card"
    CHOICE = "choice"
    GUESS = "guess"
    FIXED = "fixed answer"
    URGENT = "urgent"
    NOTHING = "nothing found"


@dataclass(frozen=True)
class Page:
    """One message: ``text`` in Telegram's HTML, already escaped, and rows of buttons.

    ``about``: the id of the one topic (or red flag) that it is about, or "".
    """

    text: str
    rows: tuple[Row, ...] = ()
    about: str = ""
    outcome: Outcome = Outcome.MENU


@dataclass(frozen=True)
class View:
    """What a page needs to know of the moment: the edition in the reader's language, the date, whom
    to tell when something is wrong, and how to search.

    ``country`` (ISO 3166) only where one was chosen for this chat; ``private``: nobody else reads
    along; ``language`` is their IETF tag, which may be one that the bot does not speak, and says
    nothing of where they are; ``bot`` is the bot's own @name, without the sign.
    """

    edition: Edition
    today: date
    contact: str = ""
    version: str = ""
    bot: str = ""
    country: str | None = None
    private: bool = True
    language: str = ""
    find: Callable[[str], Sequence[Topic]] | None = None
