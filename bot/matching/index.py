"""Every name of every topic, found in a text: longest first, on word borders."""

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from bot.library.everyday import MOST_USED, is_english, rank
from bot.library.library import Edition, names_of
from bot.library.models import Kind, Topic
from bot.library.names import key
from bot.matching.normalise import Words, read
from bot.matching.spelling import SHORTEST, Corrector

LONGEST_LEAD = 3  # so many words of a name may stand before the misspelt one
SHORTEST_JOINED = 6  # letters
SHORTEST_PIECE = 2  # letters
MOST_ODD = 50  # words of a message; more are another language, or noise
LONGEST_MARK = 4  # letters: shorter names are somebody else's abbreviation too
NAMED = (Kind.CONDITION, Kind.MEDICINE)  # what people call by a name, and do not describe
NOT_SO_RARE = 12_000  # a single English word among these may mean something else
# Before one of these a misspelling may even be an English word: "crowns disease".
LAST_WORDS = {"disease", "syndrome", "arthritis", "colitis", "sclerosis", "angioedema"}


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one or more topics.

    ``weak`` names count only beside something else about health; an ``abbreviation`` is written in
    capitals; an ``everyday`` word counts in lower case only beside a topic. An ``english_mark`` is
    an abbreviation that is an English word too ("CAPS"). The name of a condition or a medicine is
    ``unmistakable`` where it is long, and its title or no English word. ``kind``: that of all the
    topics, where they are of one.
    """

    written: str
    topics: tuple[Topic, ...]
    weak: bool
    abbreviation: bool
    everyday: bool
    english_mark: bool
    unmistakable: bool
    kind: Kind | None

    @property
    def may_be_medicine(self) -> bool:
        """Whether any of the topics is a medicine."""
        return any(topic.kind is Kind.MEDICINE for topic in self.topics)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a text, from word ``start`` to before ``end``; ``slips``: misspelt words."""

    name: Name
    start: int
    end: int
    slips: int = 0


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    name: Name | None = None


class Index:
    """The names of one edition, as a tree of words."""

    def __init__(self, edition: Edition) -> None:
        self._root = _Node()
        by_words: dict[tuple[str, ...], list[tuple[Topic, str]]] = {}
        for topic in edition.topics.values():
            for written in dict.fromkeys(names_of(topic)):
                for words in _spellings(topic, written):
                    by_words.setdefault(words, []).append((topic, written))
        for words, bearers in by_words.items():
            self._plant(words, _name(words, bearers))
        self.names = tuple(by_words)
        self.corrector = Corrector(
            word
            for words, bearers in by_words.items()
            for word in words
            if not all(_is_run_together(words, *bearer) for bearer in bearers)
        )

    def may_be_misspelt(self, word: str, stem: str) -> bool:
        """Whether a misspelt name may hang on ``word``."""
        if stem in LAST_WORDS:
            return True
        return self._is_odd(word) and bool(self.corrector.near(word))

    def may_go_on(self, word: str) -> bool:
        """Whether ``word`` may be the first piece of a name that was typed in two."""
        if len(word) < SHORTEST_PIECE:
            return False
        at = bisect_left(self._firsts, word)
        return at < len(self._firsts) and self._firsts[at].startswith(word)

    def is_typed_in_two(self, word: str, after: str) -> bool:
        """Whether two words are the pieces of a name, and one of them is no English word."""
        pieces = (word, after)
        whole = word + after
        if min(map(len, pieces)) < SHORTEST_PIECE or len(whole) < SHORTEST_JOINED:
            return False
        node = self._root.next.get(whole)
        known = self.corrector.is_known
        return bool(node and node.name) and not all(map(known, pieces))

    @cached_property
    def _firsts(self) -> list[str]:
        return sorted(self._root.next)

    def _is_odd(self, word: str) -> bool:
        """Whether nobody knows ``word``, and it is long enough to be a misspelling."""
        return len(word) >= SHORTEST and not word.isdecimal() and not self.corrector.is_known(word)

    def find(self, words: Words, places: Iterable[int] | None = None) -> list[Hit]:
        """The names in ``words``, longest first, none within another; or only those that begin at
        one of ``places``, in order."""
        root = self._root.next
        hits: list[Hit] = []
        end = 0
        for at in range(len(words.words)) if places is None else places:
            if at >= end and (words.words[at] in root or words.stems[at] in root):
                end, name = _farthest(self._root, words, at)
                if name:
                    hits.append(Hit(name, at, end))
        return hits

    def find_misspelt(
        self, words: Words, taken: set[int], places: Container[int] | None = None
    ) -> Iterator[Hit]:
        """Names of which a word is misspelt; words in ``taken`` stand for something already. Those
        that were typed in two may begin at ``places``, or anywhere."""
        after = odd = 0
        for at, word in enumerate(words.words):
            if at < after:
                continue
            best = None
            if places is None or at in places:
                best = self._in_two(words, at, taken)
            if at not in taken and (_is_before_an_end(words, at) or self._is_odd(word)):
                odd += 1
                best = self._likeliest(words, at, best)
            if odd > MOST_ODD:
                return
            if best:
                yield best
                after = best.end

    def _likeliest(self, words: Words, at: int, best: Hit | None) -> Hit | None:
        """The longest name, with the fewest slips, that the odd word at ``at`` is part of."""
        for start in range(max(0, at - LONGEST_LEAD), at + 1):
            for hit in self._walk_misspelt(words, start, self._root, start, 0):
                if hit.slips and hit.end > at and (best is None or _better(hit, best)):
                    best = hit
        return best

    def _in_two(self, words: Words, at: int, taken: set[int]) -> Hit | None:
        """A name that was typed in two pieces, the first at ``at``: "methotrex ate"."""
        if at + 1 == len(words.words) or not taken.isdisjoint((at, at + 1)):
            return None
        pieces = words.words[at : at + 2]
        if not (self.may_go_on(pieces[0]) and self.is_typed_in_two(*pieces)):
            return None
        name = self._root.next["".join(pieces)].name
        return Hit(name, at, at + 2, 1) if name else None

    def near(self, word: str) -> tuple[Name, ...]:
        """The names of one word that ``word`` may be a misspelling of, likeliest first."""
        nodes = (self._root.next.get(near) for near in self.corrector.near(word))
        return tuple(node.name for node in nodes if node and node.name)

    def _walk_misspelt(
        self, words: Words, start: int, node: _Node, at: int, slips: int
    ) -> Iterator[Hit]:
        if at >= len(words.words) or slips > 2:
            return
        for wanted, cost in self._readings(words, at, node):
            child = node.next.get(wanted)
            if child is None:
                continue
            if child.name:
                yield Hit(child.name, start, at + 1, slips + cost)
            yield from self._walk_misspelt(words, start, child, at + 1, slips + cost)

    def _readings(self, words: Words, at: int, node: _Node) -> Iterator[tuple[str, int]]:
        """The words that the word at ``at`` may stand for, with what that costs."""
        word, stem = words.words[at], words.stems[at]
        yield from ((reading, 0) for reading in dict.fromkeys((stem, word)))
        inside_a_name = node is not self._root or _is_before_an_end(words, at)
        if inside_a_name or not self.corrector.is_known(word):
            for near in self.corrector.near(word)[:4]:
                if near not in (stem, word):
                    yield near, 1

    def _plant(self, words: tuple[str, ...], name: Name) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        node.name = name


