"""Rows of buttons."""

from hypothesis import given
from hypothesis import strategies as st

from bot.pages.lists import HALF_LENGTH, pairs
from bot.pages.page import Button, Go, Place

buttons = st.lists(st.builds(Button, st.text(max_size=40), st.just(Go(Place.HOME))))


@given(buttons)
def test_pairs_keep_the_order_and_cut_no_label(made: list[Button]) -> None:
    rows = pairs(made)
    assert [button for row in rows for button in row] == made
    for row in rows:
        assert len(row) in (1, 2)
        assert len(row) == 1 or all(len(button.label) <= HALF_LENGTH for button in row)


def test_short_labels_share_a_row() -> None:
    short = [Button(name, Go(Place.HOME)) for name in ("Gut", "Skin", "Blood")]
    assert [len(row) for row in pairs(short)] == [2, 1]
