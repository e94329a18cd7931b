"""A change of the content is swapped in whole while the bot runs, a broken one is refused."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot import watching
from bot.app import build_app
from bot.config import Config
from bot.content import Content, version_of
from bot.library import ContentError, load
from bot.library.loading import Loaded
from bot.sandbox import SandboxRequest, Telegram, drive
from bot.storage import Guarded
from bot.watching import watch
from tests.library.content_folder import CONDITION, ContentFolder

SOON = 10.0  # seconds within which a change must be noticed


@dataclass
class Seen:
    """What came of the changes."""

    swapped: list[Content] = field(default_factory=list)
    refused: list[ContentError] = field(default_factory=list)

    async def until(self, is_so: Callable[[], object]) -> None:
        async with asyncio.timeout(SOON):
            while not is_so():
                await asyncio.sleep(0.02)

    def titles(self) -> list[str]:
        """Of the one condition in the folder, in each content that was swapped in."""
        return [content.library.edition("en").topics["gout"].title for content in self.swapped]


@asynccontextmanager
async def watched(folder: Path, in_use: str = "") -> AsyncIterator[Seen]:
    seen = Seen()
    watching = watch(folder, in_use or version_of(folder), seen.swapped.append, seen.refused.append)
    task = asyncio.create_task(watching)
    await asyncio.sleep(0.2)  # it looks at how things stand before it waits
    try:
        yield seen
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_EVERY", 0.2)
    monkeypatch.setattr(watching, "SETTLING", 0.05)


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    (tmp_path / "one").mkdir()
    return ContentFolder(tmp_path / "one")


async def test_a_change_is_swapped_in(content: ContentFolder) -> None:
    async with watched(content.folder) as seen:
        content.change(CONDITION, "title: Gout", "title: Gouty arthritis")
        await seen.until(lambda: seen.swapped)
    assert seen.titles() == ["Gouty arthritis"]
    assert seen.swapped[0].version == version_of(content.folder)
    assert seen.refused == []


async def test_a_change_from_before_the_watch_began_is_swapped_in_too(
    content: ContentFolder,
) -> None:
    in_use = version_of(content.folder)
    content.change(CONDITION, "title: Gout", "title: Gouty arthritis")
    async with watched(content.folder, in_use) as seen:
        await seen.until(lambda: seen.swapped)
        assert seen.titles() == ["Gouty arthritis"]


async def test_what_changes_while_it_is_read_is_another_version(
    content: ContentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(folder: Path) -> Loaded:
        loaded = load(folder)
        content.change(CONDITION, "title: Gout", "title: Gouty arthritis")
        return loaded

    monkeypatch.setattr("bot.content.load", slowly)
    assert Content.read(content.folder).version != version_of(content.folder)


async def test_a_broken_change_is_refused_with_its_lines_and_a_sound_one_follows(
    content: ContentFolder, caplog: pytest.LogCaptureFixture
) -> None:
    async with watched(content.folder) as seen:
        content.change(CONDITION, "title: Gout", "titel: Gout")
        await seen.until(lambda: seen.refused)
        assert seen.swapped == []
        content.change(CONDITION, "titel: Gout", "title: Gout again")
        await seen.until(lambda: seen.swapped)
    assert seen.titles() == ["Gout again"]
    assert f"{CONDITION}:1: " in caplog.text


async def test_a_link_that_is_turned_to_another_folder_is_a_change(
    content: ContentFolder, tmp_path: Path
) -> None:
    (tmp_path / "two").mkdir()
    other = ContentFolder(tmp_path / "two")
    other.change(CONDITION, "title: Gout", "title: Gout of the second folder")
    link = tmp_path / "current"
    link.symlink_to("one/content")
    async with watched(link) as seen:
        (tmp_path / "new").symlink_to("two/content")
        os.replace(tmp_path / "new", link)
        await seen.until(lambda: seen.swapped)
    assert seen.titles() == ["Gout of the second folder"]


async def test_a_link_within_the_folder_too_as_kubernetes_swaps_it(
    content: ContentFolder, tmp_path: Path
) -> None:
    (tmp_path / "two").mkdir()
    other = ContentFolder(tmp_path / "two")
    other.change(CONDITION, "title: Gout", "title: Gout of the second folder")
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    (mounted / "..data").symlink_to(content.folder)
    for entry in content.folder.iterdir():
        (mounted / entry.name).symlink_to(Path("..data") / entry.name)
    async with watched(mounted) as seen:
        (mounted / "..new").symlink_to(other.folder)
        os.replace(mounted / "..new", mounted / "..data")
        await seen.until(lambda: seen.swapped)
    assert seen.titles() == ["Gout of the second folder"]


async def test_a_hang_up_reads_it_anew(content: ContentFolder) -> None:
    async with watched(content.folder) as seen:
        os.kill(os.getpid(), signal.SIGHUP)
        await seen.until(lambda: seen.swapped)
    assert seen.titles() == ["Gout"]


async def test_without_a_change_nothing_is_read(content: ContentFolder) -> None:
    async with watched(content.folder) as seen:
        await asyncio.sleep(0.6)
    assert (seen.swapped, seen.refused) == ([], [])


async def test_where_no_notices_are_to_be_had_it_looks_by_itself(
    content: ContentFolder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(watching, "awatch", none_left)
    async with watched(content.folder) as seen:
        content.change(CONDITION, "title: Gout", "title: Gouty arthritis")
        await seen.until(lambda: seen.swapped)
    assert "no notices" in caplog.text


async def test_people_get_the_new_text_from_the_next_message_on(
    content: ContentFolder, config: Config, chats: Guarded
) -> None:
    telegram = Telegram()
    before = Content.read(content.folder)
    request = SandboxRequest(telegram)
    app = build_app(config, before.library, chats, request=request, matchers=before.matchers)
    async with app:
        drive(telegram, app)
        ann = telegram.person("Ann")
        assert (await ann.says("/condition gout")).text.startswith("Gout\n")
        content.change(CONDITION, "title: Gout", "title: Gouty arthritis")
        app.bot_data.content = Content.read(content.folder)
        assert (await ann.says("gouty arthritis")).text.startswith("Gouty arthritis\n")
        await ann.presses("Sources")
        assert (await ann.presses("‹ Back")).text.startswith("Gouty arthritis\n")
