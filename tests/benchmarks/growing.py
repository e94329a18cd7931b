"""A content folder with more topics: copies of those that there are, under new names."""

import shutil
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parents[2] / "content"
KINDS = ("conditions", "side-effects", "guides", "basics")  # a medicine's brands are its own
LONGEST = 44  # characters of an id, so that a mark fits behind it
NAMES = ("also", "aliases", "shared", "ambiguous")


def grow(folder: Path, topics: int) -> Path:
    """Write content with so many topics into ``folder``, which must not exist yet."""
    shutil.copytree(CONTENT, folder)
    files = [file for kind in KINDS for file in sorted((folder / "en" / kind).glob("*.yaml"))]
    files = [file for file in files if len(file.stem) <= LONGEST]
    there = sum(1 for _ in folder.glob("en/*/*.yaml"))
    for file, number in zip(cycle(files), range(topics - there), strict=False):
        _copy(file, f"z{number:x}")
    return folder


def _copy(file: Path, mark: str) -> None:
    topic: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    topic["title"] = f"{mark} {topic['title']}"
    for name in NAMES:
        if name in topic:
            topic[name] = [f"{mark} {one}" for one in topic[name]]
    copy = file.with_name(f"{file.stem}-{mark}.yaml")
    copy.write_text(yaml.dump(topic, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
