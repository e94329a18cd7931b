"""The files in deploy/ are what Compose, Kubernetes and GitHub take, by their own schemas."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

COMPOSE = ["check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
WORKFLOW = ["check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
KUBERNETES = ["kubernetes_validate", "--strict"]
FILES = [
    (COMPOSE, "deploy/compose.yaml", "  restart:"),
    (KUBERNETES, "deploy/kubernetes.yaml", "          livenessProbe:"),
    (WORKFLOW, ".github/workflows/ci.yml", "    runs-on:"),
    (WORKFLOW, ".github/workflows/weekly.yml", "    runs-on:"),
]


def complaint(checker: list[str], file: Path) -> str:
    """What the checker has against ``file``: nothing where it is valid."""
    command = [sys.executable, "-m", *checker, str(file)]
    checked = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return checked.stdout + checked.stderr if checked.returncode else ""


@pytest.mark.parametrize(("checker", "name", "_"), FILES)
def test_it_is_valid(checker: list[str], name: str, _: str) -> None:
    assert complaint(checker, ROOT / name) == ""


@pytest.mark.parametrize(("checker", "name", "key"), FILES)
def test_a_misspelt_key_is_found(checker: list[str], name: str, key: str, tmp_path: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert key in text
    misspelt = tmp_path / Path(name).name
    misspelt.write_text(text.replace(key, key.replace(":", "s:")), encoding="utf-8")
    assert complaint(checker, misspelt)


def test_every_workflow_is_among_them() -> None:
    workflows = {
        f".github/workflows/{file.name}" for file in (ROOT / ".github/workflows").iterdir()
    }
    assert workflows == {name for _, name, _ in FILES if name.startswith(".github/")}
