"""Callback data and deep links: packed and unpacked in one place."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.library import Edition
from bot.library.names import key
from bot.pages.links import deep_link, from_deep_link, from_fixed_link
from bot.pages.page import Go, Place
from bot.reply import owner_of, pack, unpack
from bot.speakers import ANYBODY

LONGEST_CALLBACK = 64  # bytes, Telegram's limit
LONGEST_PARAMETER = 64  # characters, Telegram's limit
TODAYS_LARGEST = 10**10  # an id of a person
IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda text: len(text) <= 50)


@given(st.sampled_from(Place), IDS, st.integers(0, 99), st.sampled_from(["", "s", "0", "3"]))
def test_what_is_packed_comes_out_the_same(place: Place, ref: str, page: int, via: str) -> None:
    go = Go(place, ref, page, via)
    assert unpack(pack(go)) == go
    assert owner_of(pack(go)) == ANYBODY
    assert len(pack(go).encode()) <= LONGEST_CALLBACK


@given(
    st.sampled_from(Place),
    IDS,
    st.integers(0, 99),
    st.sampled_from(["", "s", "0", "3"]),
    st.integers(0, 2**52),  # as long as ids of people can get
)
def test_with_an_owner_it_fits_and_still_leads_there(
    place: Place, ref: str, page: int, via: str, owner: int
) -> None:
    go = Go(place, ref, page, via)
    data = pack(go, owner)
    assert len(data.encode()) <= LONGEST_CALLBACK
    assert unpack(data) in (go, replace(go, via=""))
    assert owner_of(data) in (owner, ANYBODY)


def test_for_every_topic_and_word_nothing_is_left_out(edition: Edition) -> None:
    refs = [*edition.topics, *(key(term.term) for term in edition.terms)]
    for place, ref in product(Place, refs):
        for page, via in ((0, "s"), (9, "")):
            go = Go(place, ref, page, via)
            assert unpack(pack(go, TODAYS_LARGEST)) == go
            assert owner_of(pack(go, TODAYS_LARGEST)) == TODAYS_LARGEST


@given(st.text())
def test_nothing_that_is_pressed_can_do_harm(data: str) -> None:
    go = unpack(data)
    assert go is None or isinstance(go, Go)
    assert owner_of(data) >= ANYBODY


@given(st.text())
def test_nothing_in_a_deep_link_can_do_harm(parameter: str) -> None:
    from_deep_link(parameter)
    from_fixed_link(parameter)


def test_every_deep_link_fits(edition: Edition) -> None:
    for topic in edition.topics.values():
        assert len(deep_link(topic)) <= LONGEST_PARAMETER
        assert from_deep_link(deep_link(topic)) == (topic.kind, topic.id)
