"""A group and the running program, with a Bot API server on loopback between them."""

import asyncio
import signal
from asyncio.subprocess import Process
from pathlib import Path

from bot.sandbox import Person, Telegram
from bot.sandbox.groups import Group
from tests.loopback import serve
from tests.test_transport import STOPS_WITHIN, running
from tests.transport.conftest import until

STARTS_WITHIN = 30.0  # seconds
SILENCE = 1.0  # seconds without a word


async def test_settings_and_cooldowns_hold_over_a_restart_and_a_migration(tmp_path: Path) -> None:
    telegram = Telegram()
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    group = telegram.group("Living with IBD", kind="group")
    group.add(ann, "creator")
    group.add(bob)
    kept = {"DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}"}
    async with serve(telegram, telegram.token) as url:
        async with running(url, telegram.token, **kept) as process:
            await turn_on(telegram, ann, bob, group)
            await bob.says("my crohns is back again", chat=group)
            assert (await bob.hears()).labels == ["More, in private", "Hide"]
            await ann.says("crohns is such a pain", chat=group)
            assert not await ann.hears(timeout=SILENCE)
            await stops(process)
        async with running(url, telegram.token, **kept) as process:
            await bob.says("started humira today", chat=group)
            assert (await bob.hears(timeout=STARTS_WITHIN)).text.startswith("adalimumab")
            await ann.says("crohns is such a pain", chat=group)
            assert not await ann.hears(timeout=SILENCE)
            wider = await group.migrates(by=ann)
            await ann.says("started enbrel today", chat=wider)
            heard = await ann.hears(messages=2)  # beside a hello, which is taken back
            assert [one.text.partition("\n")[0] for one in heard.messages] == ["etanercept"]
            await floods(telegram, wider)
            await stops(process)
    assert telegram.refusals == []
    assert telegram.unanswered == []


async def turn_on(telegram: Telegram, ann: Person, bob: Person, group: Group) -> None:
    """Ann, who may, turns keyword replies on; Bob, who may not, cannot turn them off."""
    await ann.says("/settings", chat=group)
    assert await ann.hears(timeout=STARTS_WITHIN)
    menu = group.messages[-1]
    for label in ("Keyword replies", "On"):
        await ann.presses(label, on=menu)
        await ann.hears()
    await bob.presses("Keyword replies: on", on=menu)
    await until(lambda: not telegram.unanswered)
    assert (await bob.hears(timeout=0)).toasts
    assert "Keyword replies: on" in menu.labels


async def floods(telegram: Telegram, group: Group) -> None:
    """Many people ask at once: at most twenty messages a minute, and the rest is silence."""
    people = [telegram.person(f"Person {number}") for number in range(30)]
    before = len(telegram.log)
    for person in people:
        await person.says("/help", chat=group)
    assert await people[0].hears(messages=10)
    while await people[0].hears(timeout=SILENCE):
        pass
    sent = [event for event in telegram.log[before:] if event.kind == "sent"]
    assert 10 <= len(sent) <= 20


async def stops(process: Process) -> None:
    process.send_signal(signal.SIGTERM)
    _, log = await asyncio.wait_for(process.communicate(), STOPS_WITHIN)
    assert process.returncode == 0
    assert b"Error" not in log
    assert b"crohns" not in log
