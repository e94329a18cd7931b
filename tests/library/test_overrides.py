"""The operator's own numbers: laid over the content's at once, and never a broken file."""

import logging
import os
from pathlib import Path

import pytest

from bot.library import ContentError, Library
from bot.library.models import Helplines
from bot.library.overrides import EVERY, Overrides, read_override

SWAPPED = """\
crisis:
  - {country: GB, name: Night Line, call: ["0800 1"], source: by phone, checked: 2026-12-01}
"""


class Seconds:
    """A clock that a test can turn."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "numbers.yaml"


def write(file: Path, text: str, time: int) -> None:
    """Write ``text`` with a time stamp of its own: a test is faster than a file system's clock."""
    file.write_text(text, encoding="utf-8")
    os.utime(file, (time, time))


def numbers_of(overrides: Overrides, library: Library) -> Helplines:
    return overrides.over(library).edition("en").helplines


def lines_in(helplines: Helplines, country: str) -> list[str]:
    return [line.name for line in helplines.crisis_in(country)]


def test_without_a_file_the_library_stays_what_it_is(library: Library) -> None:
    assert Overrides(None).over(library) is library


def test_an_entry_replaces_all_that_its_country_had_in_that_list(
    library: Library, file: Path
) -> None:
    write(file, SWAPPED, 1)
    helplines, before = numbers_of(Overrides(file), library), library.edition("en").helplines
    assert lines_in(before, "GB") == ["Samaritans", "Shout"]
    assert lines_in(helplines, "GB") == ["Night Line"]
    assert lines_in(helplines, "IE") == lines_in(before, "IE")
    assert helplines.countries == before.countries
    assert helplines.reporting == before.reporting


def test_every_part_can_be_replaced(library: Library, file: Path) -> None:
    text = """\
    emergency: ["112"]
    directory: https://example.org/lines
    crisis_first: [IE]
    languages: {en: [IE]}
    countries: [{country: US, numbers: ["912"], source: x, checked: null}]
    advice: [{country: IE, name: Nurse, call: ["1"], source: x, checked: null}]
    reporting: [{country: IE, name: Desk, source: x, checked: null}]
    """
    write(file, text, 1)
    helplines = numbers_of(Overrides(file), library)
    assert helplines.emergency == ("112",)
    assert helplines.directory.host == "example.org"
    assert helplines.crisis_first == ("IE",)
    assert helplines.languages["en"] == ("IE",)
    assert helplines.languages["de"] == ("DE", "AT", "CH")
    assert [entry.numbers for entry in helplines.countries if entry.country == "US"] == [("912",)]
    assert {line.name for line in helplines.advice} == {"NHS 111", "Nurse"}
    assert [scheme.name for scheme in helplines.reporting_in("IE")] == ["Desk"]


def test_the_rest_of_the_library_is_the_same(library: Library, file: Path) -> None:
    write(file, SWAPPED, 1)
    overrides = Overrides(file)
    edition = overrides.over(library).edition("en")
    assert edition.topics is library.edition("en").topics
    assert overrides.over(library) is overrides.over(library)


def test_a_change_is_read_within_a_minute_and_not_sooner(
    library: Library, file: Path, seconds: Seconds
) -> None:
    write(file, SWAPPED, 1)
    overrides = Overrides(file, seconds)
    write(file, SWAPPED.replace("Night", "Day"), 2)
    seconds.now += EVERY - 1
    assert lines_in(numbers_of(overrides, library), "GB") == ["Night Line"]
    seconds.now += 1
    assert lines_in(numbers_of(overrides, library), "GB") == ["Day Line"]


def test_a_file_that_appears_is_read_and_one_that_goes_is_forgotten(
    library: Library, file: Path, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    overrides = Overrides(file, seconds)
    assert "is not there" in caplog.text
    assert overrides.over(library) is library
    write(file, SWAPPED, 1)
    seconds.now += EVERY
    assert lines_in(numbers_of(overrides, library), "GB") == ["Night Line"]
    file.unlink()
    seconds.now += EVERY
    assert overrides.over(library) is library
    assert "is gone" in caplog.text


BROKEN = ["", "crisis: [", "crisis: none", "crysis: []", SWAPPED.replace('["0800 1"]', "[none]")]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_file_is_refused_with_one_line_and_the_last_good_one_stays(
    library: Library, file: Path, seconds: Seconds, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    write(file, SWAPPED, 1)
    overrides = Overrides(file, seconds)
    write(file, text, 2)
    caplog.clear()
    for _ in range(3):
        seconds.now += EVERY
        assert lines_in(numbers_of(overrides, library), "GB") == ["Night Line"]
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "refused" in record.getMessage()
    assert "\n" not in record.getMessage()
    write(file, SWAPPED.replace("Night", "Day"), 3)
    seconds.now += EVERY
    assert lines_in(numbers_of(overrides, library), "GB") == ["Day Line"]


def test_a_file_that_is_broken_from_the_start_leaves_the_content_alone(
    library: Library, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(file, "crisis: none", 1)
    assert Overrides(file).over(library) is library
    assert "refused" in caplog.text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("crysis: []\n", "numbers.yaml:1: unknown key 'crysis'; did you mean 'crisis'?"),
        ("emergency: []\n", "numbers.yaml:1: emergency: at least 1 entries are needed"),
        ("crisis:\n  - country: uk\n", "numbers.yaml:2: crisis.0.country: this is not written as"),
    ],
)
def test_a_mistake_is_told_with_its_line(file: Path, text: str, problem: str) -> None:
    write(file, text, 1)
    with pytest.raises(ContentError) as error:
        read_override(file)
    assert any(line.startswith(problem) for line in str(error.value).splitlines())


def test_a_folder_is_no_file(tmp_path: Path, library: Library) -> None:
    with pytest.raises(ContentError):
        read_override(tmp_path)
    assert Overrides(tmp_path).over(library) is library
