"""What README, Dockerfile, lock and CI say is what there is."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from typing import NamedTuple

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from bot.__main__ import main
from bot.app import COMMANDS
from bot.config import Config
from bot.library import Edition
from bot.sandbox import Person
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "content/README.md",
    "deploy/README.md",
]
OF_PYTHON = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "TMPDIR"}


def settings_in_code() -> set[str]:
    """The names that bot/config.py looks up in the environment."""
    tree = ast.parse((ROOT / "bot" / "config.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    first = [call.args[0] for call in calls if isinstance(call.func, ast.Attribute)]
    names = [node.value for node in first if isinstance(node, ast.Constant)]
    return {name for name in names if isinstance(name, str) and re.fullmatch("[A-Z_]{3,}", name)}


def rows(header: str) -> dict[str, str]:
    """README's table under ``header``: the code in the first cell, and the whole row."""
    table = README.partition(f"| {header} |")[2].partition("\n\n")[0]
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    return {code: line for line in lines for code in re.findall("`([^`]+)`", line.split("|")[1])}


def blocks(language: str) -> list[str]:
    """README's fenced blocks in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command at the top of the repository, without settings and with nothing to read."""
    unset = settings_in_code()
    return subprocess.run(
        command,
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in unset},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


# Commands, settings, command line


def test_the_readme_lists_every_command_and_no_other() -> None:
    assert sorted(rows("command")) == sorted(f"/{command.name}" for command in COMMANDS)


def test_the_readme_lists_every_setting_and_no_other() -> None:
    assert sorted(rows("setting")) == sorted(settings_in_code())


def test_the_defaults_of_settings_are_those_of_the_readme() -> None:
    for name, row in rows("setting").items():
        default = re.fullmatch(r"\s*`([^`]+)`\s*", row.split("|")[2])
        if default:
            assert Config.from_environment({name: default[1]}) == Config(), name


def command_line_in_readme() -> list[str]:
    """The commands of the second table of commands, without ``python -m bot``."""
    found = re.findall(r"^\| `python -m bot ?([a-z]*)[^`]*` \|", README, re.MULTILINE)
    assert found
    return [str(name) for name in found]


def test_the_readme_lists_every_command_of_the_command_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--help"])
    assert leaving.value.code == 0
    _, _, listed = capsys.readouterr().out.partition("commands:\n")
    known = re.findall(r"^ {4}([a-z]+)\b", listed, re.MULTILINE)
    assert sorted(known) == sorted(name for name in command_line_in_readme() if name)


