"""A sound folder loads; a broken one gives every problem as ``path:line: message``."""

import os
from datetime import date
from pathlib import Path

import pytest

from bot.library import ContentError, Severity, load
from bot.library.models import BodySystem, Condition, SideEffect
from tests.library.content_folder import (
    BASIC,
    CONDITION,
    COUNTRIES,
    EFFECT,
    GLOSSARY,
    HELPLINES,
    PHRASES,
    SOURCES,
    VISIT,
    ContentFolder,
)


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder(tmp_path)


def only(problems: list[str]) -> str:
    """The one problem there is."""
    assert len(problems) == 1, "\n".join(problems)
    return problems[0]


# Sound content


def test_a_sound_folder_has_no_problems(content: ContentFolder) -> None:
    assert content.problems() == []


def test_a_topic_has_what_its_file_says_and_the_files_name_as_id(content: ContentFolder) -> None:
    gout = content.english.topics["gout"]
    assert isinstance(gout, Condition)
    assert (gout.id, gout.title, gout.systems) == ("gout", "Gout", (BodySystem.JOINTS,))
    assert [(point.text, point.sources) for point in gout.points] == [
        ("It often comes at night.", ()),
        ("It can come back.", ("nhs-gout",)),
    ]
    assert gout.reviewed == date(2026, 11, 2)


def test_topics_are_listed_by_kind_and_title(content: ContentFolder) -> None:
    effect = content.read(EFFECT).replace("Itching", "Aching").replace("pruritus", "pain")
    content.write("en/side-effects/zz-aching.yaml", effect)
    titles = [topic.title for topic in content.english.of_kind(SideEffect)]
    assert titles == ["Aching", "Itching"]


def test_a_topic_is_found_by_every_name(content: ContentFolder) -> None:
    names = content.english.names
    for name in ("gout", "goutyarthritis", "podagra"):
        assert [topic.id for topic in names[name]] == ["gout"]


def test_words_sources_and_helplines_are_there(content: ContentFolder) -> None:
    edition = content.english
    assert [term.term for term in edition.terms] == ["joint", "rash"]
    assert edition.sources["nhs-itching"].stored_copy
    assert edition.publishers["nhs"].hosts == ("www.nhs.uk",)
    assert "112" in edition.helplines.emergency


def test_the_library_cannot_be_changed(content: ContentFolder) -> None:
    gout = content.english.topics["gout"]
    with pytest.raises(ValueError, match="frozen"):
        gout.title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize("folder", ["", "en/", "en/conditions/"])
def test_hidden_files_of_a_computer_are_no_content(content: ContentFolder, folder: str) -> None:
    content.write(f"{folder}.DS_Store", "")
    assert content.problems() == []


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_readme_may_stand_beside_the_content(content: ContentFolder, folder: str) -> None:
    content.write(f"{folder}README.md", "# For editors")
    assert content.problems() == []


def test_empty_kinds_of_topics_need_no_folder(content: ContentFolder) -> None:
    content.remove("en/basics")
    assert content.problems() == []


# One mistake at a time: the file, the old text, the new one, "line: how the problem begins"

