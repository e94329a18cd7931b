"""pydantic's errors -> one line that an editor understands."""

from difflib import get_close_matches
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.library.models import FOLDERS, Model
from bot.library.problems import Problem
from bot.library.reading import Document, Location

KEYS = "this must be keys with values, one a line ('key: value')"
PLAIN_WORDS = {  # pydantic speaks to programmers
    "model_type": KEYS,
    "model_attributes_type": KEYS,
    "dict_type": KEYS,
    "tuple_type": "this must be a list ('- item', or [item, item])",
    "string_type": "this must be text and not empty",
    "string_too_short": "this must be text and not empty",
    "too_long": "at most {max_length} entries fit, not {actual_length}",
    "too_short": "at least {min_length} entries are needed, not {actual_length}",
    "string_pattern_mismatch": "this is not written as it must be (content/README.md)",
}


def problems_of(error: ValidationError, document: Document, model: type[Model]) -> list[Problem]:
    """One problem for each mistake, with the line of the file in which it stands."""
    errors = error.errors()
    broken = {found["loc"][:-1] for found in errors}  # where a list has a broken item
    told = [
        Problem(document.path, document.line(found["loc"]), _message(found, model))
        for found in errors
        if not (found["type"] == "too_short" and found["loc"] in broken)
    ]
    return list(dict.fromkeys(told))


def _message(error: ErrorDetails, model: type[Model]) -> str:
    where = ".".join(str(step) for step in error["loc"] if step != "Point") or "the file"
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"unknown key {str(error['loc'][-1])!r}{_hint(error, model)}"
    if kind == "missing":
        return f"{where} is missing"
    if kind == "string_too_long":
        length = len(str(error["input"]).strip())
        return f"{where} has {length} characters, at most {context['max_length']} fit"
    plain = PLAIN_WORDS.get(kind)
    return f"{where}: {plain.format_map(context) if plain else _lowered(error['msg'])}"


def _hint(error: ErrorDetails, model: type[Model]) -> str:
    """What the writer may have meant: a near key, or the folder whose topics have this key."""
    name = str(error["loc"][-1])
    close = get_close_matches(name, _model_at(model, error["loc"][:-1]).model_fields, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    homes = [folder for folder, other in FOLDERS.items() if name in other.model_fields]
    if len(error["loc"]) == 1 and homes and model in FOLDERS.values():
        return f"; files in {' and '.join(homes)}/ have it: is this file in the wrong folder?"
    return ""


def _model_at(model: type[Model], location: Location) -> type[Model]:
    """The model of what stands at ``location`` of a file."""
    for step in location:
        if step in model.model_fields:
            model = _inner_model(model.model_fields[str(step)].annotation) or model
    return model


def _inner_model(annotation: Any) -> type[Model] | None:
    """The model in an annotation such as ``tuple[Point, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    inner = (_inner_model(part) for part in get_args(annotation))
    return next(filter(None, inner), None)


def _lowered(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
