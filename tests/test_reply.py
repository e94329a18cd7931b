"""Callback data and deep links: packed and unpacked in one place."""

from hypothesis import given
from hypothesis import strategies as st

from bot.library import Edition
from bot.pages.page import Go, Place
from bot.reply import deep_link, from_deep_link, pack, unpack

LONGEST_CALLBACK = 64  # bytes, Telegram's limit
LONGEST_PARAMETER = 64  # characters, Telegram's limit
IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda text: len(text) <= 50)


@given(st.sampled_from(Place), IDS, st.integers(0, 99), st.sampled_from(["", "s", "0", "3"]))
def test_what_is_packed_comes_out_the_same(place: Place, ref: str, page: int, via: str) -> None:
    go = Go(place, ref, page, via)
    assert unpack(pack(go)) == go
    assert len(pack(go).encode()) <= LONGEST_CALLBACK


@given(st.text())
def test_nothing_that_is_pressed_can_do_harm(data: str) -> None:
    go = unpack(data)
    assert go is None or isinstance(go, Go)


@given(st.text())
def test_nothing_in_a_deep_link_can_do_harm(parameter: str) -> None:
    from_deep_link(parameter)


def test_every_deep_link_fits(edition: Edition) -> None:
    for topic in edition.topics.values():
        assert len(deep_link(topic)) <= LONGEST_PARAMETER
        assert from_deep_link(deep_link(topic)) == (topic.kind, topic.id)
