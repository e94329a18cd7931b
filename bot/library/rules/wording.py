"""Rules on English copy: what a sentence may claim, advise and count."""

import re
from collections.abc import Iterator

from bot.library.copytext import Line
from bot.library.library import Edition, names_of
from bot.library.models import Medicine
from bot.library.problems import Problem
from bot.library.rules.bans import ADVICE, BANS, BANS_WHERE_URGENT, MEDICINE, sentences
from bot.library.rules.desk import Copy, Desk

LANGUAGE = "en"
LONGEST_SENTENCE = 20  # words
NOTHING = "(?!)"  # fits no text
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
    names = _medicine_names(desk.edition)
    for path, line in _all_english(desk):
        for ban in BANS_WHERE_URGENT if path.endswith("/urgent.yaml") else BANS:
            text = names.sub(MEDICINE, line.text) if ban is ADVICE else line.text
            for found in ban.found(text):
                yield desk.problem(path, line.at, f"{found.strip()!r}: {ban.message}")


def sentences_are_short(desk: Desk) -> Iterator[Problem]:
    """A sentence has at most twenty words."""
    for path, line in _all_english(desk):
        for sentence in sentences(line.text):
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


def _medicine_names(edition: Edition) -> re.Pattern[str]:
    """The names of medicines but for abbreviations, longest first."""
    medicines = edition.of_kind(Medicine)
    names = {name for medicine in medicines for name in names_of(medicine) if len(name) > 3}
    ranked = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ranked)) or NOTHING})\b", re.IGNORECASE)


def _all_english(desk: Desk) -> Iterator[tuple[str, Line]]:
    if desk.edition.language == LANGUAGE:
        yield from ((path, line) for path, _, line in desk.copy())
        yield from desk.own_words()


def _english(desk: Desk) -> Iterator[Copy]:
    return desk.copy() if desk.edition.language == LANGUAGE else iter(())
