"""A small, sound content folder that a test may break in one place.

    content = ContentFolder(tmp_path)
    content.change(CONDITION, "title: Gout", "titel: Gout")
    assert content.problems() == ["en/conditions/gout.yaml:1: …"]

The phrases and cues are the repository's own; all else is as short as the models allow.
"""

import shutil
from pathlib import Path
from textwrap import dedent

from bot.library import ContentError, Edition, Library, Loaded, load
from tests.conftest import CONTENT, TODAY

PHRASES = "en/phrases.yaml"
GLOSSARY = "en/glossary.yaml"
VISIT = "en/visit.yaml"
FIXED = "en/fixed.yaml"
URGENT = "en/urgent.yaml"
SOURCES = "sources.yaml"
HELPLINES = "helplines.yaml"
COUNTRIES = "en/countries.yaml"
CONDITION = "en/conditions/gout.yaml"
EFFECT = "en/side-effects/itching.yaml"
BASIC = "en/basics/germ.yaml"

TEN_TEXTS = "[" + ", ".join(f"text {number}" for number in range(10)) + "]"
ASKS_THE_DOCTOR = "{text: 'Ask. Else {numbers}.', guide: germ, matches: [], quiet: []}"
QUESTIONS = "[What is it?, Why me?, What helps?, What now?, Whom do I call?]"
FILES = {
    SOURCES: """\
        publishers:
          nhs: {name: NHS (UK), hosts: [www.nhs.uk]}
        sources:
          nhs-gout:
            title: Gout
            publisher: nhs
            url: https://www.nhs.uk/conditions/gout/
            checked: 2026-11-01
          nhs-itching:
            title: Itchy skin
            publisher: nhs
            url: https://www.nhs.uk/conditions/itchy-skin/
            checked: 2026-11-01
            stored_copy: true
        """,
    HELPLINES: """\
        emergency: ["112", "911"]
        directory: https://findahelpline.com
        crisis_first: [GB]
        languages: {en: [GB]}
        countries:
          - {country: GB, numbers: ["999"], source: A list, checked: 2026-11-01}
        crisis:
          - {country: GB, name: Listeners, call: ["116 123"], source: A page, checked: 2026-11-02}
        reporting:
          - {country: GB, name: Yellow Card, source: A leaflet, checked: 2026-11-03}
        """,
    COUNTRIES: """\
        names: {GB: United Kingdom}
        """,
    GLOSSARY: """\
        terms:
          - term: joint
            aliases: [joints of the body]
            meaning: A place where two bones meet.
            sources: [nhs-gout]
            reviewed: 2026-11-01
          - term: rash
            meaning: A change of the skin that one can see.
            sources: [nhs-itching]
            reviewed: 2026-11-01
        """,
    VISIT: f"""\
        general: {QUESTIONS}
        condition: {QUESTIONS}
        medicine: {QUESTIONS}
        """,
    FIXED: f"""\
        asking: [should]
        opening: [is]
        medicine_words: [pill]
        answers:
          skip: {ASKS_THE_DOCTOR}
          stop: {ASKS_THE_DOCTOR}
          combine: {ASKS_THE_DOCTOR}
          dose: {ASKS_THE_DOCTOR}
          diagnosis: {ASKS_THE_DOCTOR}
        """,
    URGENT: f"""\
        calming:
          negation:
            - {{words: not, between: [a]}}
          past: [years ago]
          general: [can cause]
          figurative: [to death]
          fiction: [in a film]
          now: [now]
          mine: [my]
          happening: [happening]
          but: [but]
          either: [or]
          told: [had]
          asking: [what]
          asked: [can]
          own: [i]
          person: [he]
          who: [who]
          beside: [now]
          laughing: ["😂"]
        flags:
          - id: burning-joint
            level: urgent
            title: A burning joint
            name: A hot joint can be an infection.
            do: Let somebody look at it today.
            words: [joint + burn*]
            sources: [nhs-gout]
            reviewed: 2026-11-01
            matches: {TEN_TEXTS}
            quiet: {TEN_TEXTS}
        """,
    CONDITION: """\
        title: Gout
        also: [gouty arthritis]
        aliases: [podagra]
        systems: [joints]
        summary: Gout makes joints swell and hurt, often the big toe.
        points:
          - It often comes at night.
          - text: It can come back.
            sources: [nhs-gout]
        sources: [nhs-gout]
        reviewed: 2026-11-02
        """,
    EFFECT: """\
        title: Itching
        aliases: [pruritus]
        group: common
        areas: [skin-and-hair]
        urgency: next-visit
        urgency_basis: source
        summary: Skin that makes you want to scratch.
        watch:
          - Note when it began.
        sources: [nhs-itching]
        reviewed: 2026-11-03
        """,
    BASIC: """\
        title: Germ
        section: immune-system
        summary: A tiny living thing that can make you ill.
        sources: [nhs-gout]
        reviewed: 2026-11-01
        """,
}


class ContentFolder:
    """A content folder on disk. Paths are those of messages: ``en/conditions/gout.yaml``."""

    def __init__(self, parent: Path) -> None:
        self.folder = parent / "content"
        for path, text in FILES.items():
            self.write(path, text)
        for path in (PHRASES, "en/cues.yaml"):
            shutil.copyfile(CONTENT / path, self.folder / path)

    def write(self, path: str, text: str) -> None:
        """Make or replace a file, and the folders above it."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")

    def read(self, path: str) -> str:
        """The text of a file."""
        return (self.folder / path).read_text(encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Replace ``old``, which stands in the file exactly once."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def add(self, path: str, text: str) -> None:
        """Write ``text`` below what the file has."""
        self.write(path, self.read(path) + dedent(text))

    def remove(self, path: str) -> None:
        """Delete a file, or a folder with all that is in it."""
        entry = self.folder / path
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()

    def make_folder(self, path: str) -> None:
        """Make an empty folder, whatever its name promises."""
        (self.folder / path).mkdir(parents=True)

    def line_of(self, path: str, text: str) -> int:
        """The number of the only line of the file that contains ``text``."""
        lines = self.read(path).splitlines()
        (number,) = (n for n, line in enumerate(lines, start=1) if text in line)
        return number

    def load(self, *, editorial: bool = False) -> Loaded:
        """What the bot gets to read; ``editorial``: what ``check`` shows to editors."""
        return load(self.folder, today=TODAY, editorial=editorial)

    @property
    def library(self) -> Library:
        """The library, of sound content."""
        return self.load().library

    @property
    def english(self) -> Edition:
        """The default edition, of sound content."""
        return self.library.edition("en")

    def problems(self, *, editorial: bool = False) -> list[str]:
        """Every error and warning, as an editor reads it; none where the content is sound."""
        try:
            return [str(warning) for warning in self.load(editorial=editorial).warnings]
        except ContentError as error:
            return str(error).splitlines()
