"""``check`` runs the examples that stand beside each red flag."""

from dataclasses import replace

from bot.library import Edition, Library
from bot.matching.urgent_checks import urgent_problems


def test_every_example_raises_its_flag_or_nothing(library: Library) -> None:
    assert urgent_problems(library) == []


def test_each_flag_has_ten_different_examples_of_both_kinds(edition: Edition) -> None:
    for flag in edition.urgent.flags:
        assert len(set(flag.matches)) >= 10
        assert len(set(flag.quiet)) >= 10


def test_an_editor_hears_which_example_is_wrong_and_why(edition: Edition) -> None:
    first, second, *others = edition.urgent.flags
    broken = first.model_copy(
        update={
            "matches": ("good morning", "my throat is closing up"),
            "quiet": ("i want to die", "no chest pain"),
        }
    )
    urgent = edition.urgent.model_copy(update={"flags": (broken, second, *others)})
    told = [str(p) for p in urgent_problems(Library({"en": replace(edition, urgent=urgent)}))]
    where = f"en/urgent.yaml: {first.id}: "
    assert told == [
        f"{where}matches: 'good morning' raises nothing",
        f"{where}matches: 'my throat is closing up' raises anaphylaxis, by 'throat is closing'",
        f"{where}quiet: 'i want to die' raises suicide-risk, by 'want to die'",
    ]
