"""What a message means: small frozen values."""

from dataclasses import dataclass
from enum import StrEnum

from bot.library.models import FixedKind, SmallTalk, Topic
from bot.matching.fixed import FixedMatch
from bot.matching.urgent import UrgentMatch


class How(StrEnum):
    """How a topic was recognised."""

    NAME = "name"
    WORDS = "words that people use for it"
    MISSPELT = "misspelt name"
    SHARED = "a name that many share"
    UNSURE = "a name that also means other things, with nothing about health beside it"


@dataclass(frozen=True, slots=True)
class Found:
    """A topic with the words of the message that meant it.

    ``backed``: so plain that one may speak up in a group. Either the name means nothing else, or
    something else in the message is about health.
    """

    topic: Topic
    words: str
    how: How
    backed: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """The reading of one message.

    ``found`` are certain. ``guesses`` are only offered. ``dropped`` were seen and do not count;
    they are kept for ``explain``. ``question``: whether a message that means something asks it.
    """

    found: tuple[Found, ...] = ()
    guesses: tuple[Found, ...] = ()
    dropped: tuple[Found, ...] = ()
    small_talk: SmallTalk | None = None
    question: bool = False
    urgent: UrgentMatch | None = None
    fixed: FixedMatch | None = None

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The certain topics, each once, in the order of the message."""
        return tuple({found.topic.id: found.topic for found in self.found}.values())

    @property
    def is_plain(self) -> bool:
        """Whether any certain topic is so plain that one may speak up in a group."""
        return any(found.backed for found in self.found)

    @property
    def is_said_plainly(self) -> bool:
        """Whether the certain topics are named or described, and none of them misspelt."""
        return bool(self.found) and all(found.how is not How.MISSPELT for found in self.found)

    @property
    def asks(self) -> FixedKind | None:
        """The kind of fixed answer that is asked for; words that may be about something else count
        only beside a certain topic."""
        return self.fixed.kind if self.fixed and (self.fixed.sure or self.found) else None

    @property
    def guessed(self) -> tuple[Topic, ...]:
        """The topics to ask about, each once, likeliest first."""
        certain = {topic.id for topic in self.topics}
        guessed = {found.topic.id: found.topic for found in self.guesses}
        return tuple(topic for name, topic in guessed.items() if name not in certain)
