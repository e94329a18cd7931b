"""Phrases with blanks in braces, which the program fills in."""

from collections.abc import Mapping
from enum import StrEnum
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, StringConstraints


def blanks(*names: str) -> AfterValidator:
    """A validator: the phrase has exactly these blanks in braces, no more and no fewer."""

    def check(phrase: str) -> str:
        try:
            found = {field for _, field, _, _ in Formatter().parse(phrase) if field is not None}
        except ValueError as error:
            raise ValueError(f"braces that do not match: {error}") from None
        if found != set(names):
            wanted = ", ".join(f"{{{name}}}" for name in names) or "no braces at all"
            raise ValueError(f"this phrase must have {wanted}")
        return phrase

    return AfterValidator(check)


def complete(keys: type[StrEnum]) -> AfterValidator:
    """A validator: the mapping has a phrase for every member of ``keys``."""

    def check(phrases: Mapping[StrEnum, str]) -> Mapping[StrEnum, str]:
        missing = [member.value for member in keys if member not in phrases]
        if missing:
            raise ValueError(f"no phrase for {', '.join(missing)}")
        return phrases

    return AfterValidator(check)


Line = Annotated[str, StringConstraints(min_length=1), blanks()]
Label = Annotated[str, StringConstraints(min_length=1, max_length=40), blanks()]
Description = Annotated[str, StringConstraints(min_length=1, max_length=256), blanks()]
OfName = Annotated[str, blanks("name")]
OfText = Annotated[str, blanks("text")]
OfDate = Annotated[str, blanks("date")]
