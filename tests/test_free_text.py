"""Plain words in private, /find, inline mode, edits."""

import pytest

from bot.library import Edition
from bot.sandbox import Person, Telegram


async def test_one_topic_is_one_card(ann: Person) -> None:
    assert (await ann.says("i was diagnosed with crohns")).text.startswith("Crohn's disease")


async def test_hair_loss_on_humira_is_one_answer_about_humira(ann: Person) -> None:
    answer = await ann.says("hair loss on humira")
    assert answer.text.startswith("adalimumab")
    assert "Hair loss (alopecia)" in answer.text
    assert "Hair loss (alopecia)" in answer.labels


@pytest.mark.parametrize("said", ["humira side effects", "what are the side-effects of Humira?"])
async def test_side_effects_of_a_medicine_open_its_list(ann: Person, said: str) -> None:
    assert (await ann.says(said)).text == (await ann.says("/sideeffects humira")).text


async def test_a_side_effect_that_is_listed_opens_where_it_stands(ann: Person) -> None:
    answer = await ann.says("does humira give you a headache?")
    assert answer.text.startswith("adalimumab")
    assert "• Headache" in answer.text


@pytest.mark.parametrize(
    ("said", "effect"),
    [("chills after my humira shot", "Chills"), ("can humira cause a fever", "Fever")],
)
async def test_what_needs_help_today_is_told_before_what_a_leaflet_lists(
    ann: Person, said: str, effect: str
) -> None:
    answer = await ann.says(said)
    assert answer.text.startswith(effect)
    assert "Today: call your doctor" in answer.text
    assert answer.labels[0] == "adalimumab (Humira)"


async def test_a_question_opens_its_guide_with_the_medicine_as_a_button(ann: Person) -> None:
    answer = await ann.says("can i drink on mtx")
    assert answer.text.startswith("Can I drink alcohol?")
    assert answer.labels[0] == "methotrexate (Trexall)"


async def test_a_vaccine_is_asked_about_and_not_its_illness(ann: Person) -> None:
    answer = await ann.says("can i get the shingles vax on mtx")
    assert "accin" in answer.text.partition("\n")[0]
    assert "methotrexate (Trexall)" in answer.labels


async def test_several_topics_are_a_choice_of_at_most_five(ann: Person) -> None:
    answer = await ann.says("crohns and MS and hae and still's disease in one family")
    assert 2 <= len(answer.labels) <= 5
    assert (await ann.presses("Crohn's disease")).text.startswith("Crohn's disease")


async def test_a_misspelt_medicine_is_asked_about(ann: Person) -> None:
    answer = await ann.says("anyone on humera?")
    assert answer.text.startswith("Did you mean …?")
    assert answer.labels == ["adalimumab (Humira)", "Home"]


async def test_nothing_known_gets_an_honest_line_guides_and_the_menu(
    ann: Person, edition: Edition
) -> None:
    answer = await ann.says("qwertz asdf")
    assert answer.text.startswith("I don't understand this yet.")
    guides = {topic.title for topic in edition.topics.values() if topic.kind == "guide"}
    assert len(guides & set(answer.labels)) == 3
    assert "Conditions" in answer.labels


@pytest.mark.parametrize(
    ("said", "guide"),
    [
        ("tengo fiebre", "Infection or fever: what to do"),
        ("a poem on fridges", "How do I keep my medicine cold?"),
    ],
)
async def test_the_guides_offered_share_a_word_or_are_what_most_people_ask(
    ann: Person, said: str, guide: str
) -> None:
    assert (await ann.says(said)).labels[0] == guide


async def test_whoever_is_scared_is_not_sent_to_cancer(ann: Person) -> None:
    answer = await ann.says("im scared")
    assert answer.text.startswith("I don't understand this yet.")
    assert not any("cancer" in label for label in answer.labels)


@pytest.mark.parametrize(
    ("said", "menu"),
    [
        ("side effects", "/sideeffects"),
        ("What are the side effects?", "/sideeffects"),
        ("conditions", "/condition"),
        ("show me all medicines please", "/medicine"),
        ("urgent help", "/urgent"),
        ("help", "/help"),
    ],
)
async def test_a_menu_opens_by_its_name(ann: Person, said: str, menu: str) -> None:
    assert (await ann.says(said)).text == (await ann.says(menu)).text


