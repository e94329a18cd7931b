"""Where the article is wrong or dated, the bot says what is right.

The rows are those of the project's list of corrections, by number; what cannot be said in a pattern
has a test of its own below, named after its row.
"""

import re

import pytest

from bot.library import Edition
from bot.library.models import Basic, Group, Medicine, Section, SideEffect, Urgency
from tests.content.conftest import Says

MUST_SAY = [
    (3, "adaptive-active-immunity", r"sometimes for life, but not always"),
    (4, "adaptive-active-immunity", r"not quite the same.*actively, or passively"),
    (5, "passive-immunity", r"baby gets antibodies from its mother"),
    (6, "innate-immunity", r"White blood cells.*complement"),
    (7, "immune-system-job", r"not work by antibodies alone.*T cells"),
    (7, "antigen", r"need not be harmful"),
    (7, "antigen", r"T cells act against it as well"),
    (8, "immunomodulator", r"Most of the medicines in this bot lower it.*immunosuppressants"),
    (9, "immunomodulator", r"Each kind works in its own way"),
    (9, "kallikrein-bradykinin", r"HAE medicines only"),
    (9, "il1-blocking", r"anakinra, canakinumab and rilonacept"),
    (9, "reduce-inflammation-ms", r"MS medicines only"),
    (9, "slow-cancer-cells", r"medicines for cancer"),
    (10, "intramuscular", r"Avonex"),
    (10, "topical", r"[Ii]miquimod is a cream"),
    (10, "intralesional", r"genital warts"),
    (11, "multiple-sclerosis", r"attacks myelin.*brain and spinal cord"),
    (12, "multiple-sclerosis", r"Progressive MS has licensed medicines too"),
    (13, "hereditary-angioedema", r"does not work \(type II\).*C1 inhibitor is normal"),
    (13, "hereditary-angioedema", r"15 in 100 type II"),
    (14, "hereditary-angioedema", r"not an allergy.*bradykinin"),
    (14, "hereditary-angioedema", r"Antihistamines and steroids do not work"),
    (15, "acute-lymphoblastic-leukemia", r"lymphoblastic.*bone marrow"),
    (16, "cryopyrin-associated-periodic-syndromes", r"not separate from CAPS.*forms of it"),
    (17, "deficiency-of-il-1-receptor-antagonist", r"a brake is missing.*autoinflammatory"),
    (18, "pericarditis", r"only for pericarditis that keeps coming back"),
    (18, "pericarditis", r"pain relief come first. Colchicine"),
    (19, "bronchiolitis-obliterans", r"No immunomodulator is licensed.*off-label"),
    (19, "capillary-leak-syndrome", r"No immunomodulator is licensed.*immune globulin"),
    (19, "capillary-leak-syndrome", r"Aldesleukin.*can cause a capillary leak"),
    (20, "friedreichs-ataxia", r"Interferon gamma was tested and then dropped"),
    (20, "friedreichs-ataxia", r"omaveloxolone.*not an immunomodulator"),
    (21, "amyotrophic-lateral-sclerosis", r"No immunomodulator is licensed"),
    (21, "amyotrophic-lateral-sclerosis", r"[Rr]iluzole, edaravone.*tofersen.*not immunomod"),
    (22, "hemophagocytic-lymphohistiocytosis", r"any age, in adults too"),
    (23, "multicentric-castleman-disease", r"only if you have neither HIV nor HHV-8"),
    (23, "multicentric-castleman-disease", r"about 1 in 3"),
    (24, "kidney-transplant-rejection", r"mainly prevent it"),
    (25, "alopecia", r"patches are typical of alopecia areata"),
    (25, "alopecia", r"hair thinning or loss"),
    (26, "alopecia", r"not rare.*at least 1 in 10"),
    (27, "dyspnea", r"Emergency when sudden or severe"),
    (33, "hereditary-angioedema", r"prevent them"),
    (33, "multiple-sclerosis", r"There is no cure"),
    (33, "hemophagocytic-lymphohistiocytosis", r"transplant can correct the cause"),
]