Mistake = tuple[str, str, str, str]
MISTAKES: dict[str, Mistake] = {
    "misspelt key": (
        CONDITION,
        "aliases:",
        "aliasses:",
        "3: unknown key 'aliasses'; did you mean 'aliases'?",
    ),
    "key like no other": (CONDITION, "aliases:", "zzz:", "3: unknown key 'zzz'"),
    "key of another kind": (
        CONDITION,
        "aliases: [podagra]",
        "watch: [Look out.]",
        "3: unknown key 'watch'; files in side-effects/ have it: is this file in the wrong folder?",
    ),
    "misspelt key in a point": (
        CONDITION,
        "    sources:",
        "    source:",
        "9: unknown key 'source'; did you mean 'sources'?",
    ),
    "misspelt key in the glossary": (
        GLOSSARY,
        "    aliases:",
        "    aliasses:",
        "3: unknown key 'aliasses'; did you mean 'aliases'?",
    ),
    "misspelt key in a source": (
        SOURCES,
        "stored_copy:",
        "stored_copi:",
        "14: unknown key 'stored_copi'; did you mean 'stored_copy'?",
    ),
    "an id in the file": (
        BASIC,
        "section:",
        "id: germ\nsection:",
        "2: unknown key 'id': the file's name is the topic's id",
    ),
    "missing in a side effect": (
        EFFECT,
        "urgency_basis: source\n",
        "",
        "1: urgency_basis is missing",
    ),
    "missing in a condition": (CONDITION, "reviewed: 2026-11-02\n", "", "1: reviewed is missing"),
    "missing in a word": (
        GLOSSARY,
        "    meaning: A place where two bones meet.\n",
        "",
        "2: terms.0.meaning is missing",
    ),
    "missing in a source": (
        SOURCES,
        "    title: Itchy skin\n",
        "",
        "9: sources.nhs-itching.title is missing",
    ),
    "no text": (CONDITION, "title: Gout", "title:", "1: title: this must be text and not empty"),
    "list for text": (CONDITION, "title: Gout", "title: [Gout]", "1: title: this must be text"),
    "text for list": (CONDITION, "[joints]", "joints", "4: systems: this must be a list"),
    "text for keys": (
        SOURCES,
        "{name: NHS (UK), hosts: [www.nhs.uk]}",
        "NHS",
        "2: publishers.nhs: this must be keys with values",
    ),
    "empty list": (CONDITION, "sources: [nhs-gout]\nrev", "sources: []\nrev", "10: sources: "),
    "no such system": (CONDITION, "[joints]", "[knees]", "4: systems.0: input should be 'brain"),
    "no such urgency": (EFFECT, "next-visit", "soon", "5: urgency: input should be 'emergency'"),
    "no such basis": (EFFECT, "basis: source", "basis: x", "6: urgency_basis: input should be"),
    "no such section": (BASIC, "immune-system", "immune", "2: section: input should be 'about'"),
    "no such month": (CONDITION, "2026-11-02", "2026-13-02", "11: reviewed: "),
    "a date in words": (CONDITION, "2026-11-02", "2 November 2026", "11: reviewed: "),
    "a date without hyphens": (CONDITION, "2026-11-02", "20261102", "11: reviewed: "),
    "a number for a date": (CONDITION, "2026-11-02", "86400", "11: reviewed: "),
    "no address": (SOURCES, "https://www.nhs.uk/conditions/gout/", "nhs.uk", "7: "),
    "neither yes nor no": (SOURCES, "stored_copy: true", "stored_copy: perhaps", "14: "),
    "an id with capitals": (CONDITION, "sources: [nhs-gout]\nrev", "sources: [NHS]\nrev", "10: "),
    "broken YAML": (CONDITION, "[podagra]", "[podagra", "4: not valid YAML: "),
    "a repeated key": (CONDITION, "also:", "title: Gout\nalso:", "2: the key 'title' stands here"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_one_mistake_is_one_problem_at_its_line(content: ContentFolder, mistake: Mistake) -> None:
    path, old, new, problem = mistake
    content.change(path, old, new)
    assert only(content.problems()).startswith(f"{path}:{problem}")


def test_a_summary_of_320_characters_fits_and_one_of_321_does_not(content: ContentFolder) -> None:
    summary = "Gout makes joints swell and hurt, often the big toe."
    content.change(CONDITION, summary, "x" * 320)
    assert content.problems() == []
    content.change(CONDITION, "x" * 320, "x" * 321)
    told = only(content.problems())
    assert told == f"{CONDITION}:5: summary has 321 characters, at most 320 fit"


def test_a_long_text_is_counted_without_the_line_end_of_its_block(content: ContentFolder) -> None:
    summary = "Gout makes joints swell and hurt, often the big toe."
    content.change(CONDITION, f"summary: {summary}", f"summary: >\n  {'x' * 321}")
    told = only(content.problems())
    assert told == f"{CONDITION}:5: summary has 321 characters, at most 320 fit"


def test_a_point_of_141_characters_does_not_fit(content: ContentFolder) -> None:
    content.change(CONDITION, "It often comes at night.", "x" * 141)
    told = only(content.problems())
    assert told.startswith(f"{CONDITION}:7: points.0")
    assert told.endswith("has 141 characters, at most 140 fit")


def test_six_points_fit_and_seven_do_not(content: ContentFolder) -> None:
    first = "  - It often comes at night.\n"
    content.change(CONDITION, first, first * 5)
    assert content.problems() == []
    content.change(CONDITION, first * 5, first * 6)
    told = only(content.problems())
    assert told.startswith(f"{CONDITION}:6: points: ")
    assert "at most 6" in told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - It often comes at night.\n", "  - It often comes at night.\n" * 6),
        ("sources: [nhs-gout]\nreviewed", "sources: []\nreviewed"),
        ("reviewed: 2026-11-02", "reviewed: soon"),
        ("aliases: [podagra]", "related: [Podagra]"),
    ],
    ids=["too many points", "no sources", "date in a word", "id with a capital"],
)
def test_a_problem_is_told_without_words_of_a_programmer(
    content: ContentFolder, old: str, new: str
) -> None:
    content.change(CONDITION, old, new)
    told = only(content.problems())
    for word in ("tuple", "validation", "datetime", "string", "pattern", "[a-z"):
        assert word not in told


