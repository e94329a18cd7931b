"""pydantic's errors -> one line that an editor understands."""

from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from bot.library.models import FOLDERS, Model
from bot.library.problems import Problem
from bot.library.reading import Document

FOLDER_OF = {model.__name__: folder for folder, model in FOLDERS.items()}


def problem_of(error: ErrorDetails, document: Document, model: type[Model]) -> Problem:
    """One validation error with the line of the file in which it stands."""
    return Problem(document.path, document.line(error["loc"]), _message(error, model))


def _message(error: ErrorDetails, model: type[Model]) -> str:
    where = ".".join(str(step) for step in error["loc"] if step != "Point") or "the file"
    if error["type"] == "extra_forbidden":
        return f"unknown key {str(error['loc'][-1])!r}{_hint(error, model)}"
    if error["type"] == "missing":
        return f"{where} is missing"
    if error["type"] in ("model_type", "model_attributes_type", "dict_type"):
        return f"{where}: this must be keys with values, one a line ('key: value')"
    if error["type"] == "tuple_type":
        return f"{where}: this must be a list ('- item', or [item, item])"
    if error["type"] == "string_type":
        return f"{where}: this must be text and not empty"
    if error["type"] == "string_too_long":
        length = len(str(error["input"]))
        return f"{where} has {length} characters, at most {error['ctx']['max_length']} fit"
    return f"{where}: {_lowered(error['msg'])}"


def _hint(error: ErrorDetails, model: type[Model]) -> str:
    """What the writer may have meant: a near key, or the folder whose topics have this key."""
    name = str(error["loc"][-1])
    if len(error["loc"]) == 1:
        close = get_close_matches(name, model.model_fields, n=1)
        if close:
            return f"; did you mean {close[0]!r}?"
        homes = [f for f, other in FOLDERS.items() if name in other.model_fields]
        if homes and model.__name__ in FOLDER_OF:
            return f"; files in {' and '.join(homes)}/ have it: is this file in the wrong folder?"
    return _nested_hint(name, error, model)


def _nested_hint(name: str, error: ErrorDetails, model: type[Model]) -> str:
    known: dict[str, Any] = {}
    for part in model.model_fields.values():
        inner = part.annotation
        if isinstance(inner, type) and issubclass(inner, Model):
            known |= inner.model_fields
    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _lowered(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