@pytest.mark.parametrize("said", ["what is a biologic?", "biologics", "what does biologic mean"])
async def test_a_word_of_the_glossary_is_explained(ann: Person, said: str) -> None:
    assert (await ann.says(said)).text == (await ann.says("/glossary biologic")).text


@pytest.mark.parametrize(
    "said", ["these side effects drive me mad", "what is it that I want to do about my biologic"]
)
async def test_whoever_tells_something_gets_the_honest_line(ann: Person, said: str) -> None:
    assert "findahelpline.com" in (await ann.says(said)).text


@pytest.mark.parametrize("said", ["thanks", "Hello!", "ok", "bye"])
async def test_small_talk_gets_a_human_line(ann: Person, said: str) -> None:
    assert "understand" not in (await ann.says(said)).text


async def test_forwarded_words_are_not_the_person_s_own(ann: Person) -> None:
    answer = await ann.says("my crohns is bad", forwarded_from="Bea")
    assert answer.text.startswith("I don't understand")


async def test_an_edited_question_edits_its_answer(ann: Person) -> None:
    first = await ann.says("crohns")
    assert first.said is not None
    edited = await ann.edits(first.said, "ulcerative colitis")
    assert edited.sent == []
    assert first.message.text.startswith("Ulcerative colitis")
    again = await ann.edits(first.said, "/condition MS")
    assert again.sent == []
    assert first.message.text.startswith("Multiple sclerosis")


async def test_a_deleted_answer_stays_deleted(ann: Person, telegram: Telegram) -> None:
    first = await ann.says("crohns")
    assert first.said is not None
    first.message.deleted = True
    assert not await ann.edits(first.said, "colitis")
    telegram.refusals.clear()  # the edit of what is gone


async def test_find_lists_what_fits_with_its_kind(ann: Person) -> None:
    answer = await ann.says("/find tired")
    assert any("(side effect)" in label for label in answer.labels)
    assert any("(question)" in label for label in answer.labels)
    first = await ann.presses(answer.labels[0])
    assert "Talk to your doctor" in first.text


async def test_find_pages_and_keeps_the_words(ann: Person) -> None:
    first = (await ann.says("/find fever")).text
    second = await ann.presses("Next page")
    assert "“fever”" in second.text
    assert second.text != first


async def test_find_forgives_misspelling_and_says_when_there_is_nothing(ann: Person) -> None:
    assert "adalimumab" in (await ann.says("/find humera")).labels[0]
    nothing = await ann.says("/find xyzzyplugh")
    assert "does not mean that it is harmless" in nothing.text
    assert "/find" in (await ann.says("/find")).text


async def test_inline_results_are_whole_cards(ann: Person) -> None:
    results = (await ann.asks_inline("crohns")).results
    assert results[0].title == "Crohn's disease"
    assert "Talk to your doctor or pharmacist." in results[0].text
    assert results[0].description
    picked = await ann.picks(results[0])
    assert not picked, "a card that was picked is no question"


async def test_an_empty_inline_query_offers_the_most_useful(ann: Person) -> None:
    answer = await ann.asks_inline("")
    assert len(answer.results) >= 10
    assert answer.cache_time > 0
    assert answer.button is not None


async def test_inline_hostile_queries_are_answered(ann: Person) -> None:
    for text in ("<b>", "x" * 250, "\u202e", "🦄", ":::+++"):
        assert (await ann.asks_inline(text)).results is not None


async def test_every_label_of_the_first_menu_opens_what_its_button_opens(ann: Person) -> None:
    labels = (await ann.says("/start")).labels
    assert len(labels) > 8
    for label in labels:
        await ann.says("/start")
        opened = await ann.presses(label)
        assert (await ann.says(label.lower())).text == opened.text


async def test_for_life_asks_about_the_condition(ann: Person) -> None:
    assert (await ann.says("is crohns for life?")).text.startswith("Crohn's disease")