# The bot's own words


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  back: ‹ Back", "  back: Back {name}", "this phrase must have no braces at all"),
        ('part_of: "A form of {name}."', 'part_of: "A form of {nmae}."', "must have {name}"),
        ('part_of: "A form of {name}."', "part_of: A form.", "this phrase must have {name}"),
        ('part_of: "A form of {name}."', 'part_of: "A {name"', "braces that do not match"),
        ('  page: "Page {page} / {pages}"', '  page: "Page {page}"', "have {page}, {pages}"),
    ],
)
def test_a_phrase_with_a_wrong_blank_is_told_at_its_line(
    content: ContentFolder, old: str, new: str, problem: str
) -> None:
    content.change(PHRASES, old, new)
    told = only(content.problems())
    assert told.startswith(f"{PHRASES}:{content.line_of(PHRASES, new)}: ")
    assert problem in told


def test_a_missing_phrase_is_told_at_its_group(content: ContentFolder) -> None:
    content.change(PHRASES, "  back: ‹ Back\n", "")
    line = content.line_of(PHRASES, "buttons:")
    assert content.problems() == [f"{PHRASES}:{line}: buttons.back is missing"]


def test_an_unknown_phrase_is_told_with_what_was_meant(content: ContentFolder) -> None:
    content.change(PHRASES, "  back: ‹ Back\n", "  back: ‹ Back\n  bakc: ‹ Back\n")
    line = content.line_of(PHRASES, "bakc:")
    problem = "unknown key 'bakc'; did you mean 'back'?"
    assert content.problems() == [f"{PHRASES}:{line}: {problem}"]


def test_a_missing_name_of_a_body_system_is_told(content: ContentFolder) -> None:
    content.change(PHRASES, "    gut: Gut\n", "")
    line = content.line_of(PHRASES, "systems:")
    assert content.problems() == [f"{PHRASES}:{line}: menus.systems: no phrase for gut"]


def test_eleven_months_are_too_few(content: ContentFolder) -> None:
    content.change(PHRASES, ", December]", "]")
    line = content.line_of(PHRASES, "months:")
    assert only(content.problems()).startswith(f"{PHRASES}:{line}: dates.months: ")


# Files and folders


def test_a_file_name_that_is_no_id_is_refused(content: ContentFolder) -> None:
    content.write("en/basics/Big Germ.yaml", content.read(BASIC).replace("Germ", "Big germ"))
    assert only(content.problems()).startswith("en/basics/Big Germ.yaml")


def test_a_file_that_is_no_yaml_is_refused(content: ContentFolder) -> None:
    content.write("en/conditions/gout.txt", "notes")
    problem = "en/conditions/gout.txt:1: only .yaml files belong here"
    assert content.problems() == [problem]


