"""YAML is read strictly: text stays text, and whatever surprises is refused with its line."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.library.reading import Data, Document, Unreadable, read

Reading = Callable[[str | bytes], Document]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Reads what it is given from a file that messages call ``x.yaml``."""

    def read_it(written: str | bytes) -> Document:
        file = tmp_path / "x.yaml"
        file.write_bytes(written if isinstance(written, bytes) else written.encode())
        return read(file, "x.yaml")

    return read_it


@pytest.fixture
def complaint(reading: Reading) -> Callable[[str | bytes], str]:
    """What an editor is told of a file that is refused."""

    def refused(written: str | bytes) -> str:
        with pytest.raises(Unreadable) as refusal:
            reading(written)
        return str(refusal.value)

    return refused


Complaint = Callable[[str | bytes], str]


@pytest.mark.parametrize(
    "text", ["no", "Yes", "on", "off", "true", "12:30", "007", "1e3", "0x1F", "2026-11-22", ".inf"]
)
def test_a_plain_word_stays_the_text_that_was_written(reading: Reading, text: str) -> None:
    assert reading(f"key: {text}").data == {"key": text}


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL", "   # a comment"])
def test_nothing_and_its_names_are_none(reading: Reading, text: str) -> None:
    assert reading(f"key: {text}").data == {"key": None}


@pytest.mark.parametrize(
    ("written", "text"), [('""', ""), ("''", ""), ('"~"', "~"), ("'null'", "null"), ("|", "")]
)
def test_quoted_they_are_text(reading: Reading, written: str, text: str) -> None:
    assert reading(f"key: {written}\n").data == {"key": text}


def test_lists_and_mappings_are_lists_and_mappings(reading: Reading) -> None:
    data: Data = {"a": ["b", {"c": "d"}], "e": {"f": []}}
    assert reading("a:\n  - b\n  - c: d\ne: {f: []}\n").data == data


def test_a_byte_order_mark_is_no_part_of_the_text(reading: Reading) -> None:
    assert reading(b"\xef\xbb\xbftitle: Gout").data == {"title": "Gout"}


def test_every_alphabet_and_emoji_are_read(reading: Reading) -> None:
    assert reading("a: Ménière 多発 💊").data == {"a": "Ménière 多発 💊"}


def test_windows_line_ends_count_as_one_line(complaint: Complaint) -> None:
    assert complaint(b"a: 1\r\nb: 2\r\na: 3\r\n").startswith("x.yaml:3: ")


def test_a_repeated_key_names_both_lines(complaint: Complaint) -> None:
    told = complaint("title: Gout\nsummary: …\ntitle: Gout again\n")
    assert told == "x.yaml:3: the key 'title' stands here twice (first in line 1)"


def test_a_repeated_key_is_found_deep_inside(complaint: Complaint) -> None:
    told = complaint("points:\n  - text: one\n    text: two\n")
    assert told == "x.yaml:3: the key 'text' stands here twice (first in line 2)"


def test_one_key_in_two_mappings_is_no_repetition(reading: Reading) -> None:
    assert reading("- a: 1\n- a: 2\n").data == [{"a": "1"}, {"a": "2"}]


def test_a_tab_is_named_with_its_line(complaint: Complaint) -> None:
    assert complaint("a: 1\nb:\n\tc: 2\n") == "x.yaml:3: a tab; use spaces"


@pytest.mark.parametrize(
    "text",
    [
        "title: Gout\nbelow: &name value\nagain: *name\n",
        "title: Gout\nbelow: &itself [*itself]\n",
        "title: Gout\nbelow: &name value\n",
        "title: Gout\n&name below: value\n",
    ],
    ids=["alias", "alias to itself", "anchor without alias", "anchor of a key"],
)
def test_anchors_and_aliases_are_refused(complaint: Complaint, text: str) -> None:
    assert complaint(text) == "x.yaml:2: anchors (&, *) and tags (!) are not used here"


@pytest.mark.parametrize(
    "text",
    [
        "title: Gout\nbelow: !!int 5\n",
        "title: Gout\nbelow: !mine {a: b}\n",
        "title: Gout\nbelow: !!python/object:os.system [ls]\n",
        "title: Gout\n!mine below: value\n",
    ],
    ids=["int", "local", "python", "of a key"],
)
def test_tags_are_refused(complaint: Complaint, text: str) -> None:
    assert complaint(text) == "x.yaml:2: anchors (&, *) and tags (!) are not used here"


def test_an_undefined_alias_is_refused_with_its_line(complaint: Complaint) -> None:
    assert complaint("a: 1\nb: *nobody\n").startswith("x.yaml:2: ")


def test_latin_1_is_refused_in_the_line_where_it_stands(complaint: Complaint) -> None:
    told = complaint("a: one\nb: two\nc: café\n".encode("latin-1"))
    assert told == "x.yaml:3: not UTF-8 text; save the file with the encoding UTF-8"


def test_utf_16_is_refused(complaint: Complaint) -> None:
    assert complaint("title: Gout\n".encode("utf-16")).startswith("x.yaml:1: not UTF-8 text")


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "# one\n\n# two\n"])
def test_an_empty_file_says_so(complaint: Complaint, text: str) -> None:
    assert complaint(text) == "x.yaml:1: the file is empty"


