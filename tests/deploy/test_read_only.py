"""The bot writes where its database is and nowhere else, so that all the rest may be read-only."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from bot.sandbox import Telegram
from tests.conftest import ROOT
from tests.loopback import serve
from tests.test_transport import STOPS_WITHIN, free_port

WROTE = "wrote:"
WATCHED = f"""
import os, sys
CHANGES = {{f"os.{{name}}" for name in "chmod link mkdir remove rename symlink truncate".split()}}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC

def watch(event, arguments):
    if event in CHANGES or event == "open" and arguments[2] & WRITES or event == "sqlite3.connect":
        os.write(2, f"{WROTE}{{arguments[0]}}\\n".encode())

sys.addaudithook(watch)
from bot.__main__ import main
sys.exit(main([]))
"""


async def test_it_writes_in_the_folder_of_its_database_only(tmp_path: Path) -> None:
    telegram = Telegram()
    ann = telegram.person("Ann")
    (tmp_path / "home").mkdir()
    settings = {
        "BOT_TOKEN": telegram.token,
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        "LISTEN": f"127.0.0.1:{free_port()}",
        "HOME": str(tmp_path / "home"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    async with serve(telegram, telegram.token) as url:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", WATCHED),
            cwd=ROOT,
            env={**os.environ, **settings, "BOT_API_URL": url},
            stderr=PIPE,
        )
        await ann.says("/urgent uk")
        assert await ann.hears(timeout=20)
        await ann.says("/forget")
        assert await ann.hears(timeout=20)
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert process.returncode == 0, log
    lines = [line for line in log.decode().splitlines() if line.startswith(WROTE)]
    wrote = {line.removeprefix(WROTE).removeprefix("file:").partition("?")[0] for line in lines}
    assert f"{tmp_path}/bot.db" in wrote
    assert {path for path in wrote if Path(path).parent != tmp_path} <= {os.devnull}
