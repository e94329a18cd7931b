"""What must hold of ``fixed.yaml``: its examples mean what they say, its texts are fit to read."""

from collections.abc import Iterator

from bot.library import Edition, Library, Problem
from bot.library.models import FixedAnswer, FixedKind, Guide
from bot.library.rules.grade import HIGHEST, grade, known_names
from bot.library.rules.wording import LANGUAGE
from bot.matching.fixed import FixedMatch, FixedMatcher
from bot.matching.normalise import read

FEWEST_EXAMPLES = 10


def fixed_problems(library: Library) -> list[Problem]:
    """Every problem of the fixed answers of every language, each once."""
    return [
        Problem(f"{edition.language}/fixed.yaml", 1, message)
        for edition in library.editions.values()
        for message in _messages(edition)
    ]


def _messages(edition: Edition) -> Iterator[str]:
    matcher = FixedMatcher.of(edition)
    for kind, answer in edition.fixed.answers.items():
        if not isinstance(edition.topics.get(answer.guide), Guide):
            yield f"{kind}: no guide {answer.guide!r}"
        yield from (f"{kind}: {message}" for message in _too_few(answer))
        yield from (f"{kind}: {message}" for message in _misread(matcher, kind, answer))
        if edition.language == LANGUAGE:
            yield from (f"{kind}: {message}" for message in _unfit(edition, answer.text))


def _too_few(answer: FixedAnswer) -> Iterator[str]:
    for name, examples in (("matches", answer.matches), ("quiet", answer.quiet)):
        if len(set(examples)) < FEWEST_EXAMPLES:
            yield f"{name}: {len(set(examples))} examples, at least {FEWEST_EXAMPLES} are needed"


def _misread(matcher: FixedMatcher, kind: FixedKind, answer: FixedAnswer) -> Iterator[str]:
    """Examples that do not mean what their list says."""
    wanted = {
        "matches": (answer.matches, (kind, True)),
        "with_a_topic": (answer.with_a_topic, (kind, False)),
        "quiet": (answer.quiet, None),
    }
    for name, (examples, meaning) in wanted.items():
        for example in examples:
            match = matcher.find(read(example))
            if (match and (match.kind, match.sure)) != meaning:
                yield f"{name}: {example!r} means {_told(match)}"


def _told(match: FixedMatch | None) -> str:
    if match is None:
        return "nothing"
    how = "sure" if match.sure else "with a topic"
    return f"{match.kind}, {how}: {match.words_that_meant_it!r}"


def _unfit(edition: Edition, text: str) -> Iterator[str]:
    """An answer is as easy to read as a card; what it may say is held by the library's rules."""
    found = grade(text, known_names(edition))
    if found > HIGHEST:
        yield f"reading grade {found:.1f}, at most {HIGHEST:.0f}: shorter words, sentences"
