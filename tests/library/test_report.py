"""The report for editors: what is due, what is wanted, what is hard to read, worst first."""

from datetime import date
from pathlib import Path

import pytest

from bot.library.report import report
from tests.library.content_folder import BASIC, CONDITION, EFFECT, GLOSSARY, ContentFolder

DAY = date(2026, 12, 1)
HARD = "Considerable physiological difficulties, characterised by inflammatory deterioration."


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder(tmp_path)


def lines(content: ContentFolder) -> list[str]:
    """The report of ``DAY``, line by line."""
    return report(content.library, DAY).splitlines()


def table(content: ContentFolder) -> list[dict[str, str]]:
    """The rows of the table, by the names of the columns."""
    cells = [line.strip("| ").split(" | ") for line in lines(content) if line.startswith("| ")]
    head, *rows = cells
    return [dict(zip(head, row, strict=True)) for row in rows]


def order(content: ContentFolder) -> list[str]:
    return [row["topic"] for row in table(content)]


def test_it_says_how_many_topics_there_are_and_on_which_day(content: ContentFolder) -> None:
    title, _, counts = lines(content)[:3]
    assert title == "# Content report"
    assert counts.startswith("3 topics on 2026-12-01")


def test_every_topic_has_a_row(content: ContentFolder) -> None:
    assert sorted(order(content)) == ["germ", "gout", "itching"]


def test_a_row_has_kind_dates_sources_and_stored_copies(content: ContentFolder) -> None:
    rows = {row["topic"]: row for row in table(content)}
    expected = {
        "germ": ("basic", "2026-11-01", "2027-11-01", "1", "0"),
        "gout": ("condition", "2026-11-02", "2027-11-02", "1", "0"),
        "itching": ("sideeffect", "2026-11-03", "2027-11-03", "1", "1"),
    }
    columns = ("kind", "checked", "due", "sources", "stored copies")
    assert {name: tuple(row[c] for c in columns) for name, row in rows.items()} == expected


def test_a_source_of_a_single_line_counts_once(content: ContentFolder) -> None:
    content.change(CONDITION, "    sources: [nhs-gout]", "    sources: [nhs-itching, nhs-gout]")
    (row,) = (row for row in table(content) if row["topic"] == "gout")
    assert (row["sources"], row["stored copies"]) == ("2", "1")


def test_what_is_due_comes_before_all_else(content: ContentFolder) -> None:
    content.change(CONDITION, "2026-11-02", "2025-12-01")
    content.add(EFFECT, "wanted: [one page, another page]\n")
    assert order(content)[:2] == ["gout", "itching"]
    content.change(CONDITION, "2025-12-01", "2025-12-02")
    assert order(content)[0] == "itching"


def test_where_more_is_wanted_comes_before_where_less_is(content: ContentFolder) -> None:
    content.add(BASIC, "wanted: [one page]\n")
    content.add(EFFECT, "wanted: [one page, another page]\n")
    assert order(content) == ["itching", "germ", "gout"]


def test_what_is_hard_to_read_comes_before_what_is_easy(content: ContentFolder) -> None:
    content.change(EFFECT, "Skin that makes you want to scratch.", HARD)
    assert order(content)[0] == "itching"
    grades = [float(row["grade"]) for row in table(content)]
    assert grades == sorted(grades, reverse=True)


def test_what_is_wanted_is_listed_by_topic_and_by_word(content: ContentFolder) -> None:
    content.add(EFFECT, "wanted: [a page on itching at night]\n")
    content.add(BASIC, "wanted: [a page, another page]\n")
    content.change(GLOSSARY, "  - term: rash\n", "  - term: rash\n    wanted: [a picture]\n")
    assert [line for line in lines(content) if line.startswith("- ")] == [
        "- germ: a page",
        "- germ: another page",
        "- itching: a page on itching at night",
        "- glossary, rash: a picture",
    ]


def test_it_is_a_markdown_page_that_ends_with_a_line_end(content: ContentFolder) -> None:
    text = report(content.library, DAY)
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert any(set(line) == {"|", "-"} for line in lines(content))


def test_it_speaks_of_the_english_topics_only(content: ContentFolder) -> None:
    before = report(content.library, DAY)
    text = content.read(CONDITION).replace("2026-11-02", "2020-01-01")
    content.write("xx/conditions/gout.yaml", text)
    assert report(content.library, DAY) == before


def test_a_folder_without_topics_has_a_report_too(content: ContentFolder) -> None:
    for folder in ("en/conditions", "en/side-effects", "en/basics"):
        content.remove(folder)
    assert lines(content)[2].startswith("0 topics on 2026-12-01")
