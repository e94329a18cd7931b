"""Backing up and restoring, by the commands of deploy/README.md."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.storage import Guarded
from tests.conftest import TODAY
from tests.deploy.files import commands
from tests.storage.servers import Server, programs
from tests.test_docs import of_docker

ANN = 1
IN_THE_CONTAINER = "docker compose exec -T database "
MARKS = "SELECT count(*) FROM unmet"


async def keep(chats: Guarded) -> None:
    """Something that Ann chose, and a mark that is not for a backup."""
    assert await chats.set_country(ANN, "GB")
    assert await chats.note_unmet("xyzzy", ANN, TODAY)


def lines_with(word: str) -> list[str]:
    """The guide's lines of commands that have ``word``."""
    return [line for block in commands() for line in block.splitlines() if word in line]


async def test_a_copy_of_the_file_holds_what_was_chosen_and_no_marks(tmp_path: Path) -> None:
    (block,) = [block for block in commands() if "VACUUM INTO" in block]
    (script,) = re.findall(r"<<'END'\n(.*)^END$", block, re.MULTILINE | re.DOTALL)
    (volume,) = of_docker("VOLUME")
    script = script.replace(f"{volume}/", f"{tmp_path}/")
    async with await Guarded.open(f"sqlite:///{tmp_path}/bot.db") as chats:
        await keep(chats)
        subprocess.run([sys.executable, "-"], input=script, text=True, check=True, timeout=60)
    for name, marks in (("bot.db", 1), ("backup.db", 0)):
        with closing(sqlite3.connect(tmp_path / name)) as database:
            assert database.execute(MARKS).fetchone() == (marks,)
    async with await Guarded.open(f"sqlite:///{tmp_path}/backup.db") as restored:
        assert (await restored.chat(ANN)).country == "GB"


def shell(line: str, url: str, folder: Path) -> None:
    """Run a command as in the container of the database at ``url``."""
    socket = re.search(r"host=([^&]+)", url)
    assert socket
    environment = {"PATH": f"{programs()}:{os.environ['PATH']}", "PGHOST": socket[1]}
    command = line.removeprefix(IN_THE_CONTAINER)
    subprocess.run(command, shell=True, check=True, cwd=folder, env=environment, timeout=60)


async def test_a_dump_holds_what_was_chosen_and_no_marks(server: Server, tmp_path: Path) -> None:
    (dump,), (restore,) = lines_with("pg_dump"), lines_with("pg_restore")
    server.run("CREATE ROLE bot SUPERUSER LOGIN", "CREATE DATABASE bot OWNER bot")
    url = server.address("bot")
    async with await Guarded.open(url) as chats:
        await keep(chats)
        shell(dump, url, tmp_path)
        await chats.forget(ANN)
    shell(restore, url, tmp_path)
    with psycopg.connect(url) as database:
        assert database.execute(MARKS).fetchone() == (0,)
    async with await Guarded.open(url) as restored:
        assert (await restored.chat(ANN)).country == "GB"


@pytest.mark.parametrize("word", ["pg_dump", "pg_restore"])
def test_they_are_run_in_the_container_of_the_database(word: str) -> None:
    (line,) = lines_with(word)
    assert line.startswith(IN_THE_CONTAINER)
