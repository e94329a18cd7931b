"""The bot as people use it."""

import logging
from datetime import UTC, datetime

import pytest

from bot.app import COMMANDS
from bot.library import Edition
from bot.library.models import Condition, SideEffect
from bot.pages.links import deep_link
from bot.sandbox import Person, Telegram
from bot.sandbox.refusal import Json
from tests.conftest import Clock
from tests.walking import press

DISCLAIMER = "Talk to your doctor or pharmacist."


async def test_start_says_what_it_is_and_offers_the_ways_in(ann: Person) -> None:
    answer = await ann.says("/start")
    assert "not a doctor" in answer.text
    assert {"Conditions", "Side effects", "How they work"} <= set(answer.labels)


@pytest.mark.parametrize(
    "name", ["crohns", "crohn's", "Crohn’s", "CROHNS DISEASE", "Crohn-Disease", "  crohn  "]
)
async def test_a_condition_is_found_however_it_is_written(ann: Person, name: str) -> None:
    answer = await ann.says(f"/condition {name}")
    assert answer.text.startswith("Crohn's disease\n")
    assert DISCLAIMER in answer.text
    assert "Checked against its sources on" in answer.text


async def test_every_topic_opens_by_its_deep_link(ann: Person, edition: Edition) -> None:
    for topic in edition.topics.values():
        answer = await ann.follows(f"https://t.me/immuno_bot?start={deep_link(topic)}")
        assert answer.text.startswith(topic.title)


@pytest.mark.parametrize(
    "link", ["condition_no-such-thing", "condition_headache", "x", "_", "guide_", "condition"]
)
async def test_a_deep_link_that_leads_nowhere_opens_the_start(ann: Person, link: str) -> None:
    answer = await ann.says(f"/start {link}")
    assert "Conditions" in answer.labels


async def test_a_condition_without_a_name_opens_the_body_systems(ann: Person) -> None:
    await ann.says("/condition")
    systems = await ann.presses("Gut")
    assert systems.labels == ["Crohn's disease", "Ulcerative colitis", "‹ Back", "Home"]


async def test_an_unknown_name_gets_close_names_and_the_menu(ann: Person) -> None:
    answer = await ann.says("/condition cronhs")
    assert answer.text.startswith("I don't have “cronhs”.")
    assert answer.labels[0] == "Crohn's disease"
    assert "Gut" in answer.labels
    assert (await ann.presses("Crohn's disease")).text.startswith("Crohn's disease")


async def test_a_name_like_nothing_gets_the_menu_alone(ann: Person) -> None:
    answer = await ann.says("/condition 🦄")
    assert "Did you mean" not in answer.text
    assert answer.labels[0] == "Brain and nerves"


async def test_hostile_names_are_said_back_harmlessly(ann: Person) -> None:
    answer = await ann.says("/condition <b>&amp; {name} " + "x" * 4000)
    assert "“<b>&amp; {name} xxx" in answer.text
    assert len(answer.text) < 500


async def test_a_shared_name_offers_both(ann: Person) -> None:
    answer = await ann.says("/condition IBD")
    assert answer.labels == ["Crohn's disease", "Ulcerative colitis", "Home"]


async def test_a_side_effect_asked_for_as_a_condition_opens_all_the_same(ann: Person) -> None:
    assert (await ann.says("/condition headache")).text.startswith("Headache")


async def test_the_two_swellings_are_one_thing(ann: Person) -> None:
    answer = await ann.says("/sideeffects swelling of the legs")
    other = await ann.says("/sideeffects swelling of the ankles, feet and hands")
    assert DISCLAIMER in answer.text
    assert DISCLAIMER in other.text
    assert (await ann.says("/sideeffects edema")).labels[0] != (
        await ann.says("/sideeffects edema")
    ).text, "one card, not a choice"


async def test_the_menu_of_side_effects(ann: Person) -> None:
    answer = await ann.says("/sideeffects")
    assert answer.labels == [
        "Common",
        "Less common or rare",
        "Liver signs",
        "Kidney signs",
        "Serious: get help",
        "By body area",
        "Home",
    ]
    assert "words of the article" in answer.text


async def test_a_menu_is_one_message_that_changes(ann: Person) -> None:
    menu = (await ann.says("/sideeffects")).message
    first = await ann.presses("Less common or rare")
    assert first.message is menu
    assert "Page 1 / 3" in first.text
    second = await ann.presses("Next")
    assert "Page 2 / 3" in second.text
    card = await ann.presses(second.labels[0])
    assert DISCLAIMER in card.text
    assert (await ann.presses("‹ Back")).text == second.text, "back to the same page of the list"
    await ann.presses("‹ Back")
    home = await ann.presses("Home")
    assert home.message is menu
    assert len(ann.messages) == 2


