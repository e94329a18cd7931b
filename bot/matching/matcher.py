"""The reading of a message: which topics it means, and how sure that is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from bot.library.library import Edition
from bot.library.models import Basic, Guide, Medicine, SideEffect, SmallTalk, Topic
from bot.matching.cues import Judge
from bot.matching.denying import Denier
from bot.matching.described import Described
from bot.matching.fixed import FixedMatcher
from bot.matching.glance import Glance
from bot.matching.index import Hit, Index
from bot.matching.layers import Flags, Names, Slips
from bot.matching.meaning import Found, How, Meaning
from bot.matching.normalise import Words, compared, read
from bot.matching.search import Search
from bot.matching.sentences import Asking, Sentences
from bot.matching.signs import Place
from bot.matching.spelling import is_slip
from bot.matching.urgent import UrgentMatcher

NAMED, MISSPELT, DESCRIBED, URGENT, FIXED = 1, 2, 4, 8, 16  # the layers, as bits
TOPICS = NAMED | MISSPELT | DESCRIBED
EVERYTHING = TOPICS | URGENT | FIXED
NOTHING = Meaning()
MOST_GUESSES = 5
BRIEF = 7  # words of a question that is about medicine, in private, whatever else it may be about
SHORTEST_SURE = 6  # letters: shorter words are too near to others ("alot", a clot)
MANY = 3  # a name of so many topics ("steroids") is offered, not answered


class Matcher:
    """Reads messages for one edition. Built once, then only read: safe to share."""

    def __init__(self, edition: Edition) -> None:
        self._index = Index(edition)
        self._edition = edition
        self._judge = Judge(edition.cues)
        self._described = Described(edition, self._index.corrector)
        self._denier = Denier(edition.cues)
        self._asking = Asking(edition.cues)
        self._urgent = UrgentMatcher.of(edition)
        self._fixed = FixedMatcher.of(edition)
        self._small_talk: dict[tuple[str, ...], SmallTalk] = {
            read(said).words: talk
            for talk, sayings in edition.cues.small_talk.items()
            for said in sayings
        }
        self._longest_talk = max(map(len, self._small_talk), default=0)
        self._glance = Glance(
            [
                (NAMED, Names(self._index)),
                (MISSPELT, Slips(self._index)),
                (DESCRIBED, self._described.triggers),
                (URGENT, Flags(self._urgent)),
                (FIXED, self._fixed.triggers),
            ]
        )

    @cached_property
    def search(self) -> Search:
        """What ``/find`` and inline mode look things up with."""
        return Search(self._edition, self._index)

    def warm(self) -> None:
        """Build now what would be built when it is first needed."""
        self.search.find("zzzzzz")
        self.read("zzzzzz")

    def read(
        self,
        text: str,
        cut: Sequence[tuple[int, int]] = (),
        *,
        alone: bool = True,
        forwarded: bool = False,
    ) -> Meaning:
        """What ``text`` means; ``cut`` are spans that do not count (quotes, code).

        ``alone``: whether a weak name that is the whole message counts, as it does in private.
        ``forwarded``: somebody else's words, of which only a red flag counts.
        """
        layers, typed = (EVERYTHING, []) if cut else self._glance.look(text)
        if not layers:
            return self._smalltalk(typed)
        return self.read_whole(text, cut, layers, alone=alone, forwarded=forwarded)

    def read_whole(
        self,
        text: str,
        cut: Sequence[tuple[int, int]] = (),
        layers: int = EVERYTHING,
        *,
        alone: bool = True,
        forwarded: bool = False,
    ) -> Meaning:
        """Like ``read``, without a glance before: all that stands in ``layers`` is looked for."""
        words = read(text, cut)
        urgent = self._urgent.find(words) if layers & URGENT else None
        if forwarded:
            return Meaning(urgent=urgent)
        sentences = Sentences(words, self._asking)
        topics = self._topics_of(words, sentences, alone, layers) if layers & TOPICS else NOTHING
        fixed = self._fixed.find(words) if layers & FIXED else None
        if fixed and alone and len(words.words) <= BRIEF:
            fixed = replace(fixed, sure=True)
        return replace(
            topics,
            urgent=urgent,
            fixed=fixed,
            small_talk=self._small_talk.get(words.words),
            question=bool(urgent or fixed or topics is not NOTHING) and sentences.any_asks,
        )

    def may_concern(self, text: str) -> bool:
        """Whether a glance at ``text`` shows anything that must be looked into."""
        return bool(self._glance.look(text)[0])

    @property
    def words_kept(self) -> int:
        """How many words and pairs of words are known by sight."""
        return self._glance.kept

    def _smalltalk(self, typed: Sequence[str]) -> Meaning:
        """What a text means that is about nothing of ours."""
        if len(typed) > self._longest_talk:
            return NOTHING
        talk = self._small_talk.get(tuple(compared(word)[0] for word in typed))
        return Meaning(small_talk=talk) if talk else NOTHING

    def _topics_of(self, words: Words, sentences: Sentences, alone: bool, layers: int) -> Meaning:
        hits = self._index.find(words) if layers & NAMED else []
        drawn_out = [hit for hit in hits if _is_drawn_out_medicine(hit, words)]
        hits = [hit for hit in hits if hit not in drawn_out]
        misspelt = list(drawn_out)
        if layers & MISSPELT:
            misspelt += self._index.find_misspelt(words, _covered([*hits, *drawn_out]))
        hits = [hit for hit in hits if not any(_is_within(hit, longer) for longer in misspelt)]
        described = self._described.find(words, sentences) if layers & DESCRIBED else []
        if not (hits or described or misspelt):
            return NOTHING
        return self._weighed(words, sentences, hits, described, misspelt, alone)

    def _weighed(
        self,
        words: Words,
        sentences: Sentences,
        hits: list[Hit],
        described: list[Place[Topic]],
        misspelt: list[Hit],
        alone: bool,
    ) -> Meaning:
        whole = alone and len(hits) == 1 and hits[0].end - hits[0].start == len(words.words)
        effects = [place for place in described if not isinstance(place.meant, Guide)]
        listed = _positions(hits, effects)
        only_guides = not effects and all(map(_is_guide, hits)) and not misspelt
        found: list[Found] = []
        guesses: list[Found] = []
        dropped: list[Found] = []
        everything = [*hits, *misspelt]
        for hit in hits:
            means_it = self._judge.means_it(hit, words, everything, bool(effects))
            if _is_basic(hit) and hit.name.weak:
                means_it = sentences.any_asks
            if _is_guide(hit) and not sentences.asks(hit.start):
                means_it = means_it and only_guides
            if _is_effect(hit) and self._denier.denies(words, hit.start, listed):
                means_it = False
            if not (means_it or whole):
                dropped.extend(self._each(words, hit, How.UNSURE))
            elif len(hit.name.topics) >= MANY:
                guesses.extend(self._each(words, hit, How.SHARED))
            else:
                found.extend(self._each(words, hit, How.NAME))
        for hit in misspelt:
            means_it = self._judge.means_it(hit, words, everything, bool(effects))
            sure = means_it and self._is_sure(hit, words)
            (found if sure else guesses).extend(self._each(words, hit, How.MISSPELT))
            guesses.extend(self._look_alikes(hit, words))
        for place in described:
            if isinstance(place.meant, Guide):
                counts = only_guides or sentences.asks(place.start)
            else:
                counts = not self._denier.denies(words, place.start, listed)
            if counts and not any(_is_told_by(hit, place) for hit in hits):
                raw = words.raw(place.start, place.end)
                found.append(Found(place.meant, raw, How.WORDS))
        return Meaning(
            found=_without_basics(self._backed(words, found)),
            guesses=tuple(dict.fromkeys(guesses)),
            dropped=tuple(dropped),
        )

    def _each(self, words: Words, hit: Hit, how: How) -> Iterator[Found]:
        plain = how is How.NAME and hit.name.unmistakable
        for topic in hit.name.topics:
            yield Found(topic, words.raw(hit.start, hit.end), how, plain)

    def _backed(self, words: Words, found: list[Found]) -> list[Found]:
        """``found``, all of it backed where one name is unmistakable or the rest of the message is
        about health."""
        if not found or all(one.backed for one in found):
            return found
        said = {word for one in found for word in read(one.words).words}
        only_guides = all(isinstance(one.topic, Guide) for one in found)
        about_health = not only_guides and self._judge.is_about_health(words, said)
        if about_health or any(one.backed for one in found):
            return [replace(one, backed=True) for one in found]
        return found

    def _is_sure(self, hit: Hit, words: Words) -> bool:
        """A misspelt condition or side effect is certain where it is a mere slip, and no other name
        is as near."""
        if any(isinstance(topic, Medicine) for topic in hit.name.topics):
            return False
        typed = words.words[hit.start : hit.end]
        if sum(map(len, typed)) < SHORTEST_SURE:
            return False
        meant = read(hit.name.written).words
        if len(meant) == len(typed) and not all(map(is_slip_or_same, typed, meant)):
            return False
        near = self._index.near(typed[0]) if len(typed) == 1 else ()
        return all(name.topics == hit.name.topics for name in near[:2])

    def _look_alikes(self, hit: Hit, words: Words) -> Iterator[Found]:
        """Every name that a misspelt word comes near to: look-alikes are offered together."""
        for at in range(hit.start, hit.end):
            for name in self._index.near(words.words[at])[:MOST_GUESSES]:
                for topic in name.topics:
                    yield Found(topic, words.raw(at, at + 1), How.MISSPELT)


def _is_basic(hit: Hit) -> bool:
    return all(isinstance(topic, Basic) for topic in hit.name.topics)


def _without_basics(found: Iterable[Found]) -> tuple[Found, ...]:
    """Without how medicines work and are given, where something is named that people ask about."""
    everything = tuple(found)
    asked = tuple(one for one in everything if not isinstance(one.topic, Basic))
    return asked or everything


def is_slip_or_same(word: str, meant: str) -> bool:
    """Whether ``word`` is ``meant`` or a slip of it."""
    return word == meant or is_slip(word, meant)


def _is_drawn_out_medicine(hit: Hit, words: Words) -> bool:
    """A medicine with a letter too many ("humirrra") is a misspelling, and so a guess."""
    medicine = any(isinstance(topic, Medicine) for topic in hit.name.topics)
    return medicine and not words.drawn_out.isdisjoint(range(hit.start, hit.end))


def _is_within(hit: Hit, longer: Hit) -> bool:
    return longer.start <= hit.start and hit.end <= longer.end


def _covered(hits: list[Hit]) -> set[int]:
    return {at for hit in hits for at in range(hit.start, hit.end)}


def _is_told_by(hit: Hit, place: Place[Topic]) -> bool:
    """Whether a name says all that a description does; one of several words knows better."""
    overlap = hit.start < place.end and place.start < hit.end
    longer = hit.end - hit.start > 1 and not (_is_guide(hit) or _is_basic(hit))
    return overlap and (longer or place.end - place.start == 1)


def _is_guide(hit: Hit) -> bool:
    return all(isinstance(topic, Guide) for topic in hit.name.topics)


def _is_effect(hit: Hit) -> bool:
    return all(isinstance(topic, SideEffect) for topic in hit.name.topics)


def _positions(hits: Iterable[Hit], places: Iterable[Place[Topic]]) -> set[int]:
    """Where words of side effects stand."""
    named = {at for hit in hits if _is_effect(hit) for at in range(hit.start, hit.end)}
    return named | {at for place in places for at in range(place.start, place.end)}
