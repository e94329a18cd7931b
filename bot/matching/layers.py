"""What names, misspelt ones and red flags look like to a glance: see ``glance.py``."""

from functools import reduce
from itertools import product, starmap
from operator import or_

from bot.library.everyday import rank
from bot.library.names import singular
from bot.matching.index import Index
from bot.matching.triggers import NO_HINTS, Form, Hints
from bot.matching.urgent import UrgentMatcher

SHORT = Hints(0b01, 0b01, 0b01)  # a name of one or two words: they are enough
LONG = Hints(0b10, 0, 0b10)  # the beginning of a longer name
LONG_RAREST = Hints(0, 0b10)  # the word of it that people use least
A_SLIP = Hints(1, 1, 1)


class Names:
    """The names of topics as they are written: the short ones, and the longer ones."""

    size = 2
    always = NO_HINTS

    def __init__(self, index: Index) -> None:
        self._index = index
        long = [words for words in index.names if len(words) > 2]
        self._beginnings = {words[:2] for words in long}
        self._rarest = {max(words[2:], key=rank) for words in long}
        self._short = {words for words in index.names if len(words) < 3}
        self._firsts = {words[0] for words in index.names if len(words) > 1}

    def hints(self, form: Form) -> Hints:
        short = any((word,) in self._short for word in form)
        rarest = not self._rarest.isdisjoint(form)
        return (SHORT if short else NO_HINTS) | (LONG_RAREST if rarest else NO_HINTS)

    def begins(self, form: Form) -> bool:
        return not self._firsts.isdisjoint(form)

    def hints_together(self, form: Form, after: Form) -> Hints:
        pairs = set(product(form, after))
        short, long = pairs & self._short, pairs & self._beginnings
        return (SHORT if short else NO_HINTS) | (LONG if long else NO_HINTS)


class Slips:
    """Words that may be misspelt names, and names that were typed in two. Any is enough."""

    size = 1
    always = NO_HINTS

    def __init__(self, index: Index) -> None:
        self._index = index

    def hints(self, form: Form) -> Hints:
        return A_SLIP if self._index.may_be_misspelt(*form) else NO_HINTS

    def begins(self, form: Form) -> bool:
        return self._index.may_go_on(form[0])

    def hints_together(self, form: Form, after: Form) -> Hints:
        return A_SLIP if self._index.is_typed_in_two(form[0], after[0]) else NO_HINTS


class Flags:
    """The red flags, of words as they are and put right: of a long message not all are."""

    def __init__(self, urgent: UrgentMatcher) -> None:
        self._urgent = urgent
        self._triggers = urgent.triggers
        self.size = urgent.triggers.size
        self.always = urgent.triggers.always

    def hints(self, form: Form) -> Hints:
        return reduce(or_, map(self._triggers.hints, self._forms(form)))

    def begins(self, form: Form) -> bool:
        return any(map(self._triggers.begins, self._forms(form)))

    def hints_together(self, form: Form, after: Form) -> Hints:
        pairs = product(self._forms(form), self._forms(after))
        return reduce(or_, starmap(self._triggers.hints_together, pairs))

    def _forms(self, form: Form) -> set[Form]:
        right = self._urgent.put_right(form[0])
        return {form, (right, singular(right))}
