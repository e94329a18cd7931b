"""Medicines as people look for them: by any name, by kind, and misspelt."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.library import Edition
from bot.library.models import Condition, Family, Medicine
from bot.library.names import spelling
from bot.matching.lookup import look_up
from bot.pages import shelves
from bot.sandbox import Person

NAMES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "medicine_names.yaml").read_text(encoding="utf-8")
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def medicines_by_name() -> dict[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for medicine, called in NAMES.items():
        for name in called:
            names[name].add(medicine)
    return names


@pytest.mark.parametrize(("name", "medicines"), sorted(medicines_by_name().items()))
def test_every_generic_and_brand_name_finds_its_medicine(
    edition: Edition, name: str, medicines: set[str]
) -> None:
    found = {topic.id for topic in look_up(edition, name, Medicine).exact}
    assert found >= medicines
    assert len(found) == 1 or name == "beta interferon"


async def test_every_name_is_answered_with_one_card(ann: Person, edition: Edition) -> None:
    for name, medicines in medicines_by_name().items():
        if len(medicines) == 1:
            (medicine,) = medicines
            answer = await ann.says(f"/medicine {name}")
            assert answer.text.startswith(edition.topics[medicine].title), name


def slips(word: str, chance: random.Random) -> Iterator[str]:
    """One-letter misspellings: a letter left out, doubled, swapped with the next, or replaced."""
    while True:
        at = chance.randrange(len(word) - 1)
        yield chance.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + chance.choice(LETTERS) + word[at + 1 :],
                word[:at] + chance.choice(LETTERS) + word[at:],
            ]
        )


def misspelt(edition: Edition, number: int, letters: int, seed: int) -> list[tuple[str, str]]:
    """Pairs of a misspelling, which is no name itself, and the medicine that was meant."""
    chance = random.Random(seed)
    names = [(n, m) for m in NAMES for n in NAMES[m] if len(n) >= 6 and n.isalpha()]
    known = {spelling(name) for names_ in NAMES.values() for name in names_}
    pairs: list[tuple[str, str]] = []
    while len(pairs) < number:
        name, medicine = chance.choice(names)
        wrong = name.lower()
        for _ in range(letters):
            wrong = next(slips(wrong, chance))
        if spelling(wrong) not in known and not edition.called(wrong):
            pairs.append((wrong, medicine))
    return pairs


def test_no_misspelt_medicine_is_answered_without_asking(edition: Edition) -> None:
    pairs = misspelt(edition, 1000, letters=1, seed=1)
    lookups = {wrong: look_up(edition, wrong, Medicine) for wrong, _ in pairs}
    assert not [wrong for wrong, found in lookups.items() if found.exact]
    missed = [p for p in pairs if p[1] not in {t.id for t in lookups[p[0]].close}]
    assert len(missed) <= len(pairs) / 100, missed


def test_two_letters_off_is_mostly_offered_too(edition: Edition) -> None:
    pairs = misspelt(edition, 1000, letters=2, seed=2)
    missed = [
        pair
        for pair in pairs
        if pair[1] not in {topic.id for topic in look_up(edition, pair[0], Medicine).close}
    ]
    assert len(missed) <= len(pairs) * 3 / 100, missed


async def test_a_misspelt_name_is_asked_about_with_buttons(ann: Person) -> None:
    answer = await ann.says("/medicine humera")
    assert "Did you mean …?" in answer.text
    assert "adalimumab (Humira)" in answer.labels
    assert (await ann.presses("adalimumab")).text.startswith("adalimumab")


async def test_a_misspelt_name_among_the_side_effects_is_asked_about_too(ann: Person) -> None:
    answer = await ann.says("/sideeffects humra")
    assert "Did you mean …?" in answer.text
    listed = await ann.presses("adalimumab (Humira)")
    assert "Side effects that its sources list" in listed.text


@pytest.mark.parametrize("command", ["/medicine", "/visit", "/sideeffects"])
async def test_no_command_answers_a_misspelt_name_without_asking(
    ann: Person, edition: Edition, command: str
) -> None:
    for wrong, meant in misspelt(edition, 40, letters=1, seed=len(command)):
        answer = await ann.says(f"{command} {wrong}")
        assert "Did you mean …?" in answer.text, wrong
        offered = {label.partition(" (")[0] for label in answer.labels}
        assert edition.topics[meant].title in offered, wrong


@pytest.mark.parametrize(
    ("typed", "both"),
    [
        ("bolimumab", {"golimumab", "belimumab"}),
        ("mepolizumab", {"vedolizumab"}),
        ("cycloserine", {"cyclosporine"}),
    ],
)
async def test_look_alikes_are_never_shown_without_asking(
    ann: Person, typed: str, both: set[str]
) -> None:
    answer = await ann.says(f"/medicine {typed}")
    assert "Did you mean …?" in answer.text
    offered = {label.partition(" (")[0] for label in answer.labels}
    assert both <= offered


@pytest.mark.parametrize("name", ["ciclosporin", "cyclosporine", "cyclosporin", "Sandimmune"])
async def test_a_spelling_variant_is_no_misspelling(ann: Person, name: str) -> None:
    assert (await ann.says(f"/medicine {name}")).text.startswith("cyclosporine")


@pytest.mark.parametrize(
    ("abbreviation", "title"),
    [
        ("MTX", "methotrexate"),
        ("6-MP", "mercaptopurine"),
        ("6mp", "mercaptopurine"),
        ("AZA", "azathioprine"),
        ("IVIG", "immune globulin"),
        ("Humira's", "adalimumab"),
    ],
)
async def test_abbreviations_are_names(ann: Person, abbreviation: str, title: str) -> None:
    assert (await ann.says(f"/medicine {abbreviation}")).text.startswith(title)


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        ("TNF blocker", {"adalimumab", "infliximab", "etanercept"}),
        ("tnf inhibitors", {"adalimumab", "golimumab"}),
        ("JAK inhibitors", {"tofacitinib", "upadacitinib"}),
        ("interferons", {"interferon beta-1a"}),
        ("thiopurine", {"azathioprine", "mercaptopurine"}),
        ("S1P modulators", {"fingolimod", "ozanimod"}),
        ("steroids", {"prednisone", "budesonide"}),
    ],
)
async def test_a_kind_of_medicine_opens_its_list(ann: Person, kind: str, members: set[str]) -> None:
    answer = await ann.says(f"/medicine {kind}")
    assert members <= {label.partition(" (")[0] for label in answer.labels}, answer.text


async def test_what_blocks_interferon_is_no_interferon(ann: Person) -> None:
    labels = (await ann.says("/medicine interferon")).labels
    assert "interferon gamma-1b (Actimmune)" in labels
    assert not [label for label in labels if label.startswith("emapalumab")]


async def test_what_is_no_longer_sold_says_so_on_its_card(ann: Person) -> None:
    answer = await ann.says("/medicine zinbryta")
    assert "No longer sold: Zinbryta (worldwide, 2018)" in answer.text


async def test_the_menu_by_condition_by_kind_and_a_to_z(ann: Person) -> None:
    assert (await ann.says("/medicine")).labels == ["By condition", "By kind", "A to Z", "Home"]
    await ann.presses("By condition")
    listed = await ann.presses("Crohn's disease")
    assert "adalimumab (Humira)" in listed.labels
    card = await ann.presses("adalimumab")
    assert card.text.startswith("adalimumab")
    assert (await ann.presses("‹ Back")).text == listed.text
    await ann.says("/medicine")
    await ann.presses("By kind")
    family = await ann.presses("Fumarates")
    await ann.presses("dimethyl fumarate")
    assert (await ann.presses("‹ Back")).text == family.text
    await ann.says("/medicine")
    await ann.presses("A to Z")
    letter = await ann.presses("T")
    assert letter.text.startswith("Words that begin with T") or letter.labels


async def test_a_condition_leads_to_its_medicines_and_back(ann: Person) -> None:
    card = await ann.says("/condition crohns")
    text = card.text
    listed = await ann.presses("Medicines")
    assert "natalizumab (Tysabri)" in " ".join(listed.labels) or listed.labels
    assert (await ann.presses("‹ Back")).text == text


async def test_a_side_effect_leads_to_the_medicines_that_list_it(ann: Person) -> None:
    await ann.says("/sideeffects hair loss")
    labels = (await ann.presses("Medicines that list it")).labels
    while "Next page" in labels[-4:]:
        labels = [*labels[:-3], *(await ann.presses("Next page")).labels]
    assert any(label.startswith("teriflunomide") for label in labels)


async def test_side_effects_of_a_medicine_open_at_once(ann: Person) -> None:
    answer = await ann.says("/sideeffects humira")
    assert answer.text.startswith("adalimumab")
    assert "Side effects that its sources list" in answer.text
    assert "From: " in answer.text


async def test_a_medicine_s_pages_hold_what_the_card_has_no_room_for(ann: Person) -> None:
    await ann.says("/medicine methotrexate")
    pages = {}
    for label in ("Brand names", "Used for", "How it is taken", "Warnings, tests", "Side effects"):
        pages[label] = (await ann.presses(label)).text
        await ann.presses("‹ Back")
    assert "Trexall" in pages["Brand names"]
    assert "Rheumatoid arthritis: approved in" in pages["Used for"]
    assert "I never give a dose" in pages["How it is taken"]
    assert "call your team now. Do not stop on your own." in pages["Warnings, tests"]
    assert "once a week, not every day" in pages["Warnings, tests"]


async def test_a_biological_medicine_asks_for_brand_and_batch(ann: Person) -> None:
    await ann.says("/medicine humira")
    page = await ann.presses("Warnings, tests")
    assert "note the brand and the batch number" in page.text


async def test_what_is_no_immunomodulator_says_so(ann: Person, edition: Edition) -> None:
    none = [m for m in edition.of_kind(Medicine) if not m.immunomodulator]
    assert len(none) == 8
    for medicine in none:
        answer = await ann.says(f"/medicine {medicine.title}")
        assert "not an immunomodulator" in answer.text


def test_every_family_has_a_medicine(edition: Edition) -> None:
    assert all(shelves.in_family(edition, family) for family in Family)


def test_uses_are_said_honestly(edition: Edition) -> None:
    for condition in edition.of_kind(Condition):
        for medicine, status in shelves.used_for(edition, condition.id):
            assert status in ("approved", "off-label", "article"), medicine.id
    friedreich = {
        medicine.id: status for medicine, status in shelves.used_for(edition, "friedreichs-ataxia")
    }
    assert friedreich.get("interferon-gamma-1b") == "article"


def test_the_most_asked_medicines_have_side_effects_with_sources(edition: Edition) -> None:
    asked = {
        "multiple-sclerosis",
        "crohns-disease",
        "ulcerative-colitis",
        "rheumatoid-arthritis",
        "hereditary-angioedema",
        "cryopyrin-associated-periodic-syndromes",
    }
    wanted = [m for m in edition.of_kind(Medicine) if asked & {use.condition for use in m.uses}]
    sourced = [m for m in wanted if m.side_effects]
    assert len(sourced) >= 40
    assert len(sourced) >= 0.9 * len(wanted), {m.id for m in wanted if not m.side_effects}


NO_DOSE = re.compile(r"\d\s*(mg|mcg|µg|ml|IU|units|tablets|capsules)\b", re.IGNORECASE)


def test_no_page_holds_a_dose(edition: Edition) -> None:
    for medicine in edition.of_kind(Medicine):
        assert not NO_DOSE.search(medicine.model_dump_json()), medicine.id
