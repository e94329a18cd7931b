"""The phrases of ``/urgent`` and ``/report``."""

from typing import Annotated

from pydantic import Field

from bot.library.blanks import Line, blanks
from bot.library.models import Model

OfCountry = Annotated[str, blanks("country")]
OfNumbers = Annotated[str, blanks("numbers")]


class NumberPages(Model):
    """Whom to call, and where to report. ``works`` says where a well-known number works."""

    own_first: Annotated[str, blanks("own", "others")]
    urgent: Line
    urgent_in: OfCountry
    danger: OfNumbers
    danger_unknown: Line
    works: dict[str, Line]
    poisoning: OfNumbers
    poisoning_unknown: Line
    not_life: Annotated[str, blanks("line")]
    worried: Line
    despair: Line
    no_line: OfCountry
    everywhere: Annotated[str, blanks("directory")]
    choose: Line
    line: Annotated[str, blanks("name", "ways", "checked")]
    old_line: Annotated[str, blanks("name", "ways", "checked", "directory")]
    short: Annotated[str, blanks("name", "ways")]
    short_in: Annotated[str, blanks("countries", "name", "ways")]
    elsewhere: Annotated[str, blanks("directory", "checked")]
    all_checked: Annotated[str, blanks("date")]
    some_not_checked: Line
    call: OfNumbers
    text: Annotated[str, blanks("text")]
    always: Line
    open: Annotated[str, blanks("hours")]
    hours_vary: Line
    checked: Annotated[str, blanks("date")]
    not_checked: Line
    emergency_checked: Annotated[str, blanks("checked")]
    emergency_old: Annotated[str, blanks("checked", "number")]
    report: Line
    report_in: OfCountry
    report_how: Line
    on_the_web: Annotated[str, blanks("link")]
    by_phone: Annotated[str, blanks("number")]
    entry_checked: Annotated[str, blanks("checked")]
    have_ready: Line
    ready: Annotated[tuple[Line, ...], Field(min_length=1)]
    tell_doctor: Line
    report_no_help: Line
    not_listed: Line
    no_scheme: OfCountry
