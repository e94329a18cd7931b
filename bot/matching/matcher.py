"""The reading of a message: which topics it means, and how sure that is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from bot.library.library import Edition
from bot.library.models import Basic, Guide, Medicine, SideEffect, SmallTalk, Topic
from bot.matching.cues import Judge
from bot.matching.fixed import FixedMatcher
from bot.matching.index import Hit, Index
from bot.matching.meaning import Found, How, Meaning
from bot.matching.normalise import Words, read
from bot.matching.search import Search
from bot.matching.signs import Place, Signs
from bot.matching.spelling import is_slip
from bot.matching.urgent import UrgentMatcher

MOST_GUESSES = 5
MOST_BY_WORDS = 2  # side effects that a message may mean without naming one
WIDEST = 9  # words: what stands further apart does not belong together
MANY = 3  # a name of so many topics ("steroids") is offered, not answered
QUESTION = ("?", "anyone", "any one", "does", "do", "is", "can", "what", "how", "why", "has", "who")


class Matcher:
    """Reads messages for one edition. Built once, then only read: safe to share."""

    def __init__(self, edition: Edition) -> None:
        self._index = Index(edition)
        self._edition = edition
        self._judge = Judge(edition.cues)
        self._lay = Signs(
            ((written, topic) for topic in edition.topics.values() for written in topic.lay), {}
        )
        self._urgent = UrgentMatcher.of(edition)
        self._fixed = FixedMatcher(edition.fixed)
        self._small_talk: dict[tuple[str, ...], SmallTalk] = {
            read(said).words: talk
            for talk, sayings in edition.cues.small_talk.items()
            for said in sayings
        }

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
        words = read(text, cut)
        if forwarded:
            return Meaning(urgent=self._urgent.find(words))
        meaning = self._topics_of(words, alone)
        return replace(meaning, urgent=self._urgent.find(words), fixed=self._fixed.find(words))

    def _topics_of(self, words: Words, alone: bool) -> Meaning:
        hits = self._index.find(words)
        fits = [place for place in self._lay.find(words) if self._is_said(place, words)]
        effects = _tightest(words, [fit for fit in fits if not isinstance(fit.meant, Guide)])
        lay = effects + _tightest(words, [fit for fit in fits if isinstance(fit.meant, Guide)])[:1]
        drawn_out = [hit for hit in hits if _is_drawn_out_medicine(hit, words)]
        hits = [hit for hit in hits if hit not in drawn_out]
        misspelt = [*drawn_out, *self._index.find_misspelt(words, _covered([*hits, *drawn_out]))]
        hits = [hit for hit in hits if not any(_is_within(hit, longer) for longer in misspelt)]
        if not (hits or lay or misspelt):
            return Meaning(small_talk=self._small_talk.get(words.words), question=_asks(words))
        return self._weighed(words, hits, lay, misspelt, alone)

    def _weighed(
        self, words: Words, hits: list[Hit], lay: list[Found], misspelt: list[Hit], alone: bool
    ) -> Meaning:
        whole = alone and len(hits) == 1 and hits[0].end - hits[0].start == len(words.words)
        asked = whole or _asks(words)
        found: list[Found] = []
        guesses: list[Found] = []
        dropped: list[Found] = []
        everything = [*hits, *misspelt]
        for hit in hits:
            means_it = self._judge.means_it(hit, words, everything, bool(lay))
            if _is_basic(hit) and hit.name.weak:
                means_it = asked
            if not (means_it or whole):
                dropped.extend(self._each(words, hit, How.UNSURE))
            elif len(hit.name.topics) >= MANY:
                guesses.extend(self._each(words, hit, How.SHARED))
            else:
                found.extend(self._each(words, hit, How.NAME))
        for hit in misspelt:
            means_it = self._judge.means_it(hit, words, everything, bool(lay))
            sure = means_it and self._is_sure(hit, words)
            (found if sure else guesses).extend(self._each(words, hit, How.MISSPELT))
            guesses.extend(self._look_alikes(hit, words))
        if any(isinstance(one.topic, SideEffect) for one in found):
            lay = [one for one in lay if isinstance(one.topic, Guide)]
        found += lay
        return Meaning(
            found=_without_basics(self._backed(words, found)),
            guesses=tuple(dict.fromkeys(guesses)),
            dropped=tuple(dropped),
            small_talk=self._small_talk.get(words.words),
            question=_asks(words),
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

    def _is_said(self, place: Place[Topic], words: Words) -> bool:
        """Whether word groups stand there; one misspelt word alone says nothing."""
        known = self._index.corrector.is_known
        return place.end - place.start > 1 or known(words.words[place.start])

    def _is_sure(self, hit: Hit, words: Words) -> bool:
        """A misspelt condition or side effect is certain where it is a mere slip, and no other name
        is as near."""
        if any(isinstance(topic, Medicine) for topic in hit.name.topics):
            return False
        typed = words.words[hit.start : hit.end]
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


def _tightest(words: Words, places: Iterable[Place[Topic]]) -> list[Found]:
    """Of word groups that fit the same words, those whose words stand closest together."""
    ranked = sorted(places, key=lambda place: (place.end - place.start, -len(place.spans)))
    taken: set[int] = set()
    found: dict[str, Found] = {}
    for place in ranked:
        topic, here = place.meant, set(range(place.start, place.end))
        if len(found) == MOST_BY_WORDS:
            break
        if len(here) <= WIDEST and not here & taken and topic.id not in found:
            found[topic.id] = Found(topic, words.raw(place.start, place.end), How.WORDS)
            taken |= here
    return list(found.values())


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


def _asks(words: Words) -> bool:
    """Whether the text is a question, as far as that shows."""
    return "?" in words.text or bool(words.words and words.words[0] in QUESTION)
