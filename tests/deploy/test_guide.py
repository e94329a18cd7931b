"""What deploy/README.md says can be done as it says it."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from bot.storage import Guarded
from bot.storage.tables import metadata
from tests.conftest import TODAY
from tests.deploy.files import GUIDE, commands
from tests.test_docs import of_docker, settings_in_code

ANN = 1


def test_the_settings_that_it_names_are_settings() -> None:
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)(?:=json)?`", GUIDE))
    assert named
    assert named <= settings_in_code()


def test_tables_that_stay_out_of_a_backup_are_tables() -> None:
    without = re.findall(r"--exclude-table-data=(\w+)", GUIDE)
    assert sorted(re.findall(r"DELETE FROM (\w+)", GUIDE)) == sorted(without)
    assert {*without} <= metadata.tables.keys()


def back_up(folder: Path) -> None:
    """Do what the guide does with the file of a running bot, with ``folder`` for the volume."""
    (block,) = [block for block in commands() if "VACUUM INTO" in block]
    (script,) = re.findall(r"<<'END'\n(.*)^END$", block, re.MULTILINE | re.DOTALL)
    (volume,) = of_docker("VOLUME")
    script = script.replace(f"{volume}/", f"{folder}/")
    subprocess.run([sys.executable, "-"], input=script, text=True, check=True, timeout=60)


async def test_a_backup_holds_what_was_set_and_no_marks(tmp_path: Path) -> None:
    async with await Guarded.open(f"sqlite:///{tmp_path}/bot.db") as chats:
        assert await chats.set_country(ANN, "GB")
        assert await chats.note_unmet("xyzzy", ANN, TODAY)
        back_up(tmp_path)
    with closing(sqlite3.connect(tmp_path / "bot.db")) as kept:
        assert kept.execute("SELECT count(*) FROM unmet").fetchone() == (1,)
    with closing(sqlite3.connect(tmp_path / "backup.db")) as backup:
        assert backup.execute("SELECT count(*) FROM unmet").fetchone() == (0,)
    async with await Guarded.open(f"sqlite:///{tmp_path}/backup.db") as restored:
        assert (await restored.chat(ANN)).country == "GB"