@pytest.mark.parametrize("name", [name for name in command_line_in_readme() if name])
def test_a_command_in_the_readme_exists_with_its_options(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    with pytest.raises(SystemExit) as leaving:
        main([name, "--help"])
    assert leaving.value.code == 0
    (row,) = re.findall(rf"^\| `python -m bot {name}\b.*$", README, re.MULTILINE)
    usage = capsys.readouterr().out
    for option in re.findall(r"--[a-z]+", row):
        assert option in usage


# The two commands that set it up


def test_setting_up_takes_one_line_each_to_start_and_to_test() -> None:
    assert len(blocks("bash")) == 2
    for block in blocks("bash"):
        assert block.count("\n") == 1
        assert block.startswith("python3 -m venv .venv && ")
        assert block.count("python3 -m venv") == 1


def test_one_of_them_starts_the_bot_and_the_other_tests_it() -> None:
    start, test = blocks("bash")
    assert start.rstrip().endswith(".venv/bin/python -m bot")
    assert "pytest" not in start
    assert ".venv/bin/pytest" in test
    assert "python -m bot" not in test


def test_the_bot_starts_from_the_lock_with_hashes() -> None:
    start, _ = blocks("bash")
    assert "--require-hashes -r requirements.lock" in start


def test_the_readme_asks_for_the_python_of_the_project() -> None:
    wanted = PROJECT["requires-python"].removeprefix(">=")
    assert f"Python {wanted} or newer" in README


# The example, and the commands that are given as examples


def said_in_example() -> list[str]:
    """What stands in README's example, line by line: first the question, then the answer."""
    (example,) = [block for block in blocks("") if block.startswith("you ")]
    return [line[6:].strip() for line in example.splitlines()]


async def test_the_example_is_what_the_bot_answers(ann: Person) -> None:
    question, *lines = said_in_example()
    answer = await ann.says(question)
    text, example = " ".join(answer.text.split()), " ".join(lines)
    buttons = re.findall(r"\[([^]]+)\]", example)
    assert answer.text.splitlines()[0] == lines[0]
    for part in re.sub(r"\[.*\]", "", example).split("…"):
        assert part.strip() in text
    assert buttons == answer.labels


@pytest.mark.parametrize("said", sorted(set(re.findall(r"`(/[a-z]+ [^`<…]+)`", README))))
async def test_a_command_that_is_given_as_an_example_is_answered(
    ann: Person, edition: Edition, said: str
) -> None:
    answer = await ann.says(said)
    assert answer.labels
    assert edition.phrases.talk.did_you_mean not in answer.text
    assert not answer.text.startswith("I don't have")


# Files that are named


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_to_files_lead_to_files(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    folder = (ROOT / document).parent
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match("[a-z]+:", link):
            assert (folder / link.partition("#")[0]).exists(), link


@pytest.mark.parametrize("document", DOCUMENTS)
def test_paths_in_the_text_are_paths_of_the_repository(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:bot|content|tests|\.ci|\.github)/[^`\s]*)`", text):
        if not re.search("[<>*…]", path):
            assert (ROOT / path).exists(), path


# The container


class Instruction(NamedTuple):
    word: str
    rest: str


def dockerfile() -> list[Instruction]:
    """The instructions of the Dockerfile, each on one line."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    pairs = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return [Instruction(word, rest) for word, rest in pairs]


def of_docker(word: str) -> list[str]:
    """The arguments of every such instruction."""
    return [instruction.rest for instruction in dockerfile() if instruction.word == word]


def command_in(rest: str) -> list[str]:
    """The command of a ``CMD ["…", "…"]``, run by this Python."""
    python, *arguments = json.loads(rest[rest.index("[") :])
    assert python == "python"
    return [sys.executable, *arguments]


def test_the_image_is_built_in_two_stages() -> None:
    first, second = of_docker("FROM")
    assert first.endswith(" AS build")
    assert first.split()[0] == second
    version = re.fullmatch(r"python:(\d+\.\d+)-slim", second)
    assert version
    assert version[1] in pythons_of_ci()


def test_every_file_that_is_copied_is_there() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for copy in of_docker("COPY"):
        *sources, _ = copy.split()
        if sources[0] == "--from=build":
            continue
        for source in sources:
            assert (ROOT / source).exists(), source
            assert source not in ignored


def test_the_image_installs_from_the_lock_with_hashes() -> None:
    installs = [rest for rest in of_docker("RUN") if "pip install" in rest]
    assert len(installs) == 2
    assert "--require-hashes -r requirements.lock" in installs[0]
    assert "--no-deps" in installs[1]


def test_the_bot_does_not_run_as_root() -> None:
    (user,) = of_docker("USER")
    assert user not in ("root", "0")
    assert any(f"useradd --uid 10001 --no-create-home {user}" in rest for rest in of_docker("RUN"))
    words = [instruction.word for instruction in dockerfile()]
    assert words.index("USER") < words.index("CMD")


def test_the_image_sets_only_what_the_bot_reads() -> None:
    names = {pair.partition("=")[0] for rest in of_docker("ENV") for pair in rest.split()}
    assert names - OF_PYTHON <= settings_in_code()


def test_the_image_runs_what_the_readme_runs() -> None:
    (command,) = of_docker("CMD")
    assert command_in(command)[1:] == ["-m", "bot"]
    leaving = run(*command_in(command))
    assert (leaving.returncode, leaving.stdout) == (0, ""), leaving.stderr


def test_the_container_of_the_readme_keeps_its_data_in_the_volume() -> None:
    (volume,) = of_docker("VOLUME")
    assert f"-v bot-data:{volume} " in README


def test_everything_that_the_image_writes_goes_to_the_volume() -> None:
    (volume,) = of_docker("VOLUME")
    (pairs,) = of_docker("ENV")
    env = dict(pair.split("=", 1) for pair in pairs.split())
    assert env["DATABASE_URL"].startswith(f"sqlite:///{volume}/")
    assert env["TMPDIR"] == volume
    assert env["PYTHONDONTWRITEBYTECODE"] == "1"
    assert " --read-only " in README


# The lock


def locked() -> dict[str, str]:
    """Name and rest of every pin in the lock."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)(==.*?)(?=^[A-Za-z]|\Z)", LOCK, re.MULTILINE | re.DOTALL)
    return {canonicalize_name(name): rest for name, rest in pins}


@pytest.mark.parametrize(
    "dependency", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["postgres"]]
)
def test_every_dependency_is_pinned_to_a_version_that_fits(dependency: str) -> None:
    wanted = Requirement(dependency)
    version = locked()[canonicalize_name(wanted.name)].split()[0].removeprefix("==")
    assert Version(version) in wanted.specifier


def test_the_lock_is_made_with_what_postgresql_needs() -> None:
    recipe = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "`pip-compile --extra postgres --generate-hashes " in recipe
    assert {"psycopg", "psycopg-binary"} <= locked().keys()


def test_every_pin_has_a_hash() -> None:
    assert len(locked()) == len(re.findall("^[^ #\n]", LOCK, re.MULTILINE))
    for name, rest in locked().items():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", rest), name


def test_the_lock_says_nothing_of_where_packages_come_from() -> None:
    assert "://" not in LOCK
    for option in ("-index", "--find-links", "--trusted-host", "@"):
        assert option not in LOCK


# Continuous integration


def pythons_of_ci() -> list[str]:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    return [str(version) for version in job["strategy"]["matrix"]["python"]]


def test_ci_runs_on_every_python_that_is_supported() -> None:
    assert pythons_of_ci() == ["3.11", "3.12", "3.13"]
    assert PROJECT["requires-python"] == f">={pythons_of_ci()[0]}"


def test_ci_runs_what_a_contributor_runs() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert os.access(ROOT / ".ci/run", os.X_OK)


@pytest.mark.skipif(shutil.which("bash") is None, reason=".ci/run is a script for bash")
def test_ci_takes_the_test_command_from_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    (extraction,) = re.findall(r"^tests=\$\((.+)\)$", script, re.MULTILINE)
    extracted = run("bash", "-c", extraction)
    assert extracted.stdout == blocks("bash")[1]
    assert run("bash", "-n", ".ci/run").returncode == 0


# Nothing of the machine on which it was written

MACHINE = [
    *("/work" + rest for rest in ("/main", "/shared", "/.library")),
    *("/tmp" + "/v/", "/ro" + "ot/", "bash" + "_jobs"),
]
INDEXES = ["py" + "pi.org", "python" + "hosted", "/sim" + "ple/", "artifact" + "ory", "nex" + "us."]
HOME = re.compile("/(home|Us" + "ers)/[a-z]")


def files_of_the_repository() -> list[str]:
    """Every file that is, or could be, committed."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("only git, in a checkout, tells which files are committed")
    listing = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    assert listing.returncode == 0, listing.stderr
    return [path for path in listing.stdout.split("\0") if path and (ROOT / path).is_file()]


def test_no_file_names_a_path_of_a_machine_or_a_package_index() -> None:
    for path in files_of_the_repository():
        text = (ROOT / path).read_bytes().decode("utf-8", errors="replace")
        found = [word for word in [*MACHINE, *INDEXES] if word in text]
        found += [match[0] for match in HOME.finditer(text)]
        assert not found, path
