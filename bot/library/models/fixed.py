"""Fixed answers: what the bot says where only a doctor can answer, and the words that ask it."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.library.models.shapes import Id, Model

ANSWER_LENGTH = 600
A_WORD = re.compile(r"[\w#]")
LIST = re.compile(r"<([\w-]+)>")
MEDICINES = "medicine"  # the list to which the names of all immunomodulators are added


class FixedKind(StrEnum):
    """What a question is about that the bot never answers itself."""

    SKIP = "skip"
    STOP = "stop"
    COMBINE = "combine"
    DOSE = "dose"
    DIAGNOSIS = "diagnosis"


def _parted(written: str) -> str:
    """Word groups, parted by ``+``, ``-`` and ``|``: each part has a word in it."""
    if all(A_WORD.search(part) for part in re.split(r" \+ | - |\|", written)):
        return written
    raise ValueError("a word is missing beside '+', '-' or '|'")


def _one_group(written: str) -> str:
    if " + " in written or " - " in written:
        raise ValueError("only alternatives belong here, parted by '|'")
    return written


WordGroups = Annotated[str, StringConstraints(min_length=1), AfterValidator(_parted)]
OneGroup = Annotated[WordGroups, AfterValidator(_one_group)]
AnswerText = Annotated[
    str,
    StringConstraints(max_length=ANSWER_LENGTH, pattern=r"^[^{}]*\{numbers\}[^{}]*$"),
]


class FixedAnswer(Model):
    """One answer, the words that ask for it, and examples that hold them.

    ``words`` ask by themselves, ``asked`` only in a question: with one of ``asking`` beside them or
    a question mark behind. ``unless``: words near them that make it something else. ``sure_words``:
    further words that tell that it is about medicine. ``matches`` are sure, ``with_a_topic`` count
    only where the message names a topic, ``quiet`` are none.
    """

    text: AnswerText
    guide: Id
    words: tuple[WordGroups, ...] = ()
    asked: tuple[WordGroups, ...] = ()
    unless: tuple[WordGroups, ...] = ()
    sure_words: tuple[OneGroup, ...] = ()
    matches: tuple[str, ...]
    with_a_topic: tuple[str, ...] = ()
    quiet: tuple[str, ...]


def _all_kinds(answers: dict[FixedKind, FixedAnswer]) -> dict[FixedKind, FixedAnswer]:
    missing = [kind.value for kind in FixedKind if kind not in answers]
    if missing:
        raise ValueError(f"no answer for {', '.join(missing)}")
    return answers


class Fixed(Model):
    """``fixed.yaml``: where several kinds fit a message, the first in the file is the answer.

    ``asking`` are ways to ask, ``opening`` words ask where a sentence begins with them;
    ``medicine_words`` make any question one about medicine; ``brief_words`` add nothing to a brief
    one, and so do the words that English uses most.
    ``lists`` are words that several groups share: ``<illness>``.
    """

    asking: Annotated[tuple[OneGroup, ...], Field(min_length=1)]
    opening: Annotated[tuple[OneGroup, ...], Field(min_length=1)]
    medicine_words: Annotated[tuple[OneGroup, ...], Field(min_length=1)]
    brief_words: tuple[str, ...] = ()
    lists: dict[str, tuple[OneGroup, ...]] = Field(default_factory=dict)
    answers: Annotated[dict[FixedKind, FixedAnswer], AfterValidator(_all_kinds)]

    def spelled_out(self, written: str) -> str:
        """``written`` with the words of a list in the place of its name, such as ``<illness>``."""
        return LIST.sub(lambda name: "|".join(self.lists[name[1]]), written)

    def knowing(self, medicines: Iterable[str]) -> Self:
        """The same, where ``<medicine>`` stands for these names too; without that list, itself."""
        if MEDICINES not in self.lists:
            return self
        named = (*self.lists[MEDICINES], *medicines)
        return self.model_copy(update={"lists": {**self.lists, MEDICINES: named}})

    @model_validator(mode="after")
    def _lists_exist(self) -> Self:
        for kind, answer in self.answers.items():
            for written in (*answer.words, *answer.asked, *answer.unless, *answer.sure_words):
                for name in LIST.findall(written):
                    if name not in self.lists:
                        raise ValueError(f"{kind}: there is no list {name!r}")
        return self