MUST_NOT_SAY = [
    (3, "adaptive-active-immunity", r"usually lasts for a lifetime"),
    (11, "multiple-sclerosis", r"do not function properly"),
    (14, "hereditary-angioedema", r"immune disease"),
    (17, "deficiency-of-il-1-receptor-antagonist", r"autoimmune"),
    (24, "kidney-transplant-rejection", r"\btreats? rejection\b"),
]


@pytest.mark.parametrize(("row", "topic", "pattern"), MUST_SAY)
def test_what_is_right_is_said(says: Says, row: int, topic: str, pattern: str) -> None:
    assert re.search(pattern, says(topic)), says(topic)


@pytest.mark.parametrize(("row", "topic", "pattern"), MUST_NOT_SAY)
def test_what_is_wrong_is_not_said(says: Says, row: int, topic: str, pattern: str) -> None:
    assert not re.search(pattern, says(topic)), says(topic)


def test_row_1_three_types_of_immunity_not_four(edition: Edition) -> None:
    types = [b.id for b in edition.of_kind(Basic) if b.section is Section.IMMUNITY]
    assert types == ["adaptive-active-immunity", "innate-immunity", "passive-immunity"]


def test_row_9_every_mechanism_says_to_which_medicines_it_belongs(edition: Edition) -> None:
    mechanisms = [b for b in edition.of_kind(Basic) if b.section is Section.MECHANISM]
    assert len(mechanisms) == 15
    assert all(mechanism.examples for mechanism in mechanisms)


def test_row_10_there_are_seven_routes(edition: Edition) -> None:
    routes = {b.id for b in edition.of_kind(Basic) if b.section is Section.ROUTE}
    assert {"intramuscular", "topical", "intralesional", "intrathecal"} <= routes
    assert len(routes) == 7


def test_row_16_the_three_forms_of_caps_are_not_conditions_of_their_own(edition: Edition) -> None:
    forms = {t.id for t in edition.topics.values() if getattr(t, "part_of", None)}
    assert forms == {
        "familial-cold-autoinflammatory-syndrome",
        "muckle-wells-syndrome",
        "neonatal-onset-multisystem-inflammatory-disease",
    }


def test_row_26_common_and_rare_are_the_article_s_words(edition: Edition, says: Says) -> None:
    for effect in edition.of_kind(SideEffect):
        if effect.group in (Group.COMMON, Group.RARE):
            assert f"calls this {effect.group}. How often it happens differs" in says(effect.id)


def test_row_27_breathlessness_is_an_emergency_and_swelling_one_thing(edition: Edition) -> None:
    dyspnea, swelling = edition.topics["dyspnea"], edition.topics["ankle-hand-swelling"]
    assert isinstance(dyspnea, SideEffect)
    assert isinstance(swelling, SideEffect)
    assert dyspnea.urgency is Urgency.EMERGENCY
    assert swelling.same_as == "peripheral-edema"


def test_row_28_what_the_article_leaves_out_is_there(edition: Edition, says: Says) -> None:
    serious = {e.id for e in edition.of_kind(SideEffect) if e.group is Group.SERIOUS}
    assert serious == {
        "blood-clot-event",
        "cancer-risk",
        "pml",
        "pregnancy-harm",
        "serious-infection",
        "severe-allergic-reaction",
    }
    assert all("leaves this out" in says(effect) for effect in serious)


EMERGENCIES = {
    "blood-clot-event",
    "chest-pain",
    "dyspnea",
    "rapid-breathing",
    "severe-allergic-reaction",
    "wheezing",
}
TODAY = {
    "bloody-frothy-urine",
    "chills",
    "fever",
    "hallucinations",
    "jaundice",
    "liver-nausea-vomiting",
    "mood-changes",
    "pml",
    "serious-infection",
}


def test_urgency_is_as_the_house_decided(edition: Edition) -> None:
    by_urgency = {urgency: set[str]() for urgency in Urgency}
    for effect in edition.of_kind(SideEffect):
        by_urgency[effect.urgency].add(effect.id)
    assert by_urgency[Urgency.EMERGENCY] == EMERGENCIES
    assert by_urgency[Urgency.TODAY] == TODAY
    assert len(by_urgency[Urgency.CALL]) == 18
    assert len(by_urgency[Urgency.NEXT_VISIT]) == 14


