"""What every medicine says, or says that it could not be found."""

from bot.library import Edition
from bot.library.models import Medicine


def test_a_medicine_without_side_effects_says_that_they_are_wanted(edition: Edition) -> None:
    silent = [m for m in edition.of_kind(Medicine) if not m.side_effects]
    assert [m.id for m in silent if "side effects" not in " ".join(m.wanted)] == []
