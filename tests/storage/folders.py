"""Folders for databases and content, in memory where there is room: the disk is not under test."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 1 << 30  # bytes


@contextmanager
def new_folder() -> Iterator[Path]:
    """A folder for a while. Others may look into it: PostgreSQL may run as another user."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    with tempfile.TemporaryDirectory(
        prefix="bot-", dir=MEMORY if in_memory else None, ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
