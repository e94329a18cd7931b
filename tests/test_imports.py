"""The borders between the parts of the program, read from its source."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

BOT = ROOT / "bot"
FILES = sorted(BOT.rglob("*.py"))
LONGEST = 300
CATCH_ALLS = {"utils", "util", "common", "helpers", "helper", "core", "services", "service", "misc"}

# Which parts each part may use. One direction: library <- matching <- pages <- reply, context
# <- handlers <- app <- running, __main__. Config, logs, storage and transport are leaves.
LIBRARY = {"library"}
MATCHING = LIBRARY | {"matching"}
PAGES = MATCHING | {"pages", "settings", "zones"}
CONTEXT = PAGES | {"admins", "answered", "config", "content", "context", "priority", "storage"}
CONTEXT |= {"transport"}
BESIDE_REPLY = {"budget", "guest", "refusals", "rights", "speakers"}
ANSWERING = CONTEXT | BESIDE_REPLY | {"reply"}
APP = ANSWERING | {"app", "corrections", "handlers", "jobs"}
RUNNING = APP | {"chores", "logs", "running", "watching"}
MAY_USE = {
    "library": LIBRARY,
    "matching": MATCHING,
    "pages": PAGES,
    "settings": {"settings", "zones"},
    "zones": {"zones"},
    "answered": {"answered"},
    "content": MATCHING | {"content"},
    "corrections": ANSWERING | {"corrections"},
    "watching": MATCHING | {"content", "watching"},
    "admins": {"admins", "answered", "priority"},
    "context": CONTEXT,
    "speakers": {"admins", "answered", "priority", "speakers"},
    "refusals": CONTEXT | {"refusals"},
    "budget": CONTEXT | {"budget"},
    "rights": CONTEXT | {"rights"},
    "guest": CONTEXT | {"budget", "guest", "rights"},
    "reply": CONTEXT | BESIDE_REPLY | {"reply"},
    "handlers": ANSWERING | {"handlers"},
    "jobs": ANSWERING | {"corrections", "jobs"},
    "app": APP,
    "chores": APP | {"chores", "watching"},
    "running": RUNNING,
    "__main__": RUNNING | {"__main__", "sandbox"},
    "config": {"config"},
    "logs": {"logs"},
    "storage": {"config", "storage"},
    "priority": {"priority"},
    "transport": {"priority", "transport"},
    "sandbox": APP | {"sandbox"},
    "__init__": set[str](),
}
NO_TELEGRAM = (
    "library",
    "matching",
    "pages",
    "content",
    "watching",
    "settings",
    "zones",
    "config",
    "logs",
    "storage",
)


def part_of(file: Path) -> str:
    """The part of the program to which ``file`` belongs: a package, or a module of ``bot``."""
    return file.relative_to(BOT).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that ``tree`` imports, in functions too, by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name the whole way"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts_used(file: Path) -> set[str]:
    """The parts of the program that ``file`` imports."""
    names = [name.split(".") for name in imports(parsed(file)) if name.split(".")[0] == "bot"]
    return {name[1] for name in names if len(name) > 1 and not name[1].startswith("__version")}


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def name_of(file: Path) -> str:
    return file.relative_to(BOT).as_posix()


@pytest.fixture(params=FILES, ids=name_of)
def file(request: pytest.FixtureRequest) -> Path:
    """Each module of the bot."""
    assert isinstance(request.param, Path)
    return request.param


def test_a_module_uses_only_the_parts_below_it(file: Path) -> None:
    assert parts_used(file) <= MAY_USE[part_of(file)]


@pytest.mark.parametrize("part", NO_TELEGRAM)
def test_what_we_know_and_say_knows_no_telegram(part: str) -> None:
    for file in FILES:
        if part_of(file) == part:
            roots = {name.split(".")[0] for name in imports(parsed(file))}
            assert "telegram" not in roots, name_of(file)


def test_every_part_has_its_place_in_the_order() -> None:
    assert {part_of(file) for file in FILES} <= {*MAY_USE}


def test_the_order_has_no_circles() -> None:
    for part, used in MAY_USE.items():
        for other in used - {part}:
            assert part not in MAY_USE[other], f"{part} and {other} may use each other"


def test_only_the_table_of_handlers_uses_handlers() -> None:
    users = {part_of(file) for file in FILES if "handlers" in parts_used(file)}
    assert users - {"handlers"} == {"app"}


def test_only_the_command_line_uses_the_sandbox() -> None:
    users = {part_of(file) for file in FILES if "sandbox" in parts_used(file)}
    assert users - {"sandbox"} == {"__main__"}


def test_the_command_line_imports_the_sandbox_only_where_it_is_needed() -> None:
    top = [
        node for node in parsed(BOT / "__main__.py").body if not isinstance(node, ast.FunctionDef)
    ]
    names = [name for node in top for name in imports(node)]
    assert not [name for name in names if name.startswith("bot.sandbox")]


def test_the_sandbox_imports_no_network() -> None:
    code = "import sys, bot.sandbox.terminal; sys.exit('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_the_bot_does_not_use_its_tests(file: Path) -> None:
    assert "tests" not in {name.split(".")[0] for name in imports(parsed(file))}


def test_no_module_is_a_drawer_for_everything(file: Path) -> None:
    assert not CATCH_ALLS & {*file.relative_to(BOT).with_suffix("").parts}


def test_a_module_can_be_read_in_one_go(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines < LONGEST, f"{name_of(file)} has {lines} lines"


def test_a_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(parsed(file)), name_of(file)
