"""What must hold of the content as a whole. A rule is a small named function in ``RULES``."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from bot.library.library import Library
from bot.library.problems import Problem
from bot.library.reading import Document
from bot.library.rules import dates, grade, naming, numbers, references, wording
from bot.library.rules.desk import Desk, Rule

# Without these the bot would break on a page: they are checked whenever content is read.
RULES: tuple[Rule, ...] = (
    references.topics_exist,
    references.sources_exist,
    references.publishers_are_known,
    references.same_as_is_one_step,
    references.examples_are_medicines,
    naming.names_are_unique,
    naming.terms_are_unique,
    naming.word_groups_are_sound,
    numbers.countries_have_names,
)
# These are for editors, and take longer: ``python -m bot check`` holds them.
EDITORIAL_RULES: tuple[Rule, ...] = (
    references.organisations_are_known,
    naming.everyday_words_are_declared,
    dates.not_in_the_future,
    dates.reviews_are_due,
    numbers.numbers_are_due,
    wording.disclaimer_says_doctor,
    wording.nothing_is_promised_or_prescribed,
    wording.sentences_are_short,
    wording.figures_name_their_source,
    wording.numbers_go_before_words,
    wording.boxed_warnings_are_verified,
    grade.cards_are_easy_to_read,
)


def check(
    library: Library,
    documents: Mapping[str, Document],
    today: date,
    rules: Iterable[Rule] = RULES,
    unread: Collection[str] = (),
) -> list[Problem]:
    """Every problem that any of ``rules`` finds in any edition on the day ``today``, each once.

    ``unread`` are the ids of topics whose files are broken: they are not missing as well.
    """
    desks = [Desk(edition, documents, today, unread) for edition in library.editions.values()]
    chosen = tuple(rules)
    found = (problem for desk in desks for rule in chosen for problem in rule(desk))
    return list(dict.fromkeys(found))


__all__ = ["EDITORIAL_RULES", "RULES", "Desk", "Rule", "check"]
