"""Every rule between files: content that keeps it, and content that breaks it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.library.rules import EDITORIAL_RULES, RULES
from tests.conftest import CONTENT
from tests.library.content_folder import (
    BASIC,
    CONDITION,
    EFFECT,
    FIXED,
    GLOSSARY,
    HELPLINES,
    PHRASES,
    SOURCES,
    URGENT,
    VISIT,
    ContentFolder,
)

SECOND = "en/side-effects/second.yaml"
THIRD = "en/side-effects/third.yaml"
MEDICINE = "en/medicines/goutomab.yaml"
WORRIED = 1 + (CONTENT / PHRASES).read_text(encoding="utf-8").splitlines().index(
    "  worried: If you are worried, ask today."
)


class Case(NamedTuple):
    """In ``path``, ``old`` becomes ``keeps`` (sound) or ``breaks`` (exactly one ``problem``)."""

    path: str
    old: str
    keeps: str
    breaks: str
    problem: str


def another_effect(content: ContentFolder, path: str, more: str = "") -> None:
    """A side effect called after its file."""
    name = Path(path).stem
    text = content.read(EFFECT).replace("Itching", f"A {name} effect")
    content.write(path, text.replace("aliases: [pruritus]\n", more))


def with_two_more_effects(content: ContentFolder) -> None:
    another_effect(content, SECOND, "same_as: itching\n")
    another_effect(content, THIRD, "related: [itching]\n")


def with_two_more_publishers(content: ContentFolder) -> None:
    content.change(
        SOURCES,
        "sources:\n",
        "  ema: {name: EMA, hosts: [www.ema.europa.eu]}\n"
        "  fda: {name: FDA, hosts: [www.fda.gov]}\n"
        "sources:\n"
        "  fda-goutix:\n"
        "    title: Goutix\n"
        "    publisher: fda\n"
        "    url: https://www.fda.gov/goutix\n"
        "    checked: 2026-11-01\n",
    )


def with_a_short_disclaimer(content: ContentFolder) -> None:
    _, commands, rest = content.read(PHRASES).partition("\ncommands:")
    content.write(PHRASES, f"disclaimer: Ask your doctor.\n{commands}{rest}")


def with_a_medicine(content: ContentFolder) -> None:
    """A medicine with a mechanism and a route of its own."""
    with_two_more_publishers(content)
    for name, section in (("calming", "mechanism"), ("swallowing", "route")):
        text = content.read(BASIC).replace("Germ", name.title())
        content.write(f"en/basics/{name}.yaml", text.replace("immune-system", section))
    content.write(
        MEDICINE,
        """\
        title: goutomab
        family: tnf-blockers
        drug_class: TNF blocker
        mechanisms: [calming]
        routes: [swallowing]
        brands: {us: [Goutix]}
        uses:
          - {condition: gout, status: off-label, sources: [nhs-gout]}
        warnings:
          - {text: "It can make you itch.", sources: [nhs-gout]}
        side_effects:
          - sources: [nhs-gout]
            at: Side effects
            lines:
              - {effect: itching, often: up to 1 in 10 people}
        summary: A new medicine for gout.
        sources: [nhs-gout]
        reviewed: 2026-11-01
        """,
    )


def nothing_more(content: ContentFolder) -> None:
    """The small folder as it is."""


PREPARED: dict[str, Callable[[ContentFolder], None]] = {
    "publishers_are_known": with_two_more_publishers,
    "same_as_is_one_step": with_two_more_effects,
    "examples_are_medicines": with_a_medicine,
    "nothing_is_promised_or_prescribed": with_a_medicine,
    "numbers_go_before_words": with_a_medicine,
    "boxed_warnings_are_verified": with_a_medicine,
    "disclaimer_says_doctor": with_a_short_disclaimer,
}
CASES: dict[str, tuple[Case, ...]] = {
    "topics_exist": (
        Case(
            EFFECT,
            "aliases: [pruritus]",
            "related: [itching]",
            "related: [itching, itchnig]",
            "2: no topic 'itchnig'; did you mean 'itching'?",
        ),
        Case(
            CONDITION,
            "aliases: [podagra]",
            "aliases: [podagra]",
            "part_of: arthritis",
            "3: no topic 'arthritis'",
        ),
        Case(
            EFFECT,
            "aliases: [pruritus]",
            "aliases: [pruritus]",
            "same_as: scratching",
            "2: no topic 'scratching'; did you mean 'itching'?",
        ),
        Case(
            GLOSSARY,
            "  - term: rash\n",
            "  - term: rash\n    topic: itching\n",
            "  - term: rash\n    topic: itchin\n",
            "8: no topic 'itchin'; did you mean 'itching'?",
        ),
    ),
    "sources_exist": (
        Case(
            EFFECT,
            "sources: [nhs-itching]",
            "sources: [nhs-itching, nhs-gout]",
            "sources: [nhs-itching, nhs-guot]",
            "10: no source 'nhs-guot'; did you mean 'nhs-gout'?",
        ),
        Case(
            CONDITION,
            "    sources: [nhs-gout]",
            "    sources: [nhs-itching]",
            "    sources: [nhs-itching, unheard-of]",
            "9: no source 'unheard-of'",
        ),
        Case(
            GLOSSARY,
            "sources: [nhs-itching]",
            "sources: [nhs-gout]",
            "sources: [unheard-of]",
            "9: no source 'unheard-of'",
        ),
    ),
    "publishers_are_known": (
        Case(
            SOURCES,
            "    title: Gout\n    publisher: nhs",
            "    title: The gout\n    publisher: nhs",
            "    title: Gout\n    publisher: nsh",
            "13: no publisher 'nsh'; did you mean 'nhs'?",
        ),
        Case(
            SOURCES,
            "publisher: nhs\n    url: https://www.nhs.uk/conditions/gout/",
            "publisher: ema\n    url: https://www.ema.europa.eu/gout",
            "publisher: ema\n    url: https://www.nhs.uk/conditions/gout/",
            "14: www.nhs.uk is no host of ema",
        ),
        Case(
            SOURCES,
            "https://www.nhs.uk/conditions/gout/",
            "https://www.nhs.uk/gout/",
            "https://www.nhs.uk.example.org/gout/",
            "14: www.nhs.uk.example.org is no host of nhs",
        ),
    ),
    "organisations_are_known": (
        Case(
            CONDITION,
            "sources: [nhs-gout]\nreviewed",
            "organisations: [{name: Gout, country: UK, url: 'https://www.nhs.uk/gout'}]\n"
            "sources: [nhs-gout]\nreviewed",
            "organisations: [{name: Gout, country: UK, url: 'https://gout.example.org'}]\n"
            "sources: [nhs-gout]\nreviewed",
            "10: gout.example.org is no host of any publisher in sources.yaml",
        ),
    ),
    "names_are_unique": (
        Case(
            EFFECT,
            "aliases: [pruritus]",
            "aliases: [pruritus, itchy skin]",
            "aliases: [pruritus, Podágra]",
            "2: 'Podágra' is also a name of gout; list it under 'shared' in both",
        ),
        Case(
            EFFECT,
            "title: Itching",
            "title: Itching (gout)",
            "title: Gout (itching)",
            "1: 'Gout (itching)' is also a name of gout; list it under 'shared' in both",
        ),
        Case(
            EFFECT,
            "aliases: [pruritus]",
            "aliases: [pruritus, Itching, itching]",
            "shared: [podagra]",
            "2: 'podagra' is also a name of gout; list it under 'shared' in both",
        ),
    ),
    "terms_are_unique": (
        Case(
            GLOSSARY,
            "term: rash",
            "term: rash, red or not",
            "term: Joints",
            "7: 'Joints' has a name of 'joint'",
        ),
        Case(
            GLOSSARY,
            "term: rash\n",
            "term: rash\n    aliases: [rashes]\n",
            "term: rash\n    aliases: [joints-of-the-body]\n",
            "7: 'rash' has a name of 'joint'",
        ),
    ),
    "word_groups_are_sound": (
        Case(
            EFFECT,
            "aliases: [pruritus]",
            "lay: ['<skin> + itch~ - to get started']",
            "lay: ['<skni> + itch~']",
            "2: '<skni> + itch~': no list 'skni'; did you mean 'skin'?",
        ),
        Case(
            EFFECT,
            "aliases: [pruritus]",
            "lay: [scratch~|rub~]",
            "lay: [scratch~|]",
            "2: 'scratch~|': a word is missing beside '+', '>', '-' or '|'",
        ),
    ),
    "same_as_is_one_step": (
        Case(
            THIRD,
            "related: [itching]",
            "same_as: itching",
            "same_as: second",
            "2: second is itself the same as itching",
        ),
    ),
    "examples_are_medicines": (
        Case(
            BASIC,
            "section: immune-system",
            "section: immune-system\nexamples: [goutomab, Goutix]",
            "section: immune-system\nexamples: [goutomab, gout]",
            "3: no medicine is called 'gout'",
        ),
    ),
    "everyday_words_are_declared": (
        Case(
            CONDITION,
            "aliases: [podagra]",
            "ambiguous: [cold]",
            "aliases: [podagra, Cold]",
            "3: 'Cold' is an everyday word; list it under 'ambiguous'",
        ),
        Case(
            CONDITION,
            "aliases: [podagra]",
            "ambiguous: [weak]",
            "aliases: [podagra, weak]",
            "3: 'weak' is an everyday word; list it under 'ambiguous'",
        ),
        Case(
            CONDITION,
            "aliases: [podagra]",
            "ambiguous: [cold]",
            "aliases: [podagra, cold]",
            "3: 'cold' is an everyday word; list it under 'ambiguous'",
        ),
    ),
    "countries_have_names": (
        Case(
            HELPLINES,
            "crisis_first: [GB]",
            "crisis_first: [GB, GB]",
            "crisis_first: [GB, IE]",
            "3: no name for IE in en/countries.yaml",
        ),
        Case(
            HELPLINES,
            "languages: {en: [GB]}",
            "languages: {de: [GB]}",
            "languages: {en: [GB, DE]}",
            "4: no name for DE in en/countries.yaml",
        ),
        Case(
            HELPLINES,
            'country: GB, numbers: ["999"]',
            'country: GB, numbers: ["112"]',
            'country: FR, numbers: ["112"]',
            "6: no name for FR in en/countries.yaml",
        ),
    ),
    "numbers_are_due": (
        Case(
            HELPLINES,
            "source: A list, checked: 2026-11-01",
            "source: A list, checked: 2025-12-02",
            "source: A list, checked: 2025-12-01",
            "6: warning: GB: was due for a new check on 2026-12-01",
        ),
        Case(
            HELPLINES,
            "source: A page, checked: 2026-11-02",
            "source: A page, checked: 2026-09-02",
            "source: A page, checked: 2026-09-01",
            "8: warning: GB: was due for a new check on 2026-12-01",
        ),
        Case(
            HELPLINES,
            "source: A leaflet, checked: 2026-11-03",
            "source: A leaflet, checked: 2026-11-04",
            "source: A leaflet, checked: null",
            "10: warning: GB: nobody has checked this yet",
        ),
    ),
    "not_in_the_future": (
        Case(
            HELPLINES,
            "source: A list, checked: 2026-11-01",
            "source: A list, checked: 2026-12-01",
            "source: A list, checked: 2026-12-02",
            "6: 2026-12-02 is in the future",
        ),
        Case(
            CONDITION,
            "2026-11-02",
            "2026-12-01",
            "2026-12-02",
            "11: 2026-12-02 is in the future",
        ),
        Case(
            SOURCES,
            "2026-11-01\n    stored_copy",
            "2026-12-01\n    stored_copy",
            "2026-12-02\n    stored_copy",
            "13: 2026-12-02 is in the future",
        ),
    ),
    "reviews_are_due": (
        Case(
            CONDITION,
            "2026-11-02",
            "2025-12-02",
            "2025-12-01",
            "11: warning: was due for a new check on 2026-12-01",
        ),
    ),
    "nothing_is_promised_or_prescribed": (
        Case(
            CONDITION,
            "It often comes at night.",
            "It often comes at 2 o'clock.",
            "Take 2 tablets.",
            "7: '2 tablets': an amount of medicine; the bot never gives a dose",
        ),
        Case(
            CONDITION,
            "It often comes at night.",
            "Never stop taking your medicine on your own.",
            "You should stop taking your medicine.",
            "7: 'You should stop taking': advice to stop, start, skip, double or switch; "
            "that is for the person's doctor",
        ),
        Case(
            CONDITION,
            "It often comes at night.",
            "There is no cure yet.",
            "It is a safe thing.",
            "7: 'safe': a promise ('safe', 'best', 'miracle', 'cure')",
        ),
        Case(
            CONDITION,
            "It often comes at night.",
            "Some medicines can help.",
            "Some medications can help.",
            "7: 'medications': say 'medicine', not 'medication'",
        ),
        Case(
            MEDICINE,
            "It can make you itch.",
            "Never stop Goutix on your own.",
            "Stop Goutix at once.",
            "10: 'Stop a medicine': advice to stop, start, skip, double or switch; "
            "that is for the person's doctor",
        ),
        Case(
            CONDITION,
            "It often comes at night.",
            "Follow the plan for your adrenaline pen.",
            "Use your own emergency medicine as your plan says.",
            "7: 'Use your own emergency medicine': an emergency medicine; "
            "only urgent.yaml may say to use one's own, as one's plan says",
        ),
        Case(
            URGENT,
            "Let somebody look at it today.",
            "Use your own emergency medicine as your plan says.",
            "Take two tablets.",
            "26: 'two tablets': an amount of medicine; the bot never gives a dose",
        ),
        Case(
            VISIT,
            "general: [What is it?",
            "general: [When do I stop a medicine?",
            "general: [Is a medication better?",
            "1: 'medication': say 'medicine', not 'medication'",
        ),
        Case(
            FIXED,
            "stop: {text: 'Ask.",
            "stop: {text: 'Never stop a medicine on your own.",
            "stop: {text: 'Stop taking it.",
            "6: 'Stop taking': advice to stop, start, skip, double or switch; "
            "that is for the person's doctor",
        ),
        Case(
            PHRASES,
            "  worried: If you are worried, ask today.",
            "  worried: If you are worried, ask a doctor today.",
            "  worried: If you are worried, skip the next dose.",
            f"{WORRIED}: ', skip the next dose': advice to stop, start, skip, double or switch; "
            "that is for the person's doctor",
        ),
    ),
    "sentences_are_short": (
        Case(
            CONDITION,
            "It often comes at night.",
            f"{'Go ' * 19}on. {'Go ' * 19}on.",
            f"{'Go ' * 20}on.",
            f"7: a sentence of 21 words, at most 20: '{'Go ' * 20}on.'",
        ),
    ),
    "figures_name_their_source": (
        Case(
            CONDITION,
            "can come back.\n    sources: [nhs-gout]\nsources: [nhs-gout]",
            "comes to 1 in 100 people.\n    sources: [nhs-gout]\nsources: [nhs-gout, nhs-itching]",
            "comes to 1 in 100 people.\nsources: [nhs-gout, nhs-itching]",
            "8: '1 in 100': which of the sources says so? Name it in this line",
        ),
    ),
    "numbers_go_before_words": (
        Case(
            MEDICINE,
            "It can make you itch.",
            "Up to 1 in 10 people itch.",
            "Itching is common.",
            "10: 'is common': the numbers at hand say more",
        ),
    ),
    "boxed_warnings_are_verified": (
        Case(
            MEDICINE,
            'It can make you itch.", sources: [nhs-gout]',
            'US boxed warning: itching.", sources: [fda-goutix]',
            'US boxed warning: itching.", sources: [nhs-gout]',
            "10: a boxed warning needs one of dailymed, fda, ihs, medlineplus",
        ),
    ),
    "cards_are_easy_to_read": (
        Case(
            BASIC,
            "A tiny living thing that can make you ill.",
            "A tiny thing that lives. It can make you ill.",
            "Proliferation of microorganisms causes considerable physiological difficulties.",
            "3: reading grade ",
        ),
    ),
    "disclaimer_says_doctor": (
        Case(
            PHRASES,
            "disclaimer: Ask your doctor.",
            "disclaimer: This is no advice. Talk to your doctor or nurse.",
            "disclaimer: This is no advice.",
            "1: the disclaimer must say 'doctor'",
        ),
    ),
}
EACH = [
    pytest.param(rule, case, id=f"{rule}-{number}")
    for rule, cases in CASES.items()
    for number, case in enumerate(cases, start=1)
]


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder(tmp_path)


def test_every_rule_has_a_case() -> None:
    assert {*CASES} == {rule.__name__ for rule in (*RULES, *EDITORIAL_RULES)}


def test_the_small_folder_keeps_every_rule(content: ContentFolder) -> None:
    with_a_medicine(content)
    assert content.problems(editorial=True) == []


@pytest.mark.parametrize(("rule", "case"), EACH)
def test_content_that_keeps_the_rule_is_sound(
    content: ContentFolder, rule: str, case: Case
) -> None:
    PREPARED.get(rule, nothing_more)(content)
    content.change(case.path, case.old, case.keeps)
    assert content.problems(editorial=True) == []


@pytest.mark.parametrize(("rule", "case"), EACH)
def test_content_that_breaks_the_rule_is_told_at_its_line(
    content: ContentFolder, rule: str, case: Case
) -> None:
    PREPARED.get(rule, nothing_more)(content)
    content.change(case.path, case.old, case.breaks)
    told = content.problems(editorial=True)
    assert len(told) == 1, told
    assert told[0].startswith(f"{case.path}:{case.problem}")


@pytest.mark.parametrize("rule", [rule.__name__ for rule in RULES])
def test_what_would_break_a_page_is_found_whenever_content_is_read(
    content: ContentFolder, rule: str
) -> None:
    PREPARED.get(rule, nothing_more)(content)
    case = CASES[rule][0]
    content.change(case.path, case.old, case.breaks)
    assert content.problems() == [f"{case.path}:{case.problem}"]


@pytest.mark.parametrize("rule", [rule.__name__ for rule in EDITORIAL_RULES])
def test_what_is_for_editors_does_not_keep_the_bot_from_starting(
    content: ContentFolder, rule: str
) -> None:
    PREPARED.get(rule, nothing_more)(content)
    case = CASES[rule][0]
    content.change(case.path, case.old, case.breaks)
    assert content.problems() == []


def test_a_name_may_be_shared_where_both_say_so(content: ContentFolder) -> None:
    content.change(EFFECT, "aliases: [pruritus]", "shared: [red toe]")
    content.change(CONDITION, "aliases: [podagra]", "shared: [Red toes]")
    assert content.problems() == []
    named = content.english.called("red toe")
    assert [topic.id for topic in named] == ["gout", "itching"]


def test_a_topic_may_write_one_of_its_own_names_twice(content: ContentFolder) -> None:
    content.change(CONDITION, "aliases: [podagra]", "aliases: [podagra, Podagra, gout]")
    assert content.problems() == []


# Links of a medicine, and to a topic of the wrong kind


def test_a_medicine_that_names_what_there_is_is_sound(content: ContentFolder) -> None:
    with_a_medicine(content)
    assert content.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("mechanisms: [calming]", "mechanisms: [claming]", 4),
        ("routes: [swallowing]", "routes: [swollawing]", 5),
        ("condition: gout", "condition: guot", 8),
        ("effect: itching", "effect: itchnig", 15),
    ],
)
def test_a_medicine_names_no_topic_that_is_not_there(
    content: ContentFolder, old: str, new: str, line: int
) -> None:
    with_a_medicine(content)
    content.change(MEDICINE, old, new)
    (problem,) = content.problems()
    assert problem.startswith(f"{MEDICINE}:{line}: no topic ")


@pytest.mark.parametrize(
    ("path", "old", "new", "line"),
    [
        (CONDITION, "aliases: [podagra]", "part_of: itching", 3),
        (EFFECT, "aliases: [pruritus]", "same_as: gout", 2),
        (MEDICINE, "mechanisms: [calming]", "mechanisms: [swallowing]", 4),
        (MEDICINE, "routes: [swallowing]", "routes: [gout]", 5),
        (MEDICINE, "condition: gout", "condition: germ", 8),
        (MEDICINE, "effect: itching", "effect: gout", 15),
    ],
)
def test_a_link_leads_to_a_topic_of_the_right_kind(
    content: ContentFolder, path: str, old: str, new: str, line: int
) -> None:
    with_a_medicine(content)
    content.change(path, old, new)
    (problem,) = content.problems()
    assert problem.startswith(f"{path}:{line}: ")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (CONDITION, "aliases: [podagra]", "part_of: gout"),
        (EFFECT, "aliases: [pruritus]", "same_as: itching"),
    ],
)
def test_no_topic_is_a_form_of_itself(
    content: ContentFolder, path: str, old: str, new: str
) -> None:
    content.change(path, old, new)
    assert len(content.problems()) == 1


def test_the_name_of_a_medicine_that_is_taken_is_told_at_its_line(content: ContentFolder) -> None:
    with_a_medicine(content)
    content.change(MEDICINE, "title: goutomab\n", "immunomodulator: true\ntitle: podagra\n")
    problem = "2: 'podagra' is also a name of gout; list it under 'shared' in both"
    assert content.problems() == [f"{MEDICINE}:{problem}"]


def test_the_brand_of_a_medicine_that_is_taken_is_told_at_its_line(content: ContentFolder) -> None:
    with_a_medicine(content)
    content.change(MEDICINE, "[Goutix]", "[Podagra]")
    (problem,) = content.problems()
    assert problem.startswith(f"{MEDICINE}:6: 'Podagra' is also a name of gout")


# Translations


def test_a_rule_is_held_in_a_translation_too(content: ContentFolder) -> None:
    text = content.read(CONDITION).replace("aliases: [podagra]", "related: [nobody]")
    content.write("xx/conditions/gout.yaml", text)
    assert content.problems() == ["xx/conditions/gout.yaml:3: no topic 'nobody'"]


def test_a_name_that_is_taken_by_an_english_topic_is_told_in_the_translation(
    content: ContentFolder,
) -> None:
    text = content.read(EFFECT).replace("pruritus", "podagra")
    content.write("xx/side-effects/itching.yaml", text)
    (problem,) = content.problems()
    assert problem.startswith("xx/side-effects/itching.yaml:2: 'podagra' is also a name of gout")
