"""/urgent and /report as people use them, and a number that the operator swaps meanwhile."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import build_app
from bot.config import Config
from bot.library import Edition, Library
from bot.library.overrides import EVERY, Overrides
from bot.sandbox import Person, SandboxRequest, Telegram, drive
from bot.storage import Guarded
from tests.conftest import Clock

NEXT = "Next page"
WAYS = {NEXT, "Previous page", "Home"}


async def test_urgent_asks_for_the_country_and_helps_before_that(ann: Person) -> None:
    answer = await ann.says("/urgent")
    assert answer.text.startswith("Urgent help")
    for said in ("112", "911", "999", "findahelpline.com", "Poisoning", "doctor"):
        assert said in answer.text
    assert answer.labels[:3] == ["United States", "United Kingdom", "Canada"]
    assert answer.labels[-1] == "Home"


async def test_a_country_and_another(ann: Person) -> None:
    await ann.says("/urgent")
    page = await ann.presses("United Kingdom")
    assert "call 999 or 112 now" in page.text
    assert "Samaritans: call 116 123" in page.text
    assert "last checked on 2 June 2026; if nobody answers: findahelpline.com" in page.text
    await ann.presses("Another country")
    await ann.presses(NEXT)
    assert "Austria" in (await ann.presses("Austria")).text


async def test_an_old_crisis_line_names_the_directory(ann: Person) -> None:
    page = await ann.says("/urgent Germany")
    assert "TelefonSeelsorge: call 0800 111 0 111" in page.text
    assert "last checked on 2 June 2026; if nobody answers: findahelpline.com" in page.text


async def test_every_country_opens_by_name(ann: Person, edition: Edition) -> None:
    helplines, names = edition.helplines, edition.countries.names
    for entry in helplines.countries:
        title = (await ann.says(f"/urgent {names[entry.country]}")).text.splitlines()[0]
        assert title == f"Urgent help: {names[entry.country]}"
    for scheme in helplines.reporting:
        title = (await ann.says(f"/report {names[scheme.country]}")).text.splitlines()[0]
        assert title == f"Report a side effect: {names[scheme.country]}"


async def test_every_country_can_be_pressed(ann: Person, edition: Edition) -> None:
    seen: set[str] = set()
    for number in range(7):
        page = await ann.says("/urgent")
        for _ in range(number):
            page = await ann.presses(NEXT)
        for label in [label for label in page.labels if label not in WAYS]:
            await ann.says("/urgent")
            for _ in range(number):
                await ann.presses(NEXT)
            assert label in (await ann.presses(label)).text.splitlines()[0]
            seen.add(label)
    assert len(seen) == len(edition.helplines.countries)


@pytest.mark.parametrize("said", ["uk", "UK", "Great Britain", "gb", "england"])
async def test_a_country_may_be_named_at_once(ann: Person, said: str) -> None:
    assert "United Kingdom" in (await ann.says(f"/urgent {said}")).text
    assert "Yellow Card" in (await ann.says(f"/report {said}")).text


async def test_a_name_that_is_no_country_opens_the_list(ann: Person) -> None:
    list_ = await ann.says("/urgent")
    assert (await ann.says("/urgent nowhere")).text == list_.text


async def test_the_language_orders_the_list_and_no_more(telegram: Telegram) -> None:
    jose = telegram.person("José", language="es")
    answer = await jose.says("/urgent")
    assert answer.labels[:2] == ["Spain", "Mexico"]
    assert "Life in danger: call your emergency number now" in answer.text


async def test_report_says_where_and_what_to_have_ready(ann: Person) -> None:
    answer = await ann.says("/report")
    for said in ("brand name", "batch number", "dates", "I collect nothing"):
        assert said in answer.text
    page = await ann.presses("Ireland")
    assert "hpra.ie" in page.text
    assert "not checked by us yet" in page.text
    assert "Urgent help" in page.labels


async def test_urgent_help_is_one_press_away(ann: Person) -> None:
    for said in ("/start", "/help", "/report"):
        assert "Urgent help" in (await ann.says(said)).labels
    assert "Urgent help" in (await ann.sends_sticker()).labels
    assert "Urgent help" in (await ann.says("/sideeffects feeling hopeless")).labels
    assert (await ann.presses("Urgent help")).text.startswith("Urgent help")


async def test_from_a_medicine_to_the_report_and_back(ann: Person) -> None:
    await ann.says("/medicine humira")
    care = await ann.presses("Warnings, tests, pregnancy")
    text = care.text
    assert (await ann.presses("Report a side effect")).text.startswith("Report a side effect")
    assert (await ann.presses("‹ Back")).text == text


async def test_both_work_in_a_group(ann: Person, telegram: Telegram) -> None:
    group = telegram.group("Crohn's friends")
    group.add(ann)
    assert (await ann.says("/urgent@immuno_bot", chat=group)).text.startswith("Urgent help")
    assert (await ann.says("/report@immuno_bot", chat=group)).text.startswith("Report a side")


# A line is down: the operator swaps it while the bot runs


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "numbers.yaml"


@pytest.fixture
async def bob(
    library: Library, chats: Guarded, config: Config, clock: Clock, file: Path, seconds: Seconds
) -> AsyncIterator[Person]:
    """Somebody who talks to a bot with a file of its operator's own."""
    telegram = Telegram(now=clock)
    app = build_app(
        config,
        library,
        chats,
        request=SandboxRequest(telegram),
        clock=clock,
        overrides=Overrides(file, seconds),
    )
    async with app:
        drive(telegram, app)
        yield telegram.person("Bob")
    assert telegram.refusals == []


def swap(file: Path, name: str, time: int) -> None:
    entry = f"{{country: GB, name: {name}, call: ['0800 1'], source: phone, checked: 2026-12-01}}"
    file.write_text(f"crisis:\n  - {entry}\n", encoding="utf-8")
    os.utime(file, (time, time))


async def test_a_line_is_swapped_while_the_bot_runs(
    bob: Person, file: Path, seconds: Seconds
) -> None:
    assert "Samaritans" in (await bob.says("/urgent uk")).text
    swap(file, "Night Line", 1)
    seconds.now += EVERY
    answer = await bob.says("/urgent uk")
    assert "Night Line: call 0800 1 (last checked on 1 December 2026)." in answer.text
    assert "Samaritans" not in answer.text
    assert "UK: Night Line, 0800 1" in (await bob.says("/sideeffects mood changes")).text
    file.write_text("crisis: [", encoding="utf-8")
    seconds.now += EVERY
    assert "Night Line" in (await bob.says("/urgent uk")).text


async def test_an_operator_may_add_a_country_that_has_no_name(
    bob: Person, file: Path, seconds: Seconds
) -> None:
    entry = "{country: IS, numbers: ['112'], source: x, checked: null}"
    file.write_text(f"countries:\n  - {entry}\n", encoding="utf-8")
    seconds.now += EVERY
    assert len((await bob.says("/urgent")).labels) == 8 + len([NEXT, "Home"])


def test_the_file_is_named_by_a_setting() -> None:
    assert Config.from_environment({}).helplines_override is None
    config = Config.from_environment({"HELPLINES_OVERRIDE": " numbers.yaml "})
    assert config.helplines_override == Path("numbers.yaml")
