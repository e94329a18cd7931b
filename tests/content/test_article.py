"""Every fact of the article stands on a card that a person reaches by pressing buttons.

That each card is reached, ``test_every_button`` holds. Here: card by card, what the article says of
it, as patterns for our own words.
"""

import re

import pytest

from tests.content.conftest import Says

FACTS = [
    # The first paragraph
    ("immunomodulator", r"change how your immune system responds"),
    ("immunomodulator", r"multiple sclerosis.*hereditary angioedema.*rheumatoid arthritis.*CAPS"),
    ("immunomodulator", r"do not cure MS or HAE"),
    ("immunomodulator", r"In relapsing MS they may mean fewer attacks and slow the illness"),
    ("immunomodulator", r"prescription only"),
    # The immune system
    ("immune-system-job", r"network of cells, tissues and organs"),
    ("immune-system-job", r"fight infection and disease"),
    ("antigen", r"bacteria, viruses, chemicals, toxins"),
    ("antigen", r"damaged by cancer or sunburn"),
    ("antigen", r"as if it were foreign"),
    ("antibody", r"protein"),
    ("antibody", r"destroy their target.*easier for white blood cells to destroy it"),
    # Three types of immunity
    ("innate-immunity", r"first line of defense"),
    ("innate-immunity", r"skin and the mucous membranes"),
    ("adaptive-active-immunity", r"an infection or a vaccine"),
    ("passive-immunity", r"Blood products.*"),
    ("passive-immunity", r"a few weeks or months"),
    # How they are given
    ("oral", r"by mouth"),
    ("intravenous", r"into a vein"),
    ("subcutaneous", r"under the skin"),
    # How they work
    ("reduce-inflammation-ms", r"[Ll]owers inflammation and helps to prevent nerve damage"),
    ("reduce-inflammation-ms", r"attacks the coat around nerves in the brain and spinal cord"),
    ("kallikrein-bradykinin", r"Kallikrein raises bradykinin.*block kallikrein"),
    ("kallikrein-bradykinin", r"bradykinin.*swelling"),
    ("slow-cancer-cells", r"slow down or stop the growth of cancer cells"),
    ("interleukin-blocking", r"cause inflammation.*block"),
    ("il1-blocking", r"Interleukin-1.*natural protein.*block it"),
    ("il1-blocking", r"CAPS"),
    # Conditions
    ("multiple-sclerosis", r"weak, numb or clumsy.*sight, speech, bladder"),
    ("multiple-sclerosis", r"flare-ups come and go"),
    ("hereditary-angioedema", r"passed down in families"),
    ("hereditary-angioedema", r"Belly pain.*"),
    ("hereditary-angioedema", r"C1 inhibitor.*too little of it"),
    ("hereditary-angioedema", r"block your breathing"),
    ("acute-lymphoblastic-leukemia", r"acute lymphatic leukemia.*begins in white blood cells"),
    ("rheumatoid-arthritis", r"attacks the body's own joints.*painful, swollen.*hard to use"),
    ("crohns-disease", r"long-term illness that inflames the gut"),
    ("ulcerative-colitis", r"inflames the lining of the large bowel.*ulcers"),
    ("genital-warts", r"human papillomavirus"),
    ("genital-warts", r"condylomata acuminata"),
    ("cryopyrin-associated-periodic-syndromes", r"protein cryopyrin"),
    (
        "cryopyrin-associated-periodic-syndromes",
        r"fever, a rash like hives, sore or swollen joints, red eyes and headache",
    ),
    ("deficiency-of-il-1-receptor-antagonist", r"bones and joints hurt.*nerves, lungs and liver"),
    ("deficiency-of-il-1-receptor-antagonist", r"rash"),
    ("pericarditis", r"thin sac around the heart is swollen and irritated"),
    ("stills-disease", r"rare illness with high fevers, rash and joint pain"),
    ("bronchiolitis-obliterans", r"smallest airways.*blocked"),
    ("kidney-transplant-rejection", r"rejection"),
    ("capillary-leak-syndrome", r"fluid suddenly leaks.*again and again.*muscles and body spaces"),
    ("friedreichs-ataxia", r"inherited.*Walking gets hard, speech slurs, and feeling fades"),
    ("amyotrophic-lateral-sclerosis", r"nerve cells in the brain and spinal cord die off"),
    ("hemophagocytic-lymphohistiocytosis", r"rare.*babies and young children"),
    ("demyelinating-polyneuropathy", r"Arms and legs slowly get weaker and lose feeling"),
    ("multicentric-castleman-disease", r"lymph nodes grow too much in many parts of the body"),
    ("multicentric-castleman-disease", r"risk of serious infection and of a cancer"),
    ("familial-cold-autoinflammatory-syndrome", r"cold brings on a rash, fever and joint pain"),
    ("muckle-wells-syndrome", r"attacks of skin rash, fever and joint pain"),
    (
        "neonatal-onset-multisystem-inflammatory-disease",
        r"harms the nervous system, skin and joints",
    ),
    # Side effects: what the article says in brackets
    ("asthenia", r"(weak|energy)"),
    ("dyspnea", r"[Ss]hortness of breath"),
    ("malaise", r"(unwell|ill|discomfort)"),
    ("injection-site-reaction", r"(red|swell|itch|lump)"),
    ("leukopenia", r"white blood cells"),
    ("peripheral-edema", r"(legs|hands)"),
    ("tachycardia", r"100"),
    ("thrombocytopenia", r"platelet"),
    ("dizziness", r"(faint|weak|unsteady)"),
    ("alopecia", r"small patches"),
    ("mood-changes", r"suicid|ending your life"),
    ("hallucinations", r"(hear|see|feel|smell|taste).*not (real|there)"),
    ("hives", r"(itchy|welts|raised)"),
    ("wheezing", r"whistl"),
    ("jaundice", r"(yellow)"),
    ("urine-change", r"(more|less)"),
    ("bloody-frothy-urine", r"(pink|blood).*(froth|foam)|(froth|foam).*(pink|blood)"),
]


@pytest.mark.parametrize(("topic", "pattern"), FACTS)
def test_the_article_s_fact_is_on_the_card(says: Says, topic: str, pattern: str) -> None:
    assert re.search(pattern, says(topic)), says(topic)


def test_the_closing_words_of_the_article_hold_on_every_card(says: Says) -> None:
    text = says("crohns-disease")
    assert "Never stop a medicine or change its dose without them." in text
    assert "doctor or pharmacist" in text
