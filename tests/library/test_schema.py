"""The schemas that editors' programs read are sound JSON Schema and know every key in use."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from bot.library.models import FOLDERS
from bot.library.reading import read
from bot.library.schema import SCHEMAS, schema, write_schemas
from tests.conftest import CONTENT
from tests.library.content_folder import ContentFolder

Schema = dict[str, Any]
TYPES = {"array", "boolean", "integer", "null", "number", "object", "string"}
KEYWORDS = {
    *("$defs", "$ref", "additionalProperties", "anyOf", "const", "default", "description", "enum"),
    *("format", "items", "maxItems", "maxLength", "minItems", "minLength", "pattern", "properties"),
    *("propertyNames", "required", "title", "type", "patternProperties", "minProperties"),
}


def inner_schemas(whole: Schema) -> Iterator[Schema]:
    """``whole`` and every schema in it."""
    yield whole
    below = [*whole.get("properties", {}).values(), *whole.get("$defs", {}).values()]
    below += [*whole.get("anyOf", []), *whole.get("patternProperties", {}).values()]
    below += [
        whole[word] for word in ("items", "additionalProperties", "propertyNames") if word in whole
    ]
    for inner in below:
        if isinstance(inner, dict):
            yield from inner_schemas(inner)


def keys_of(file: Path) -> set[str]:
    """The keys at the top of a content file."""
    data = read(file, file.name).data
    assert isinstance(data, dict)
    return {*data}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all schemas."""
    folder = tmp_path_factory.mktemp("schemas")
    write_schemas(folder)
    return folder


@pytest.fixture(params=SCHEMAS)
def written(request: pytest.FixtureRequest, schemas: Path) -> Schema:
    """Each schema, as it is read back from its file."""
    file = schemas / f"{request.param}.schema.json"
    return TypeAdapter(Schema).validate_json(file.read_bytes())


def test_one_file_is_written_for_every_kind(tmp_path: Path) -> None:
    files = write_schemas(tmp_path / "new" / "folder")
    assert {file.name for file in files} == {f"{name}.schema.json" for name in SCHEMAS}
    assert {*FOLDERS} < {*SCHEMAS}
    for file in files:
        json.loads(file.read_text(encoding="utf-8"))


def test_writing_twice_gives_the_same_files(tmp_path: Path) -> None:
    first = [file.read_text() for file in write_schemas(tmp_path)]
    assert [file.read_text() for file in write_schemas(tmp_path)] == first


def test_a_schema_has_only_words_of_json_schema(written: Schema) -> None:
    for part in inner_schemas(written):
        assert {*part} <= KEYWORDS


def test_types_are_those_of_json(written: Schema) -> None:
    for part in inner_schemas(written):
        assert part.get("type", "null") in TYPES


def test_references_lead_somewhere(written: Schema) -> None:
    known = {f"#/$defs/{name}" for name in written.get("$defs", {})}
    assert {part["$ref"] for part in inner_schemas(written) if "$ref" in part} <= known


def test_what_is_required_is_a_property(written: Schema) -> None:
    for part in inner_schemas(written):
        assert {*part.get("required", [])} <= {*part.get("properties", {})}


def test_choices_are_not_empty_and_patterns_are_sound(written: Schema) -> None:
    for part in inner_schemas(written):
        assert part.get("enum", ["…"])
        assert part.get("anyOf", ["…"])
        re.compile(part.get("pattern", ""))


def test_unknown_keys_are_refused_as_the_bot_refuses_them(written: Schema) -> None:
    assert written["additionalProperties"] is False


def test_an_editor_is_not_asked_for_the_id(written: Schema) -> None:
    assert "id" not in written["properties"]
    assert "id" not in written.get("required", [])


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_key_of_a_real_topic_is_in_the_schema(folder: str) -> None:
    known = {*schema(SCHEMAS[folder])["properties"]}
    for file in CONTENT.glob(f"*/{folder}/*.yaml"):
        assert keys_of(file) <= known, file


@pytest.mark.parametrize("name", sorted({*SCHEMAS} - {*FOLDERS}))
def test_every_key_of_the_other_real_files_is_in_the_schema(name: str) -> None:
    known = {*schema(SCHEMAS[name])["properties"]}
    files = [*CONTENT.glob(f"{name}.yaml"), *CONTENT.glob(f"*/{name}.yaml")]
    assert files
    for file in files:
        assert keys_of(file) <= known, file


@pytest.mark.parametrize("folder", ["conditions", "side-effects", "basics"])
def test_a_sound_topic_has_all_that_the_schema_requires(tmp_path: Path, folder: str) -> None:
    required = {*schema(SCHEMAS[folder])["required"]}
    for file in ContentFolder(tmp_path).folder.glob(f"en/{folder}/*.yaml"):
        assert required <= keys_of(file)


def test_a_point_may_be_a_text_or_a_text_with_sources() -> None:
    points = schema(SCHEMAS["conditions"])["properties"]["points"]["items"]
    kinds = [choice.get("type", choice.get("$ref")) for choice in points["anyOf"]]
    assert kinds == ["string", "#/$defs/Point"]
