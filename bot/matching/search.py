"""``/find`` and inline mode: every topic that fits some words, best first."""

from collections import Counter
from collections.abc import Set
from typing import TypeVar

from bot.library.copytext import lines_of
from bot.library.everyday import rank
from bot.library.library import Edition, names_of
from bot.library.models import Topic
from bot.matching.index import Index
from bot.matching.normalise import read

WHOLE_NAME, IN_NAME, BEGINS_NAME, IN_TEXT = 100, 30, 20, 3
WORST = 50  # a topic that fits so many times less well than the best is left out
COMMON = 0.25  # a word that more of the topics have than this says nothing
LITTLE = 150  # the words that English uses most ("my", "his", "get") say nothing either
Key = TypeVar("Key")


class Search:
    """The words of one edition's topics: of their names, and of their texts."""

    def __init__(self, edition: Edition, index: Index) -> None:
        self._edition = edition
        self._index = index
        self._whole: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._named: dict[str, tuple[str, ...]] = {}
        self._said: dict[str, tuple[str, ...]] = {}
        for topic in edition.topics.values():
            names = {read(name).stems for name in names_of(topic)}
            _note(self._whole, names, topic)
            _note(self._named, {stem for stems in names for stem in stems}, topic)
            lines = (read(line.text).stems for line in lines_of(topic))
            _note(self._said, {stem for stems in lines for stem in stems}, topic)

    def find(self, text: str) -> tuple[Topic, ...]:
        """The topics that fit ``text``, best first; all of its words count, misspelt ones too."""
        stems = read(text).stems
        scores: Counter[str] = Counter(dict.fromkeys(self._whole.get(stems, ()), WHOLE_NAME))
        for stem in stems:
            found = self._of_word(stem)
            says_much = len(found) <= COMMON * len(self._edition.topics) and rank(stem) >= LITTLE
            if says_much or len(stems) == 1:
                scores.update(found)
        topics = self._edition.topics
        ranked = sorted(scores, key=lambda topic: (-scores[topic], topics[topic].title.casefold()))
        best = scores[ranked[0]] if ranked else 0
        return tuple(topics[topic] for topic in ranked if scores[topic] * WORST >= best)

    def _of_word(self, stem: str) -> Counter[str]:
        scores: Counter[str] = Counter()
        if stem not in self._named and stem not in self._said:
            near = self._index.corrector.near(stem)
            stem = near[0] if near else stem
        for topic in self._said.get(stem, ()):
            scores[topic] = IN_TEXT
        if len(stem) > 2:
            for word, topics in self._named.items():
                if word.startswith(stem):
                    for topic in topics:
                        scores[topic] = max(scores[topic], BEGINS_NAME)
        for topic in self._named.get(stem, ()):
            scores[topic] = IN_NAME
        return scores


def _note(index: dict[Key, tuple[str, ...]], keys: Set[Key], topic: Topic) -> None:
    for key in keys:
        index[key] = (*index.get(key, ()), topic.id)
