"""The sentences, clauses and quotations of a message, as an alarm is weighed in them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.nearby import Span
from bot.matching.normalise import Words

ENDS = re.compile(r"[.!?\n;]")
COMMA = re.compile(r"[,:–—()]| - ")
QUOTED = re.compile(r"\"[^\"\n]{1,300}\"|“[^”\n]{1,300}”|(?<!\w)['‘][^\n]{1,300}?['’](?!\w)")

Spans = Sequence[Span]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the message: from word ``start`` to before word ``end``."""

    start: int
    end: int

    def has(self, spans: Spans) -> bool:
        """Whether one of ``spans`` reaches into it."""
        return any(start < self.end and self.start < end for start, end in spans)


def parts_of(words: Words, but: frozenset[str]) -> tuple[list[int], list[int]]:
    """For each word the number of its sentence, and of its clause."""
    sentences, clauses = [], []
    sentence = clause = before = 0
    for word, (start, end) in zip(words.words, words.spans, strict=True):
        gap = words.text[before:start]
        if ENDS.search(gap):
            sentence, clause = sentence + 1, clause + 1
        elif word in but or COMMA.search(gap):
            clause += 1
        before = end
        sentences.append(sentence)
        clauses.append(clause)
    return sentences, clauses


def quotes_of(words: Words) -> list[Span]:
    """The words between quotation marks, as spans."""
    starts = [start for start, _ in words.spans]
    found = (match.span() for match in QUOTED.finditer(words.text))
    spans = ((bisect_left(starts, start), bisect_left(starts, end)) for start, end in found)
    return [(start, end) for start, end in spans if start < end]
