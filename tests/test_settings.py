"""The settings of a group: defaults, what is kept, and what cannot be used."""

import pytest
from pydantic import ValidationError

from bot.settings import GroupSettings, Privately, Replies, Weekly


def test_a_new_group_hears_nothing_that_it_did_not_ask_for() -> None:
    settings = GroupSettings.of({})
    assert settings.replies is Replies.OFF
    assert settings.privately is Privately.SENSITIVE
    assert (settings.cooldown, settings.most_replies, settings.most_to_one) == (30, 6, 2)
    assert settings.most_commands == 5
    assert settings.delete_after == 0
    assert settings.weekly is None
    assert not settings.statistics


def test_what_was_stored_comes_back() -> None:
    settings = GroupSettings(
        replies=Replies.QUESTIONS,
        threads=(7, 9),
        weekly=Weekly(weekday=2, hour=18, zone="Europe/Dublin"),
        statistics=True,
    )
    assert GroupSettings.of(settings.model_dump(mode="json")) == settings


@pytest.mark.parametrize(
    "bad",
    [
        {"replies": "sometimes"},
        {"cooldown": -1},
        {"threads": "all"},
        {"weekly": {"weekday": 9, "hour": 1}},
        {"weekly": {"weekday": 1, "hour": 1, "zone": "Nowhere/Land"}},
        {"unknown": 1},
    ],
)
def test_what_cannot_be_used_has_its_default_and_the_rest_stays(bad: dict[str, object]) -> None:
    assert GroupSettings.of({"statistics": True, **bad}) == GroupSettings(statistics=True)


def test_settings_do_not_change_in_place() -> None:
    with pytest.raises(ValidationError):
        GroupSettings().cooldown = 1  # type: ignore[misc]
