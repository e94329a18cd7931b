"""The log: no token in any line, and nothing of libraries below WARNING."""

import json
import logging
from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.logs import HIDDEN, set_up

TOKEN = "123456789:" + "AbC-dEf_0" * 4
SECRET = TOKEN.partition(":")[2]
OURS = logging.getLogger("bot.somewhere")
LIBRARIES = ("httpx", "httpcore.http11", "telegram.ext.Application", "asyncio", "aiohttp.access")


@pytest.fixture(autouse=True)
def _other_handlers_come_back() -> Iterator[None]:
    """Logging belongs to the whole process: what pytest had set up is put back."""
    root, bot = logging.getLogger(), logging.getLogger("bot")
    handlers, levels = root.handlers, (root.level, bot.level)
    root.handlers = []
    yield
    root.handlers = handlers
    root.setLevel(levels[0])
    bot.setLevel(levels[1])


def test_a_line_has_level_name_and_message(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    OURS.info("ready")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith(" INFO bot.somewhere: ready\n")
    assert captured.err.count("\n") == 1


def test_a_token_in_a_message_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    OURS.info(f"POST https://api.telegram.org/bot{TOKEN}/getMe")
    line = capsys.readouterr().err
    assert SECRET not in line
    assert f"/bot{HIDDEN}/getMe" in line


def test_a_token_in_the_arguments_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    OURS.warning("%s refused %r and %s", "Telegram", {"token": TOKEN}, [TOKEN, TOKEN])
    line = capsys.readouterr().err
    assert SECRET not in line
    assert line.count(HIDDEN) == 3


def test_a_token_in_a_traceback_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    try:
        try:
            raise ValueError(f"cannot reach {TOKEN}")
        except ValueError as error:
            raise RuntimeError(TOKEN) from error
    except RuntimeError:
        OURS.exception("failed")
    text = capsys.readouterr().err
    assert "Traceback" in text
    assert "RuntimeError" in text
    assert SECRET not in text


def test_a_token_in_a_librarys_warning_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    logging.getLogger("httpx").warning("cannot reach /bot%s/getUpdates", TOKEN)
    line = capsys.readouterr().err
    assert SECRET not in line
    assert HIDDEN in line


def test_in_json_a_line_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO", "json")
    facts = {"update_id": 7, "handler": "commands.help_", "milliseconds": 1.5, "outcome": "done"}
    OURS.info("update %s: %s", 7, f'"quoted"\n{TOKEN}', extra=facts | {"secret": "x"})
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    line = json.loads(captured.err)
    assert datetime.fromisoformat(line.pop("time")).tzinfo is not None
    assert line == {
        "level": "INFO",
        "name": "bot.somewhere",
        "message": f'update 7: "quoted"\n{HIDDEN}',
        **facts,
    }


def test_in_json_a_traceback_is_part_of_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO", "json")
    try:
        raise ValueError(TOKEN)
    except ValueError:
        OURS.exception("failed")
    line = json.loads(capsys.readouterr().err)
    assert "ValueError" in line["error"]
    assert SECRET not in line["error"]


def test_what_only_looks_a_little_like_a_token_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up("INFO")
    OURS.info("at 12:30, 3:2, https://example.org:8443/healthz")
    assert "at 12:30, 3:2, https://example.org:8443/healthz" in capsys.readouterr().err


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
@pytest.mark.parametrize("library", LIBRARIES)
def test_libraries_say_nothing_below_warning(
    capsys: pytest.CaptureFixture[str], level: str, library: str
) -> None:
    set_up(level)
    logging.getLogger(library).debug("an update with words")
    logging.getLogger(library).info("an address with a token")
    assert capsys.readouterr().err == ""


def test_a_librarys_warning_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    logging.getLogger("httpx").warning("slow")
    assert " WARNING httpx: slow\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        ("DEBUG", ["debug", "info", "warning", "error"]),
        ("INFO", ["info", "warning", "error"]),
        ("WARNING", ["warning", "error"]),
        ("ERROR", ["error"]),
    ],
)
def test_our_own_lines_are_shown_from_the_level_on(
    capsys: pytest.CaptureFixture[str], level: str, shown: list[str]
) -> None:
    set_up(level)
    for name in ("debug", "info", "warning", "error"):
        OURS.log(logging.getLevelName(name.upper()), name)
    assert [line.rpartition(" ")[2] for line in capsys.readouterr().err.splitlines()] == shown


def test_setting_up_twice_does_not_print_twice(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    set_up("INFO")
    OURS.info("once")
    assert capsys.readouterr().err.count("once") == 1
