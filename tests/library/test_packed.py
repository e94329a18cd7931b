"""Words with numbers in little memory: what goes in comes out."""

from hypothesis import given
from hypothesis import strategies as st

from bot.library.packed import NUMBER, Packed

pairs = st.lists(st.tuples(st.text(), st.integers(0, NUMBER)), unique=True)


@given(pairs, st.text())
def test_each_word_has_its_numbers_and_no_others(
    pairs: list[tuple[str, int]], another: str
) -> None:
    packed = Packed(pairs)
    for word in {*(word for word, _ in pairs), another}:
        assert list(packed.of(word)) == sorted(n for w, n in pairs if w == word)
