"""What is described and not named: "my hair comes out in handfuls".

Editors write word groups under ``lay``: ``<hair> + fall~|clump*`` is said where both groups stand
near each other in one sentence. A verb with ``~`` stands for all its forms, ``<hair>`` for a list
of ``cues.yaml``, and what comes after `` - `` must not stand near.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.library.library import Edition
from bot.library.models import Kind, SideEffect, Topic
from bot.library.models.urgent import MEDICINES
from bot.matching.nearby import Group, GroupIndex
from bot.matching.normalise import Words, read
from bot.matching.sentences import Sentences
from bot.matching.signs import Lists, Place, Signs
from bot.matching.spelling import Corrector
from bot.matching.triggers import ANYTHING, Possible, Triggers
from bot.matching.urgent import medicine_names

NOT = " - "
WIDEST = 9  # words: what stands further apart does not belong together
ELSEWHERE = 4  # words: so near a word can give a description another meaning


@dataclass(frozen=True, slots=True)
class _Told:
    """A topic that some words describe, unless a word of the group ``without`` is near."""

    topic: Topic
    without: Group | None


class Described:
    """The word groups of one edition's topics."""

    def __init__(self, edition: Edition, corrector: Corrector) -> None:
        names = {" ".join(read(name).words) for name in medicine_names(edition)}
        named = (*edition.cues.lists.get(MEDICINES, ()), *sorted(names))
        lists = Lists({**edition.cues.lists, MEDICINES: named}, edition.cues.irregular)
        self._without = GroupIndex()
        self._known = corrector.is_known
        self._signs: Signs[_Told] = Signs(
            (
                (said, _Told(topic, self._group(without, lists)))
                for topic in edition.topics.values()
                for said, _, without in (written.partition(NOT) for written in topic.lay)
            ),
            lists,
        )

    @property
    def triggers(self) -> Triggers:
        """The words without which nothing is described."""
        return self._signs.triggers

    def find(
        self, words: Words, sentences: Sentences, possible: Possible = ANYTHING
    ) -> list[Place[Topic]]:
        """What is described, in the order of the message; no two side effects or conditions, and
        no two guides, by the same words."""
        places = self._signs.find(words, possible)
        fits = [place for place in places if self._is_said(place, words, sentences)]
        fits = [place for place in fits if not self._is_elsewhere(place, words, sentences)]
        guides = [place for place in fits if place.meant.topic.kind is Kind.GUIDE]
        others = [place for place in fits if place.meant.topic.kind is not Kind.GUIDE]
        return sorted((*_tightest(others), *_tightest(guides)), key=lambda place: place.start)

    def _group(self, without: str, lists: Lists) -> Group | None:
        return self._without.add(lists.spelled_out(without))[0] if without else None

    def _is_said(self, place: Place[_Told], words: Words, sentences: Sentences) -> bool:
        """Whether word groups stand there; one misspelt word alone says nothing."""
        width = place.end - place.start
        if width == 1:
            return self._known(words.words[place.start])
        return width <= WIDEST and sentences.together(place.start, place.end)

    def _is_elsewhere(self, place: Place[_Told], words: Words, sentences: Sentences) -> bool:
        """Whether a word near ``place`` in its sentence gives it another meaning."""
        without = place.meant.without
        if without is None:
            return False
        first, last = max(0, place.start - ELSEWHERE), place.end + ELSEWHERE
        places = range(first, min(last, len(words.words)))
        return any(
            sentences.numbers[start] == sentences.numbers[place.start]
            and not any(own <= start < own_end for own, own_end in place.spans)
            for start, _ in self._without.find(words, {without}, places).get(without, ())
        )


def _tightest(places: Iterable[Place[_Told]]) -> Iterator[Place[Topic]]:
    """Of word groups that fit the same words, those whose words stand closest together."""
    taken: dict[int, str] = {}
    found: set[str] = set()
    for place in sorted(places, key=_looseness):
        topic, here = place.meant.topic, range(place.start, place.end)
        same = _same(topic)
        if topic.id in found or any(taken.get(at, same) != same for at in here):
            continue
        found.add(topic.id)
        taken.update(dict.fromkeys(here, same))
        yield Place(topic, place.spans)


def _looseness(place: Place[_Told]) -> tuple[int, int]:
    return place.end - place.start - len(place.spans), -len(place.spans)


def _same(topic: Topic) -> str:
    """What two topics that are one thing have in common."""
    return (topic.same_as if isinstance(topic, SideEffect) else None) or topic.id