def test_a_folder_that_is_called_like_a_file_is_refused(content: ContentFolder) -> None:
    content.make_folder("en/conditions/lupus.yaml")
    assert only(content.problems()).startswith("en/conditions/lupus.yaml:1: ")


@pytest.mark.parametrize("path", ["en/diseases/gout.yaml", "en/conditoins/gout.yaml"])
def test_an_unknown_folder_is_refused(content: ContentFolder, path: str) -> None:
    content.write(path, content.read(BASIC))
    folder = path.rpartition("/")[0]
    told = only(content.problems())
    assert told.startswith(f"{folder}:1: this does not belong here; known are ")
    assert "conditions" in told


@pytest.mark.parametrize("path", ["notes.txt", "en/notes.txt", "en/sources.yaml"])
def test_a_file_in_a_place_that_has_none_is_refused(content: ContentFolder, path: str) -> None:
    content.write(path, "")
    assert only(content.problems()).startswith(f"{path}:1: this does not belong here")


@pytest.mark.parametrize("name", ["pictures", "pt-br", "EN", "en_old"])
def test_a_folder_that_is_no_language_code_is_refused(content: ContentFolder, name: str) -> None:
    content.make_folder(name)
    assert only(content.problems()).startswith(f"{name}:1: ")


@pytest.mark.parametrize("path", [SOURCES, HELPLINES, PHRASES, COUNTRIES, GLOSSARY, VISIT])
def test_a_missing_file_is_told(content: ContentFolder, path: str) -> None:
    content.remove(path)
    assert content.problems() == [f"{path}:1: this file is missing"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    with pytest.raises(ContentError) as error:
        load(nowhere)
    assert str(error.value) == f"{nowhere}: no such content folder"


def test_content_without_english_is_told(content: ContentFolder) -> None:
    content.remove("en")
    assert content.problems() == [f"{content.folder}: no folder en/"]


@pytest.mark.skipif(os.geteuid() == 0, reason="no mode of a file keeps root from reading it")
def test_a_file_that_cannot_be_read_is_told(content: ContentFolder) -> None:
    (content.folder / CONDITION).chmod(0)
    assert content.problems() == [f"{CONDITION}: cannot be read: Permission denied"]


def test_one_id_in_two_folders_is_refused(content: ContentFolder) -> None:
    other = content.read(BASIC).replace("Germ", "Another gout")
    content.write("en/basics/gout.yaml", other)
    problem = f"en/basics/gout.yaml:1: the id 'gout' is taken by {CONDITION}"
    assert content.problems() == [problem]


# Several problems


def test_errors_stand_after_what_are_only_warnings(content: ContentFolder) -> None:
    content.change(
        HELPLINES, "source: A page, checked: 2026-11-02", "source: A page, checked: null"
    )
    content.change(BASIC, "section: immune-system", "section: immune-system\nrelated: [nobody]")
    told = content.problems(editorial=True)
    assert told[0].startswith(f"{HELPLINES}:8: warning: ")
    assert told[1].startswith(f"{BASIC}:3: no topic 'nobody'")


def test_all_problems_come_at_once_by_file_and_line(content: ContentFolder) -> None:
    content.change(CONDITION, "aliases:", "aliasses:")
    content.change(CONDITION, "2026-11-02", "soon")
    content.change(EFFECT, "group: common", "group: frequent")
    content.write("en/basics/notes.txt", "")
    content.write("en/basics/latin.yaml", "")
    content.change(SOURCES, "publisher: nhs\n    url: https://www.nhs.uk/conditions/gout/", "")
    told = content.problems()
    assert [problem.partition(": ")[0] for problem in told] == [
        "en/basics/latin.yaml:1",
        "en/basics/notes.txt:1",
        f"{CONDITION}:3",
        f"{CONDITION}:11",
        f"{EFFECT}:3",
        f"{SOURCES}:4",
        f"{SOURCES}:4",
    ]


def test_a_broken_topic_is_not_also_missing_where_others_name_it(content: ContentFolder) -> None:
    content.add(EFFECT, "related: [germ]\n")
    assert content.problems() == []
    content.change(BASIC, "section: immune-system", "section: immune")
    assert only(content.problems()).startswith(f"{BASIC}:2: ")


def test_every_problem_is_an_error_with_path_line_and_message(content: ContentFolder) -> None:
    content.change(CONDITION, "title: Gout", "titel: Gout")
    with pytest.raises(ContentError) as error:
        content.load()
    assert {(p.path, p.severity) for p in error.value.problems} == {(CONDITION, Severity.ERROR)}
    assert all(p.line and p.message for p in error.value.problems)
    assert error.value.problems == tuple(sorted(error.value.problems))


# Another language


@pytest.fixture
def xx(content: ContentFolder) -> ContentFolder:
    """The content with a second language in which only gout is written."""
    topic = content.read(CONDITION).replace("title: Gout", "title: Xout")
    content.write("xx/conditions/gout.yaml", topic)
    return content


def test_a_translated_topic_is_in_its_language_only(xx: ContentFolder) -> None:
    library = xx.library
    assert library.edition("xx").topics["gout"].title == "Xout"
    assert library.edition("en").topics["gout"].title == "Gout"


def test_a_topic_that_is_not_translated_is_taken_from_english(xx: ContentFolder) -> None:
    edition = xx.library.edition("xx")
    assert edition.topics["itching"].title == "Itching"
    assert {*edition.topics} == {*xx.english.topics}


def test_phrases_and_words_that_are_not_translated_are_taken_from_english(
    xx: ContentFolder,
) -> None:
    edition, english = xx.library.edition("xx"), xx.english
    assert edition.phrases == english.phrases
    assert edition.terms == english.terms
    assert edition.visit == english.visit


def test_a_single_phrase_that_is_not_translated_is_taken_from_english(xx: ContentFolder) -> None:
    xx.write("xx/phrases.yaml", "buttons:\n  back: Xack\n")
    phrases = xx.library.edition("xx").phrases
    assert phrases.buttons.back == "Xack"
    assert phrases.buttons.home == xx.english.phrases.buttons.home
    assert phrases.disclaimer == xx.english.phrases.disclaimer


def test_a_translated_glossary_replaces_the_english_one(xx: ContentFolder) -> None:
    terms = "[{term: xoint, meaning: Xx., sources: [nhs-gout], reviewed: 2026-11-01}]"
    xx.write("xx/glossary.yaml", f"terms: {terms}\n")
    assert [term.term for term in xx.library.edition("xx").terms] == ["xoint"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("buttons:\n  bakc: Xack\n", "2: unknown key 'bakc'; did you mean 'back'?"),
        ("buttons:\n  back:\n", "2: buttons.back: this must be text and not empty"),
        ("cards:\n  part_of: Xx.\n", "2: cards.part_of: this phrase must have {name}"),
        ("buttons: Xack\n", "1: buttons: this must be keys with values"),
        ("- Xack\n", "1: the file: this must be keys with values"),
    ],
)
def test_a_mistake_in_translated_phrases_is_one_problem_at_its_line(
    xx: ContentFolder, text: str, problem: str
) -> None:
    xx.write("xx/phrases.yaml", text)
    assert only(xx.problems()).startswith(f"xx/phrases.yaml:{problem}")


def test_a_mistake_in_english_is_not_told_again_for_every_language(xx: ContentFolder) -> None:
    xx.change(EFFECT, "aliases: [pruritus]", "related: [nothing]")
    assert only(xx.problems()).startswith(f"{EFFECT}:2: ")


@pytest.mark.parametrize(
    ("asked", "language"),
    [("xx", "xx"), ("xx-br", "xx"), ("XX", "xx"), ("en-GB", "en"), ("pt-br", "en"), ("", "en")],
)
def test_an_edition_is_chosen_by_the_first_part_of_the_tag(
    xx: ContentFolder, asked: str, language: str
) -> None:
    assert xx.library.edition(asked).language == language


def test_who_has_no_language_gets_the_english_edition(xx: ContentFolder) -> None:
    assert xx.library.edition(None).language == "en"
