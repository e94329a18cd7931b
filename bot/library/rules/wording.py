"""Rules on English copy: what a sentence may claim, advise and count.

They look at claims and instructions, not at words alone. Each rule is a pattern that is refused and
the listed forms in which the same words are right; the tests hold both sides of each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.library.models import Medicine
from bot.library.problems import Problem
from bot.library.rules.desk import Copy, Desk

LANGUAGE = "en"
LONGEST_SENTENCE = 20  # words
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])")


@dataclass(frozen=True)
class Ban:
    """``refused`` must not match what is left of a sentence without its ``permitted`` forms."""

    message: str
    refused: re.Pattern[str]
    permitted: tuple[re.Pattern[str], ...] = ()

    def found(self, text: str) -> Iterator[str]:
        """What is refused in ``text``, sentence by sentence."""
        for sentence in SENTENCE_END.split(text):
            for form in self.permitted:
                sentence = form.sub(" ", sentence)
            yield from (match[0] for match in self.refused.finditer(sentence))


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


NUMBER = r"(?: \d[\d.,]* | half | one | two | three | four | five | six )"
DOSE = Ban(
    "an amount of medicine; the bot never gives a dose",
    _words(
        rf"""\b {NUMBER} (?: \s* (?:-|–|to|or) \s* {NUMBER} )? \s* -?
        (?: mg | mcg | µg | g | ml | iu | (?: milli|micro )?grams? | millilit(?:er|re)s? | units?
          | tablets? | capsules? | pills? | puffs? | drops? | doses? | injections? ) \b"""
    ),
)
NEGATED = r"(?: never | do \s not | don['’]t | not \s to | cannot | can['’]t | without )"
ACTS = r"""(?: stop (?:ping)? | start (?:ing)? | skip (?:ping)? | doubl (?:e|ing) | switch (?:ing)?
    | paus (?:e|ing) | halv (?:e|ing) )"""
ADVICE = Ban(
    "advice to stop, start, skip, double or switch; that is for the person's doctor",
    _words(
        rf"""(?: ^ | [,;:] \s | \b(?: you \s (?:should|can|may|must|could) | just | please
            | then | and | or | to ) \s ) {ACTS} \s
        (?: taking | using | it\b | to \s another
          | (?: (?: this | the | your | a | an | any ) \s (?:\w+ \s)? )?
            (?: medicines? | doses? | treatment | injections? | tablets? | infusions? ) ) \b"""
    ),
    (
        _words(rf"\b {NEGATED} \s (?:\w+ \s){{0,4}}? {ACTS} (?: \s \w+ ){{0,3}}"),
        _words(
            rf"\b (?: whether | when | how | before \s you | if \s you | why ) \s"
            rf"(?:to \s)? {ACTS} \b (?: \s \w+ ){{0,3}}"
        ),
    ),
)
CLAIM = Ban(
    "a promise ('safe', 'best', 'miracle', 'cure')",
    _words(r"\b (?: safe (?:ly|r|st)? | best | miracles? | cure[ds]? | curing ) \b"),
    (
        _words(r"\b (?: no | not \s a | not \s the ) \s (?: known \s )? cures? \b (?: \s yet )?"),
        _words(r"\b (?: do | does | did | can | will ) (?: \s not | n['’]t | not ) \s cure \b"),
        _words(r"\b cannot \s be \s cured \b"),
        _words(r"\b not \s (?:\w+ \s){0,3} safe \b"),
        _words(r"\b not \s (?:\w+ \s){0,2} mean \s (?:\w+ \s){0,3} safe \b"),
    ),
)
MEDICATION = Ban("say 'medicine', not 'medication'", _words(r"\b medications? \b"))
BANS = (DOSE, ADVICE, CLAIM, MEDICATION)

FIGURE = re.compile(r"\d+ (?:in|of|out of)(?: every)? [\d,]+|\d+ ?%|\d+ percent", re.IGNORECASE)
# How often something happens, not what it is: "a rare brain infection" is no frequency.
FREQUENCY_WORD = re.compile(
    r"\b(?:is|are|was|were|be|very|quite|most) (?:un)?(?:common|rare)\b"
    r"|\b(?:un)?(?:common|rare) (?:side )?effects?\b|\b(?:commonly|rarely)\b",
    re.IGNORECASE,
)
BOXED = re.compile(r"\bboxed warning\b", re.IGNORECASE)
LABEL_PUBLISHERS = {"fda", "dailymed", "medlineplus", "ihs"}  # who shows what a US label says


def nothing_is_promised_or_prescribed(desk: Desk) -> Iterator[Problem]:
    """No dose, no advice on stopping or starting, no promise; "medicine", not "medication"."""
    for path, _, line in _english(desk):
        for ban in BANS:
            for found in ban.found(line.text):
                yield desk.problem(path, line.at, f"{found.strip()!r}: {ban.message}")


def sentences_are_short(desk: Desk) -> Iterator[Problem]:
    """A sentence has at most twenty words."""
    for path, _, line in _english(desk):
        for sentence in SENTENCE_END.split(line.text):
            words = len(sentence.split())
            if words > LONGEST_SENTENCE:
                message = f"a sentence of {words} words, at most {LONGEST_SENTENCE}: {sentence!r}"
                yield desk.problem(path, line.at, message)


def figures_name_their_source(desk: Desk) -> Iterator[Problem]:
    """Of a topic with several sources, a line with a share of people says which one has it."""
    for path, owner, line in _english(desk):
        figure = FIGURE.search(line.text)
        if figure and len(owner.sources) > 1 and not line.sources:
            message = f"{figure[0]!r}: which of the sources says so? Name it in this line"
            yield desk.problem(path, line.at, message)


def numbers_go_before_words(desk: Desk) -> Iterator[Problem]:
    """No bare "common" or "rare" on a medicine whose side effects have numbers."""
    for path, owner, line in _english(desk):
        word = FREQUENCY_WORD.search(line.text)
        if word and isinstance(owner, Medicine) and _has_numbers(owner):
            yield desk.problem(path, line.at, f"{word[0]!r}: the numbers at hand say more")


def boxed_warnings_are_verified(desk: Desk) -> Iterator[Problem]:
    """A US boxed warning is cited from somebody who shows what the US label says."""
    for path, owner, line in _english(desk):
        cited = line.sources or owner.sources
        known = (desk.edition.sources.get(source) for source in cited)
        publishers = {source.publisher for source in known if source}
        if BOXED.search(line.text) and not publishers & LABEL_PUBLISHERS:
            message = f"a boxed warning needs one of {', '.join(sorted(LABEL_PUBLISHERS))}"
            yield desk.problem(path, line.at, message)


def disclaimer_says_doctor(desk: Desk) -> Iterator[Problem]:
    """The disclaimer sends people to their doctor, in every form it has."""
    path = f"{desk.edition.language}/phrases.yaml"
    english = desk.edition.language == LANGUAGE
    if english and "doctor" not in desk.edition.phrases.disclaimer:
        yield desk.problem(path, ("disclaimer",), "the disclaimer must say 'doctor'")


def _has_numbers(medicine: Medicine) -> bool:
    return any(line.often for block in medicine.side_effects for line in block.lines)


def _english(desk: Desk) -> Iterator[Copy]:
    return desk.copy() if desk.edition.language == LANGUAGE else iter(())