def test_row_2_the_empty_list_of_the_article_is_filled(edition: Edition) -> None:
    medicines = edition.of_kind(Medicine)
    assert len(medicines) == 105
    assert sum(medicine.immunomodulator for medicine in medicines) == 97


def medicine_text(edition: Edition, name: str) -> str:
    return edition.topics[name].model_dump_json()


def test_row_29_glatiramer_has_its_boxed_warning(edition: Edition) -> None:
    text = medicine_text(edition, "glatiramer-acetate")
    assert re.search(r"[Bb]oxed warning.*(anaphylaxis|allergic)", text)


BOXED = {
    "aldesleukin": ("capillary leak", "coma", "serious infections"),
    "azathioprine": ("cancer, such as lymphoma",),
    "belatacept": ("PTLD", "serious infections"),
    "blinatumomab": ("cytokine release syndrome", "brain and nerves"),
    "brexucabtagene-autoleucel": ("cytokine release syndrome", "brain and nerves"),
    "methotrexate": ("unborn baby", "severe allergic reactions"),
    "mycophenolate": ("miscarriage and birth defects", "serious infections"),
    "omalizumab": ("anaphylaxis",),
    "pomalidomide": ("unborn baby", "blood clots"),
    "rituximab": (),
    "tacrolimus": ("serious infections and cancers",),
    "thalidomide": ("birth defects", "blood clots"),
    "tocilizumab": ("infections",),
}


@pytest.mark.parametrize("name", sorted(BOXED))
def test_a_boxed_warning_that_is_verified_is_on_the_card(
    edition: Edition, says: Says, name: str
) -> None:
    medicine = edition.topics[name]
    assert isinstance(medicine, Medicine)
    assert "US boxed warning" in says(name)
    boxed = " ".join(line.text for line in medicine.warnings if "boxed" in line.text)
    for harm in BOXED[name]:
        assert harm in boxed


@pytest.mark.parametrize(
    ("brand", "medicine"),
    [
        ("Asacol", "mesalamine"),
        ("Cortiment", "budesonide"),
        ("Decadron", "dexamethasone"),
        ("Entocort", "budesonide"),
        ("Lialda", "mesalamine"),
        ("Medrol", "methylprednisolone"),
        ("Pentasa", "mesalamine"),
        ("Salazopyrin", "sulfasalazine"),
        ("Salofalk", "mesalamine"),
        ("Solu-Medrol", "methylprednisolone"),
    ],
)
def test_a_brand_that_the_facts_did_not_verify_is_understood_and_never_shown(
    edition: Edition, brand: str, medicine: str
) -> None:
    assert [topic.id for topic in edition.called(brand)] == [medicine]
    topic = edition.topics[medicine]
    assert isinstance(topic, Medicine)
    assert brand not in {*topic.brands.names(), *topic.also}


@pytest.mark.parametrize("name", ["tofacitinib", "baricitinib", "upadacitinib"])
def test_row_30_jak_inhibitors_have_the_warning_of_their_class(edition: Edition, name: str) -> None:
    text = medicine_text(edition, name)
    assert re.search(r"[Bb]oxed warning", text)
    for risk in ("heart", "cancer", "clot"):
        assert risk in text, risk


@pytest.mark.parametrize(
    "name",
    [
        "ublituximab",
        "omaveloxolone",
        "tofersen",
        "guselkumab",
        "efgartigimod-alfa",
        "garadacimab",
        "sebetralstat",
        "donidalorsen",
        "tegomil-fumarate",
    ],
)
def test_row_31_what_came_after_the_article_is_there(edition: Edition, name: str) -> None:
    assert isinstance(edition.topics[name], Medicine)


def test_row_32_what_is_no_longer_sold_is_marked(edition: Edition) -> None:
    marked = {
        brand.name: (brand.where, brand.year)
        for medicine in edition.of_kind(Medicine)
        for brand in medicine.brands.withdrawn
    }
    assert marked["Zinbryta"] == ("worldwide", 2018)
    assert marked["Extavia"][1] == 2025
    assert any(year == 2012 for _, year in marked.values()), "rilonacept in the EU"
