"""What copy may not say: doses, advice to stop or start, promises.

A ban looks at claims and instructions, not at words alone: it is a pattern that is refused, and the
listed forms in which the same words are right. The tests hold both sides of each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(/])")


def sentences(text: str) -> Iterator[str]:
    """The sentences of ``text``; a new line begins a new one."""
    return (part for line in text.splitlines() for part in SENTENCE_END.split(line))


@dataclass(frozen=True)
class Ban:
    """``refused`` must not match what is left of a sentence without its ``permitted`` forms."""

    message: str
    refused: re.Pattern[str]
    permitted: tuple[re.Pattern[str], ...] = ()

    def found(self, text: str) -> Iterator[str]:
        """What is refused in ``text``, sentence by sentence."""
        for sentence in sentences(text):
            for form in self.permitted:
                sentence = form.sub(" ", sentence)
            yield from (match[0] for match in self.refused.finditer(sentence))


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


NUMBER = r"""(?: \d[\d.,]* | half (?: \s an? )? | one | two | three | four | five | six | seven
    | eight | nine | ten | twelve )"""
UNIT = r"""(?: mg | mcg | µg | μg | g | ml | cc | iu | (?: milli|micro )?gram(?:me)?s?
    | millilit(?:er|re)s? | units? | tablets? | capsules? | pills? | puffs? | sprays? | drops?
    | sachets? | vials? | pens? | (?: tea|table )?spoon (?:ful)? s? | doses? | injections? )"""
DOSE = Ban(
    "an amount of medicine; the bot never gives a dose",
    _words(
        rf"""\b {NUMBER} (?: \s* (?:-|–|to|or) \s* {NUMBER} )? \s* -? {UNIT} \b
        | \b (?: take | swallow | inject | use ) \s (?: a | an | another ) \s {UNIT} \b"""
    ),
)
NEGATED = r"(?: never | do \s not | don['’]t | not \s to | cannot | can['’]t | without )"
ACTS = r"""(?: stop (?:ping)? | quit | discontinu (?:e|ing) | com (?:e|ing) \s off | start (?:ing)?
    | restart (?:ing)? | skip (?:ping)? | miss (?:ing)? | leav (?:e|ing) \s out | delay (?:ing)?
    | doubl (?:e|ing) | halv (?:e|ing) | increas (?:e|ing) | reduc (?:e|ing)
    | cut (?:ting)? (?: \s down )? | switch (?:ing)? | chang (?:e|ing) | paus (?:e|ing) )"""
MEDICINE = "a medicine"  # stands for the name of one, before ADVICE is looked for
THINGS = r"(?: medicines? | doses? | treatment | injections? | tablets? | infusions? )"
WHOSE = r"(?: (?: this | the | your | a | an | any ) \s (?:\w+ \s)? (?: a \s )? )?"
ADVICE = Ban(
    "advice to stop, start, skip, double or switch; that is for the person's doctor",
    _words(
        rf"""(?: ^ \s* | [,;:] \s | \b(?: you \s (?:should|can|may|must|could) | just | please
            | then | and | or | to ) \s ) {ACTS} \s
        (?: taking | using | it\b | to \s an? (?:other)? \b | {WHOSE} {THINGS} ) \b
        | \b you \s (?: should | can | may | must | could ) \s {ACTS} (?= [.!,;:] | $ )
        | \b (?: do \s not | don['’]t | need \s not ) \s (?: take | use | inject )
            \s (?: it | (?: this | the | your ) \s (?:next \s)? {THINGS} ) \b
        | \b (?: take | inject | use ) \s (?: twice | double | a \s double | an \s extra )
            \s (?: as \s much | the )? \s* (?: {THINGS} )? \b"""
    ),
    (
        _words(
            rf"\b {NEGATED} \s (?:\w+ \s){{0,4}}? {ACTS} (?: \s \w+ ){{0,3}}?"
            rf" (?: \s or \s {ACTS} )? (?: \s \w+ ){{0,3}}"
        ),
        _words(
            rf"\b (?: when | how | why | (?: whether | before | if )"
            rf" (?: \s you (?: \s (?: should | can | may ) )? )? ) \s (?:to \s)?"
            rf"{ACTS} (?: , \s {ACTS} )* (?: \s or \s {ACTS} )? \b (?: \s \w+ ){{0,3}}"
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
        _words(r"\b best \s first \b"),
        _words(r"\b not \s (?:\w+ \s){0,2} mean \s (?:\w+ \s){0,3} safe \b"),
    ),
)
MEDICATION = Ban("say 'medicine', not 'medication'", _words(r"\b medications? \b"))
OWN_MEDICINE = Ban(
    "an emergency medicine; only urgent.yaml may say to use one's own, as one's plan says",
    _words(
        r"""\b (?: use | take | inject | give ) \s (?: [\w'’()]+ \s ){0,5}?
        (?: adrenaline | epinephrine | epipen | auto-?injector | reliever | inhaler
          | (?: rescue | emergency ) \s medicine ) \b"""
    ),
)
WITH_A_PLAN = Ban(
    OWN_MEDICINE.message,
    OWN_MEDICINE.refused,
    (
        _words(
            r"""\b use \s your \s own \s (?: HAE \s )? (?: emergency | rescue ) \s medicine
            \s as \s your \s plan \s says \b"""
        ),
    ),
)
BANS = (DOSE, ADVICE, CLAIM, MEDICATION, OWN_MEDICINE)
BANS_WHERE_URGENT = (DOSE, ADVICE, CLAIM, MEDICATION, WITH_A_PLAN)  # urgent.yaml
