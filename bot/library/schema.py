"""The models as JSON Schema, for editors whose text editor completes and checks YAML."""

import json
from pathlib import Path
from typing import Any

from bot.library.models import (
    FOLDERS,
    Countries,
    Cues,
    Fixed,
    Glossary,
    Helplines,
    Model,
    SourceList,
    Urgent,
    Visit,
)
from bot.library.phrases import Phrases

SCHEMAS: dict[str, type[Model]] = {
    **FOLDERS,
    "countries": Countries,
    "cues": Cues,
    "fixed": Fixed,
    "glossary": Glossary,
    "helplines": Helplines,
    "phrases": Phrases,
    "sources": SourceList,
    "urgent": Urgent,
    "visit": Visit,
}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write ``<name>.schema.json`` for every kind of file into ``folder``, made if need be.

    Raises:
        OSError: the folder or a file in it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, model in SCHEMAS.items():
        file = folder / f"{name}.schema.json"
        file.write_text(json.dumps(schema(model), indent=2) + "\n", encoding="utf-8")
        written.append(file)
    return tuple(written)


def schema(model: type[Model]) -> dict[str, Any]:
    """The schema of what an editor writes: without ``id``, which is the file's name."""
    whole = model.model_json_schema()
    if "id" in whole["properties"]:
        del whole["properties"]["id"]
        whole["required"].remove("id")
    return whole