async def test_back_from_a_card_leads_to_the_list_it_was_opened_from(ann: Person) -> None:
    await ann.says("/sideeffects")
    await ann.presses("By body area")
    area = await ann.presses("Skin and hair")
    await ann.presses("Hair loss")
    await ann.presses("Sources")
    await ann.presses("‹ Back")
    assert (await ann.presses("‹ Back")).text == area.text


async def test_pressing_twice_does_no_harm(ann: Person, telegram: Telegram) -> None:
    menu = (await ann.says("/start")).message
    await press(telegram, ann, menu, "c")
    await press(telegram, ann, menu, "c")
    assert "Gut" in menu.labels


@pytest.mark.parametrize("data", ["t:no-longer-here", "cs:spleen", "zz", "", "t:a:b:c:d:e", "el:"])
async def test_a_press_on_a_page_that_is_gone_opens_the_menu(
    ann: Person, telegram: Telegram, data: str
) -> None:
    menu = (await ann.says("/sideeffects")).message
    await press(telegram, ann, menu, data or "?x")
    assert "no longer there" in menu.text
    assert "Side effects" in menu.labels


async def test_a_press_on_a_deleted_message_sends_a_new_one(
    ann: Person, telegram: Telegram
) -> None:
    menu = (await ann.says("/start")).message
    menu.deleted = True
    await press(telegram, ann, menu, "c")
    assert "Gut" in ann.messages[-1].labels
    telegram.refusals.clear()


async def test_sources_name_publisher_link_and_date(ann: Person) -> None:
    await ann.says("/condition crohns")
    page = await ann.presses("Sources")
    assert "MedlinePlus" in page.text
    assert "a stored copy checked on" in page.text
    assert any(url.startswith("https://medlineplus.gov/") for url in page.message.links.values())
    assert "No clinician has reviewed" in page.text


async def test_something_wrong_leads_to_the_contact(ann: Person) -> None:
    message = (await ann.says("/condition crohns")).message
    (button,) = (b for row in message.buttons for b in row if b.label == "Something wrong here?")
    assert button.url == "https://example.org/contact"


async def test_a_card_past_its_review_says_so(ann: Person, clock: Clock) -> None:
    clock.time = datetime(2036, 1, 1, tzinfo=UTC)
    answer = await ann.says("/condition crohns")
    assert "a new check is due" in answer.text


async def test_urgency_is_said_in_words(ann: Person, edition: Edition) -> None:
    words = {
        "emergency": "Emergency",
        "today": "Today:",
        "call-team": "Call your team:",
        "next-visit": "Mention it at your next visit",
    }
    for effect in edition.of_kind(SideEffect):
        answer = await ann.says(f"/sideeffects {effect.title}")
        line = answer.text.split("\n\n")[1].splitlines()[0]
        assert line.startswith(words[effect.urgency]), effect.id
        if effect.urgent_if:
            assert effect.urgent_if in answer.text
            assert "Urgent help" in answer.labels, effect.id
        judged = effect.urgency_basis == "judgement"
        assert ("f you are worried, ask today" in answer.text) is judged, effect.id


async def test_mood_changes_come_with_a_crisis_line(ann: Person) -> None:
    answer = await ann.says("/sideeffects feeling hopeless")
    assert "988" in answer.text
    assert "findahelpline.com" in answer.text


async def test_how_they_work_has_three_types_of_immunity(ann: Person) -> None:
    await ann.says("/howitworks")
    page = await ann.presses("Three types of immunity")
    assert len(page.labels) == 3 + len(["‹ Back", "Home"])


async def test_a_mechanism_says_to_which_medicines_it_belongs(ann: Person) -> None:
    answer = await ann.says("/howitworks kallikrein-bradykinin")
    assert "lanadelumab" in answer.text


async def test_the_glossary_by_letter_and_by_word(ann: Person) -> None:
    await ann.says("/glossary")
    letter = await ann.presses("B")
    assert "biosimilar" in letter.labels
    page = await ann.presses("biosimilar")
    assert DISCLAIMER in page.text
    assert (await ann.says("/glossary biosimilars")).text == page.text
    unknown = await ann.says("/glossary biosimlar")
    assert unknown.labels[0] == "biosimilar"


async def test_conditions_of_one_family_link_to_each_other(ann: Person) -> None:
    parent = await ann.says("/condition CAPS")
    for child in ("FCAS", "MWS", "NOMID"):
        card = await ann.says(f"/condition {child}")
        title = card.text.splitlines()[0]
        assert "Cryopyrin-associated periodic syndromes" in card.labels
        assert any(title.startswith(label[:30]) for label in parent.labels), title


async def test_the_help_names_every_command(ann: Person) -> None:
    text = (await ann.says("/help")).text
    named = {f"/{command.name}" for command in COMMANDS} - {"/start", "/help"}
    assert not {command for command in named if f"{command} " not in text}


