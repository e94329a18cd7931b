"""What the bot says, card by card."""

from collections.abc import Callable

import pytest

from bot.library import Edition
from bot.pages.atlas import open_page
from bot.pages.page import Go, Place, View
from bot.pages.text import plain
from tests.conftest import TODAY

Says = Callable[[str], str]


@pytest.fixture(scope="session")
def says(edition: Edition) -> Says:
    """The text of the card with this id, on one line."""

    def text(topic: str) -> str:
        view = View(edition=edition, today=TODAY)
        return " ".join(plain(open_page(view, Go(Place.CARD, topic)).text).split())

    return text