@pytest.mark.parametrize(
    ("char", "name"), [("\x00", "U+0000"), ("\x07", "U+0007"), ("\x1b", "U+001B")]
)
def test_a_control_character_is_named_with_its_line(
    complaint: Complaint, char: str, name: str
) -> None:
    assert complaint(f"a: 1\nb: x{char}y\n") == f"x.yaml:2: a character {name}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: c: d\n", 2),
        ("a: 1\nb: 2\nc: `quoted`\n", 3),
        ('a: 1\nb: "it ends\n', 3),
        ("a: 1\n  b: 2\n", 2),
        ("a: 1\njust a word\n", 3),
        ("- a\nb: c\n", 2),
    ],
    ids=["two colons", "backtick", "open quote", "indent", "no colon", "list and mapping"],
)
def test_broken_yaml_is_told_with_its_line(complaint: Complaint, text: str, line: int) -> None:
    assert complaint(text).startswith(f"x.yaml:{line}: not valid YAML: ")


def test_two_documents_are_refused_where_the_second_begins(complaint: Complaint) -> None:
    told = complaint("a: 1\n---\nb: 2\n")
    assert told == "x.yaml:2: not valid YAML: but found another document"


@pytest.mark.parametrize("text", ["a: 1\n[b]: 2\n", "a: 1\n{b: c}: 2\n", "a: 1\n? [b]\n: 2\n"])
def test_a_key_that_is_no_plain_word_is_refused(complaint: Complaint, text: str) -> None:
    assert complaint(text) == "x.yaml:2: a key must be a plain word"


@pytest.mark.parametrize("depth", [300, 900])
def test_lists_within_lists_are_read_or_refused_however_deep(reading: Reading, depth: int) -> None:
    try:
        reading("[" * depth + "]" * depth)
    except Unreadable as refusal:
        assert "nested too deeply" in str(refusal)  # noqa: PT017 - either end is right


def test_a_file_of_brackets_does_not_take_the_process_down(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("[" * 100_000)
    program = (
        "import sys; from pathlib import Path\n"
        "from bot.library.reading import Unreadable, read\n"
        "try: read(Path(sys.argv[1]), 'x.yaml')\n"
        "except Unreadable: print('refused')\n"
    )
    command = [sys.executable, "-c", program, str(file)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stdout) == (0, "refused\n")


TOPIC = """\
# A comment first
title: Gout
systems:
  - joints
  - skin
points:
  - One.
  - text: Two.
    sources: [nhs-gout]
brands:
  us: [Humira]
"""


@pytest.mark.parametrize(
    ("location", "line"),
    [
        ((), 2),
        (("title",), 2),
        (("systems", 1), 5),
        (("points", 0), 7),
        (("points", 1, "text"), 8),
        (("points", 1, "sources", 0), 9),
        (("brands", "us", 0), 11),
    ],
)
def test_a_line_is_found_by_location(
    reading: Reading, location: tuple[int | str, ...], line: int
) -> None:
    assert reading(TOPIC).line(location) == line


@pytest.mark.parametrize(
    ("location", "line"),
    [
        (("summary",), 2),
        (("systems", 7), 3),
        (("points", 1, "txet"), 8),
        (("points", 1, "Point", "text"), 8),
        (("title", 0), 2),
    ],
)
def test_what_is_not_there_gets_the_line_of_what_should_contain_it(
    reading: Reading, location: tuple[int | str, ...], line: int
) -> None:
    assert reading(TOPIC).line(location) == line


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nowhere.yaml", "nowhere.yaml")


YAML_PIECES = st.sampled_from(
    [
        *(
            "a",
            "b: ",
            ": ",
            "- ",
            "? ",
            "\n",
            "  ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "|",
            ">",
            "'",
            '"',
            "#",
        ),
        *("&x ", "*x", "!t ", "!!str ", "---\n", "...\n", "%YAML 1.1\n", "\\u", "~", "<<: "),
        *("\t", "\r", "\x00", "\x85", "\u2028", "\ufeff", "é", "💊"),
    ]
)
LIKE_YAML = st.lists(YAML_PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode())
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"])).map(str.encode)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | ANY_TEXT | LIKE_YAML)
@example(b"\xef\xbb\xbf\xef\xbb\xbfa: b")
@example(b'a: "\\ud800"')
@example(b"%FOO\n---\na: b")
@example(b"...")
def test_any_bytes_are_read_or_refused_with_a_line(reading: Reading, written: bytes) -> None:
    try:
        document = reading(written)
    except Unreadable as refusal:
        lines = written.count(b"\n") + written.count(b"\r") + 1
        lines += sum(written.count(char.encode()) for char in "\x85\u2028\u2029")
        assert refusal.problem.path == "x.yaml"  # noqa: PT017 - either end is right
        assert 1 <= refusal.problem.line <= lines + 1  # noqa: PT017
    else:
        assert isinstance(document, Document)
        assert document.line(()) >= 1
