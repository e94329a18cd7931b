"""Pages that are kept: the same page for the same view, and for no other."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.library import Edition
from bot.pages import kept
from bot.pages.cards import card
from bot.pages.page import Page, View
from tests.conftest import TODAY


@pytest.fixture
def view(edition: Edition) -> View:
    return View(edition=replace(edition), today=TODAY)


def test_a_page_is_made_once(view: View) -> None:
    topic = view.edition.topics["crohns-disease"]
    assert card(view, topic) is card(view, topic)
    assert card(view, topic, "0") is not card(view, topic)


@pytest.mark.parametrize(
    "difference",
    [
        {"today": TODAY + timedelta(days=1)},
        {"country": "GB"},
        {"private": False},
        {"contact": "somebody@example.org"},
        {"language": "en-GB"},
        {"version": "9"},
    ],
)
def test_another_view_has_its_own(view: View, difference: dict[str, object]) -> None:
    made: list[View] = []

    @kept.kept
    def page(view: View) -> Page:
        made.append(view)
        return Page(f"{len(made)}")

    other = replace(view, **difference)  # type: ignore[arg-type]
    assert [page(v).text for v in (view, other, view, other)] == ["1", "2", "1", "2"]


def test_another_edition_has_its_own(view: View) -> None:
    topic = view.edition.topics["crohns-disease"]
    retitled = topic.model_copy(update={"title": "Another title"})
    topics = {**view.edition.topics, topic.id: retitled}
    other = replace(view, edition=replace(view.edition, topics=topics))
    assert "Another title" not in card(view, topic).text
    assert "Another title" in card(other, retitled).text


def test_only_the_latest_are_kept(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 10)
    for topic in view.edition.topics.values():
        card(view, topic)
    assert len(view.edition.beside) == 10
