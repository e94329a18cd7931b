"""Every name in the article, medical, lay or short, opens the right card: over real HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.app import build_app
from bot.config import Config
from bot.library import Edition, Library
from bot.library.models import Condition, SideEffect, Topic
from bot.matching.lookup import look_up
from bot.sandbox import Telegram
from bot.storage import Guarded
from tests.loopback import serve

NAMES: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "names.yaml").read_text(encoding="utf-8")
)
COMMANDS = {"conditions": "condition", "side_effects": "sideeffects"}
# A name that two topics share is answered with both; these are all that do.
SHARED = {"IBD", "colitis", "fluid retention", "oedema"}


def named() -> Iterator[tuple[str, str, str]]:
    for kind, topics in NAMES.items():
        for topic, names in topics.items():
            for name in names:
                yield kind, topic, name


def test_the_names_cover_every_condition_and_side_effect(edition: Edition) -> None:
    assert set(NAMES["conditions"]) == {topic.id for topic in edition.of_kind(Condition)}
    assert set(NAMES["side_effects"]) == {topic.id for topic in edition.of_kind(SideEffect)}


@pytest.mark.parametrize(("kind", "topic", "name"), list(named()))
def test_a_name_finds_its_topic(edition: Edition, kind: str, topic: str, name: str) -> None:
    kinds: dict[str, type[Topic]] = {"conditions": Condition, "side_effects": SideEffect}
    found = [found.id for found in look_up(edition, name, kinds[kind]).exact]
    same = {"ankle-hand-swelling": "peripheral-edema"}
    assert topic in found or same.get(topic) in found
    assert len(found) == 1 or name in SHARED


async def test_each_name_gets_one_message_with_the_right_card(
    library: Library, chats: Guarded
) -> None:
    telegram = Telegram()
    edition = library.edition("en")
    async with serve(telegram, telegram.token) as url:
        online = Config(token=telegram.token, api_url=url)
        app = build_app(online, library, chats)
        assert app.updater is not None
        async with app:
            await app.updater.start_polling(timeout=1)
            await app.start()
            ann = telegram.person("Ann")
            for kind, topic, name in named():
                await ann.says(f"/{COMMANDS[kind]} {name}")
                answer = await ann.hears()
                title = edition.topics[topic].title
                if name not in SHARED:
                    assert answer.text.startswith(title), name
                    assert "Talk to your doctor" in answer.text, name
            await app.updater.stop()
            await app.stop()
    assert telegram.refusals == []
