"""Names are compared without what people leave out, add or misplace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.names import key, spelling, words

LATIN = "abcdefghijklmnopqrstuvwxyzäöüéèêëñçåšž0123456789 -"
APOSTROPHES = "'’‘ʼ´`"
COMBINING = "\u0301\u0308\u0327"
NAMES = st.text(LATIN + LATIN.upper(), max_size=30)


@pytest.mark.parametrize(
    "written", ["crohn's", "Crohn’s", "CROHNS", "crohn", "Crohn‘s", "crohn´s", "Crohn`S", "Cröhn's"]
)
def test_however_it_is_written_it_is_one_name(written: str) -> None:
    assert key(written) == key("Crohn's")


@pytest.mark.parametrize("written", ["Sjögren's", "sjogrens", "SJÖGREN", "Sjo\u0308gren’s"])
def test_accents_are_dropped_whether_composed_or_not(written: str) -> None:
    assert key(written) == "sjogren"


@pytest.mark.parametrize("written", ["IL-1", "IL 1", "il1", "Il‑1", "IL–1", " il - 1 ", "(IL-1)"])
def test_hyphen_space_and_nothing_are_one(written: str) -> None:
    assert key(written) == "il1"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("headache", "headaches"),
        ("rash", "rashes"),
        ("biopsy", "biopsies"),
        ("abscess", "abscesses"),
        ("illness", "illnesses"),
        ("TNF blocker", "TNF blockers"),
        ("blood clot", "blood-clots"),
        ("edema", "edemas"),
        ("lymphoma", "lymphomas"),
        ("virus", "viruses"),
        ("JAK", "JAKs"),
    ],
)
def test_one_and_many_are_one_name(one: str, many: str) -> None:
    assert key(one) == key(many)


@pytest.mark.parametrize(
    "name", ["pericarditis", "lupus", "dizziness", "sepsis", "MS", "hives", "diabetes", "pancreas"]
)
def test_a_name_that_ends_in_s_is_found_by_itself(name: str) -> None:
    assert key(name) == key(name.upper()) == key(f"{name}’") != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MS", "M"),
        ("IL-1", "IL-6"),
        ("gout", "goat"),
        ("Still's disease", "Stills"),
        ("hives", "HIV"),
        ("RA", "RAS"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_words_keep_their_order() -> None:
    assert words("Crohn's & Colitis: the facts") == ("crohn", "colitis", "the", "fact")


@pytest.mark.parametrize("text", ["", " ", "?!", "💊", "’", "—"])
def test_what_has_no_letter_has_no_key(text: str) -> None:
    assert key(text) == ""
    assert words(text) == ()


@pytest.mark.parametrize("name", ["Крон", "λύκος", "クローン病", "크론병", "مرض كرون"])
def test_a_name_in_another_alphabet_keeps_its_letters(name: str) -> None:
    assert key(name) != ""
    assert key(name) == key(name.upper())


def test_names_in_another_alphabet_are_told_apart() -> None:
    assert key("Крон") != key("Волчанка")


# The spelling of a medicine's name


@pytest.mark.parametrize(
    "written", ["Humira", "HUMIRA", "humira's", "Humira’s", "Hu-mira", "Hümira"]
)
def test_a_spelling_drops_all_but_the_ending(written: str) -> None:
    assert spelling(written) == "humira"


def test_a_spelling_keeps_an_s_at_the_end() -> None:
    assert spelling("Ilaris") == "ilaris"
    assert spelling("Humiras") != spelling("Humira")


# Whatever people write


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert key(text) == "".join(words(text))
    assert not any(char.isspace() for char in key(text) + spelling(text))


@given(NAMES)
def test_case_makes_no_difference(name: str) -> None:
    assert key(name) == key(name.upper()) == key(name.lower()) == key(name.title())
    assert spelling(name) == spelling(name.upper()) == spelling(name.lower())


@given(NAMES, st.sampled_from(COMBINING))
def test_accents_make_no_difference(name: str, accent: str) -> None:
    accented = "".join(char + accent if char.isalpha() else char for char in name)
    assert key(accented) == key(name)
    assert spelling(accented) == spelling(name)


@given(st.text(LATIN, max_size=30), st.sampled_from(APOSTROPHES), st.integers(0, 30))
def test_apostrophes_make_no_difference(name: str, apostrophe: str, place: int) -> None:
    assert key(name[:place] + apostrophe + name[place:]) == key(name)


@given(NAMES)
def test_punctuation_around_a_name_makes_no_difference(name: str) -> None:
    assert key(f" ({name}), ") == key(name)


@given(NAMES)
def test_a_spelling_is_its_own_spelling(name: str) -> None:
    assert spelling(spelling(name)) == spelling(name)
