"""A matcher on the real content, built once."""

import pytest

from bot.matching.matcher import Matcher
from bot.matching.matchers import Matchers


@pytest.fixture(scope="session")
def matcher(matchers: Matchers) -> Matcher:
    return matchers["en"]
