"""Content folders are written by the hundred here, so they are kept in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.folders import new_folder


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """An empty folder, gone after the test."""
    with new_folder() as folder:
        yield folder