@pytest.mark.parametrize("name", ["humira", "TNF", "crohns"])
async def test_a_topic_s_name_after_glossary_opens_its_card(ann: Person, name: str) -> None:
    answer = await ann.says(f"/glossary {name}")
    assert not answer.text.startswith("I don't have")
    assert "Something wrong here?" in answer.labels


@pytest.mark.parametrize(
    "said", ["/condition IBD", "/medicine TNF blocker", "/medicine steroid", "IBD", "humrea"]
)
async def test_a_choice_has_a_way_home(ann: Person, said: str) -> None:
    answer = await ann.says(said)
    assert answer.labels[-1] == "Home", answer.text
    assert "Conditions" in (await ann.presses("Home")).labels


async def test_about_is_honest(ann: Person) -> None:
    answer = await ann.says("/about")
    assert "No clinician has reviewed" in answer.text
    assert "drafted with software" in answer.text
    assert "MIT" in answer.text
    assert "https://example.org/contact" in answer.text


async def test_what_is_no_text_gets_one_kind_line(ann: Person) -> None:
    for answer in (
        await ann.sends_photo(),
        await ann.sends_voice(),
        await ann.sends_sticker(),
        await ann.sends_location(),
        await ann.sends_document(),
    ):
        assert "only read text" in answer.text
        assert "/urgent" in answer.text


async def test_a_caption_is_text(ann: Person) -> None:
    assert (await ann.sends_photo(caption="crohns")).text.startswith("Crohn's disease")


async def test_unknown_commands_get_the_help_in_private(ann: Person) -> None:
    assert "/condition crohns" in (await ann.says("/nonsense")).text


async def test_a_name_alone_opens_its_card_in_private(ann: Person) -> None:
    assert (await ann.says("hair loss")).text.startswith("Hair loss")
    assert (await ann.says("IBD")).labels == ["Crohn's disease", "Ulcerative colitis", "Home"]


async def test_what_is_not_understood_gets_an_honest_line_and_a_way_to_help(ann: Person) -> None:
    answer = await ann.says("i want to die")
    assert "112, 911 or 999" in answer.text
    assert "findahelpline.com" in answer.text


async def test_in_a_group_commands_are_answered_and_other_talk_is_not(
    ann: Person, telegram: Telegram
) -> None:
    group = telegram.group("Crohn's friends")
    group.add(ann)
    assert (await ann.says("/condition@immuno_bot crohns", chat=group)).text.startswith("Crohn's")
    for talk in ("crohns", "hello", "/nonsense", "/condition@other_bot crohns"):
        assert not await ann.says(talk, chat=group)
    assert not await ann.sends_photo(chat=group)


async def test_edited_commands_edit_their_answer(ann: Person) -> None:
    said = (await ann.says("/condition crohns")).said
    assert said is not None
    answer = await ann.edits(said, "/condition MS")
    assert answer.sent == []
    assert answer.text.startswith("Multiple sclerosis")


async def test_the_command_menu_lists_only_what_exists(ann: Person, telegram: Telegram) -> None:
    commands = ann.commands()
    for name in commands:
        assert await ann.says(f"/{name}")
    group = telegram.group("Friends")
    group.add(ann)
    assert "condition" in ann.commands(group)
    assert "start" not in ann.commands(group)


async def test_other_languages_fall_back_to_english(telegram: Telegram) -> None:
    bea = telegram.person("Bea", language="pt-br")
    assert (await bea.says("/start")).text.startswith("I give short answers")


async def test_a_failing_handler_logs_no_words(
    ann: Person, caplog: pytest.LogCaptureFixture, telegram: Telegram
) -> None:
    telegram.fail("sendMessage", code=500)
    with caplog.at_level(logging.DEBUG, logger="bot"):
        await ann.says("/condition my-secret-words")
    assert "my-secret-words" not in caplog.text
    assert "update" in caplog.text


def test_every_condition_has_a_place_in_the_menu(edition: Edition) -> None:
    assert all(topic.systems for topic in edition.of_kind(Condition))


@pytest.mark.parametrize(("hours", "answered"), [(23.9, True), (24.1, False)])
@pytest.mark.parametrize("said", ["/condition crohns", "what is crohns", "I can't breathe"])
async def test_what_waited_for_longer_than_a_day_is_left(
    telegram: Telegram, ann: Person, clock: Clock, said: str, hours: float, answered: bool
) -> None:
    deliver, late = telegram.deliver, []

    async def keep(update: Json) -> None:
        late.append(update)

    telegram.deliver = keep
    await ann.says(said)
    clock.turn(hours=hours)
    assert deliver is not None
    await deliver(late[0])
    assert len(ann.messages) == (2 if answered else 1)
