"""Which of the names and descriptions that stand in a message count, and how sure that is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.library.library import Edition
from bot.library.models import Kind, Topic
from bot.matching.cues import Judge
from bot.matching.denying import Denier
from bot.matching.index import Hit, Index
from bot.matching.meaning import Found, How, Meaning
from bot.matching.normalise import Words, read
from bot.matching.sentences import Sentences
from bot.matching.signs import Place
from bot.matching.spelling import is_slip

MOST_GUESSES = 5
SHORTEST_SURE = 6  # letters: shorter words are too near to others ("alot", a clot)
A_SEARCH = 7  # words: so short a message asks for all that it names
MANY = 3  # a name of so many topics ("steroids") is offered, not answered


class Scales:
    """Weighs what was seen in messages against what else stands in them."""

    def __init__(self, edition: Edition, index: Index) -> None:
        self._index = index
        self._judge = Judge(edition.cues)
        self._denier = Denier(edition.cues)

    def weighed(
        self,
        words: Words,
        sentences: Sentences,
        hits: list[Hit],
        described: list[Place[Topic]],
        misspelt: list[Hit],
        alone: bool,
    ) -> Meaning:
        """What they mean together. ``alone``: whether a weak name that is all there is counts."""
        whole = alone and len(hits) == 1 and hits[0].end - hits[0].start == len(words.words)
        effects = [place for place in described if place.meant.kind is not Kind.GUIDE]
        listed = _positions(hits, effects)
        only_guides = not effects and all(map(_is_minor, hits)) and not misspelt
        brief = len(words.words) <= A_SEARCH
        found: list[Found] = []
        guesses: list[Found] = []
        dropped: list[Found] = []
        everything = [*hits, *misspelt]
        topical = [hit for hit in everything if not _is_guide(hit)]  # "beer" makes no fridge ours
        for hit in hits:
            beside = topical if _is_guide(hit) else everything
            means_it = self._judge.means_it(hit, words, beside, bool(effects))
            if _is_basic(hit) and hit.name.weak:
                means_it = sentences.any_asks
            if _is_guide(hit) and not (brief or sentences.leads_to_question(hit.start)):
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
            if place.meant.kind is Kind.GUIDE:
                counts = only_guides or brief or sentences.leads_to_question(place.start)
            else:
                denied = self._denier.denies(words, place.start, listed)
                counts = not denied and not any(_is_told_by(hit, place) for hit in topical)
            if counts:
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
        only_guides = all(one.topic.kind is Kind.GUIDE for one in found)
        about_health = not only_guides and self._judge.is_about_health(words, said)
        if about_health or any(one.backed for one in found):
            return [replace(one, backed=True) for one in found]
        return found

    def _is_sure(self, hit: Hit, words: Words) -> bool:
        """A misspelt condition or side effect is certain where it is a mere slip, and no other name
        is as near."""
        if hit.name.may_be_medicine:
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
    return hit.name.kind is Kind.BASIC


def _without_basics(found: Iterable[Found]) -> tuple[Found, ...]:
    """Without how medicines work and are given, where something is named that people ask about."""
    everything = tuple(found)
    asked = tuple(one for one in everything if one.topic.kind is not Kind.BASIC)
    return asked or everything


def is_slip_or_same(word: str, meant: str) -> bool:
    """Whether ``word`` is ``meant`` or a slip of it."""
    return word == meant or is_slip(word, meant)


def _is_told_by(hit: Hit, place: Place[Topic]) -> bool:
    """Whether a name says all that a description does; one of several words knows better."""
    overlap = hit.start < place.end and place.start < hit.end
    longer = hit.end - hit.start > 1 and not _is_basic(hit)
    return overlap and (longer or place.end - place.start == 1)


def _is_guide(hit: Hit) -> bool:
    return hit.name.kind is Kind.GUIDE


def _is_minor(hit: Hit) -> bool:
    """Whether it is a guide, or tells how medicines work: beside it a guide may be meant."""
    return _is_guide(hit) or _is_basic(hit)


def _is_effect(hit: Hit) -> bool:
    return hit.name.kind is Kind.SIDE_EFFECT


def _positions(hits: Iterable[Hit], places: Iterable[Place[Topic]]) -> set[int]:
    """Where words of side effects stand."""
    named = {at for hit in hits if _is_effect(hit) for at in range(hit.start, hit.end)}
    return named | {at for place in places for at in range(place.start, place.end)}