def _farthest(node: _Node, words: Words, at: int) -> tuple[int, Name | None]:
    """The longest name on from ``node`` by words or stems, and the position after it."""
    end, name = at, node.name
    if node.next and at < len(words.words):
        word, stem = words.words[at], words.stems[at]
        for reading in (word,) if word == stem else (word, stem):
            child = node.next.get(reading)
            if child:
                farther, longer = _farthest(child, words, at + 1)
                if longer and (name is None or farther > end):
                    end, name = farther, longer
    return end, name


def _is_before_an_end(words: Words, at: int) -> bool:
    return at + 1 < len(words.words) and words.stems[at + 1] in LAST_WORDS


def _spellings(topic: Topic, written: str) -> Iterator[tuple[str, ...]]:
    """The words of a name as they stand, joined, and for medicines without stems."""
    found = read(written)
    words = found.words if topic.kind is Kind.MEDICINE else found.stems
    if len(words) == 1 and rank(words[0]) < MOST_USED <= rank(found.words[0]):
        words = found.words  # "stills" is a name, its stem "still" is an everyday word
    if not words:
        return
    yield words
    joined = "".join(words)
    if len(words) > 1 and (len(joined) >= SHORTEST_JOINED or not joined.isalpha()):
        yield (joined,)


def _is_run_together(words: tuple[str, ...], topic: Topic, written: str) -> bool:
    """Whether it is a description in one word ("newlump"), which nobody means to write."""
    named = topic.kind in NAMED
    return not named and len(words) == 1 and len(read(written).words) > 1


def _name(words: tuple[str, ...], bearers: list[tuple[Topic, str]]) -> Name:
    topics = {topic.id: topic for topic, _ in bearers}
    kinds = {topic.kind for topic, _ in bearers}
    written = bearers[0][1]
    mark = written.isupper() and len(words) == 1
    return Name(
        written=written,
        topics=tuple(topics.values()),
        weak=any(_is_weak(topic, name, words) for topic, name in bearers),
        abbreviation=mark,
        english_mark=mark and rank(read(written).words[0]) < NOT_SO_RARE,
        everyday=len(words) == 1 and rank(words[0]) < MOST_USED,
        unmistakable=all(_is_unmistakable(topic, name, words) for topic, name in bearers),
        kind=kinds.pop() if len(kinds) == 1 else None,
    )


@lru_cache(maxsize=1024)
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(key, names))


def _is_weak(topic: Topic, written: str, words: tuple[str, ...]) -> bool:
    if topic.ambiguous and key(written) in _keys(topic.ambiguous):
        return True
    if topic.kind is Kind.GUIDE:
        return True
    if topic.kind is Kind.MEDICINE:
        return False
    if len(words) > 1:
        return False
    return topic.kind is Kind.BASIC or rank(words[0]) < NOT_SO_RARE or len(words[0]) < 4


def _is_unmistakable(topic: Topic, written: str, words: tuple[str, ...]) -> bool:
    if topic.kind not in NAMED or _is_weak(topic, written, words):
        return False
    in_full = key(written) in _keys((topic.title, topic.title.partition(" (")[0]))
    return len("".join(words)) > LONGEST_MARK and (in_full or not all(map(is_english, words)))


def _better(one: Hit, other: Hit) -> bool:
    return (one.end - one.start, -one.slips) > (other.end - other.start, -other.slips)
