"""What must hold of ``urgent.yaml``: its examples raise what they say, or nothing."""

from collections.abc import Iterator

from bot.library import Edition, Library, Problem
from bot.library.models import Flag
from bot.matching.normalise import read
from bot.matching.urgent import UrgentMatch, UrgentMatcher


def urgent_problems(library: Library) -> list[Problem]:
    """Every example of a red flag, in every language, that means something else."""
    return [
        Problem(f"{edition.language}/urgent.yaml", 0, message)
        for edition in library.editions.values()
        for message in _messages(edition)
    ]


def _messages(edition: Edition) -> Iterator[str]:
    matcher = UrgentMatcher.of(edition)
    for flag in edition.urgent.flags:
        yield from (f"{flag.id}: {message}" for message in _misread(matcher, flag))


def _misread(matcher: UrgentMatcher, flag: Flag) -> Iterator[str]:
    for name, examples, wanted in (("matches", flag.matches, flag.id), ("quiet", flag.quiet, None)):
        for example in examples:
            match = matcher.find(read(example))
            if (match and match.flag_id) != wanted:
                yield f"{name}: {example!r} raises {_told(match)}"


def _told(match: UrgentMatch | None) -> str:
    return f"{match.flag_id}, by {match.words_that_meant_it!r}" if match else "nothing"
