"""How many emergencies are recognised, and how many false alarms there are.

The sets of ``tests/data/urgent`` and the fixed-answer sets of ``tests/data/messages`` were written
before the word lists were read. Half of each (``dev``) is for tuning, the other half (``held``) is
only measured; of the older sets (``emergencies``, ``negatives``, ``dose``, ``dose-not``) both
halves are tuned to by now. The ``late`` sets are the newest, written in November 2026 in the
voice of patient groups and measured once before anything was tuned to them; the ``blind`` sets
were written after these and nobody has tuned to anything of them. The ``calm`` sets are near
misses, and emergencies told with the same harmless words; ``more`` are longer near misses, written
once the rules for the calm sets were known. The bounds are a little below what is reached. Of held
halves a failing test prints numbers, never a text.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.library.models import Level
from bot.matching.explaining import explained
from bot.matching.matcher import Matcher
from tests.matching.test_measured import shown

SETS = Path(__file__).parents[1] / "data"
RECOGNISED = {  # least share of emergencies
    ("blind-emergencies", "held"): 0.915,
    ("calm-emergencies", "dev"): 0.98,
    ("late-emergencies", "dev"): 0.985,
    ("late-emergencies", "held"): 0.915,
    ("forum-emergencies", "dev"): 0.97,
    ("forum-emergencies", "held"): 0.955,
    ("emergencies", "dev"): 0.99,
    ("emergencies", "held"): 0.97,
}
RIGHT = {  # least share that raises a flag that is right, as urgent as it is
    ("blind-emergencies", "held"): 0.845,
    ("calm-emergencies", "dev"): 0.91,
    ("late-emergencies", "dev"): 0.98,
    ("late-emergencies", "held"): 0.865,
    ("forum-emergencies", "dev"): 0.94,
    ("forum-emergencies", "held"): 0.9,
    ("emergencies", "dev"): 0.97,
    ("emergencies", "held"): 0.93,
}
FALSE = {  # most false alarms
    ("blind-negatives", "held"): 0.105,
    ("calm-negatives", "dev"): 0.025,
    ("more-negatives", "dev"): 0.18,
    ("late-negatives", "dev"): 0.055,
    ("late-negatives", "held"): 0.085,
    ("forum-negatives", "dev"): 0.01,
    ("forum-negatives", "held"): 0.045,
    ("negatives", "dev"): 0.01,
    ("negatives", "held"): 0.02,
}
ASKED = {  # least share of questions that get the fixed answer
    ("blind-dose", "held"): 0.86,
    ("late-dose", "dev"): 0.99,
    ("late-dose", "held"): 0.955,
    ("forum-dose", "dev"): 0.96,
    ("forum-dose", "held"): 0.98,
    ("dose", "dev"): 0.99,
    ("dose", "held"): 0.97,
}
WRONGLY = {  # most of the near misses that get it
    ("blind-dose-not", "held"): 0.085,
    ("late-dose-not", "dev"): 0.0,
    ("late-dose-not", "held"): 0.085,
    ("forum-dose-not", "dev"): 0.01,
    ("forum-dose-not", "held"): 0.01,
    ("dose-not", "dev"): 0.0,
    ("dose-not", "held"): 0.01,
}
MOST_IN_CHAT = {  # alarms in 800 everyday lines, 209 in the late set, 500 in the blind one
    ("blind-chat", "held"): 0,
    ("late-chat", "dev"): 2,
    ("late-chat", "held"): 0,
    ("chat", "dev"): 0,
    ("chat", "held"): 0,
}


def messages(folder: str, name: str, half: str) -> list[dict[str, Any]]:
    text = (SETS / folder / f"{name}.{half}.yaml").read_text(encoding="utf-8")
    read: list[dict[str, Any]] = yaml.load(text, yaml.CSafeLoader)
    return read


@pytest.mark.parametrize(("name", "half"), RECOGNISED)
def test_emergencies_are_recognised(matcher: Matcher, name: str, half: str) -> None:
    everything = messages("urgent", name, half)
    missed = [m["text"] for m in everything if not matcher.read(m["text"]).urgent]
    count, most = len(missed), (1 - RECOGNISED[name, half]) * len(everything)
    assert count <= most, shown(missed, half)


@pytest.mark.parametrize(("name", "half"), RIGHT)
def test_the_flag_is_the_right_one_and_urgent_enough(
    matcher: Matcher, name: str, half: str
) -> None:
    everything = messages("urgent", name, half)
    wrong = [m["text"] for m in everything if not is_right(matcher, m)]
    count, most = len(wrong), (1 - RIGHT[name, half]) * len(everything)
    assert count <= most, shown(wrong, half)


def is_right(matcher: Matcher, message: dict[str, Any]) -> bool:
    match = matcher.read(message["text"]).urgent
    if match is None or match.flag_id not in message["flags"]:
        return False
    return message["level"] == "urgent" or match.level is Level.EMERGENCY


@pytest.mark.parametrize(("name", "half"), FALSE)
def test_few_alarms_are_false(matcher: Matcher, name: str, half: str) -> None:
    everything = messages("urgent", name, half)
    alarms = [m["text"] for m in everything if matcher.read(m["text"]).urgent]
    count, most = len(alarms), FALSE[name, half] * len(everything)
    assert count <= most, shown(alarms, half)


@pytest.mark.parametrize(("name", "half"), ASKED)
def test_questions_for_a_doctor_get_the_fixed_answer(
    matcher: Matcher, name: str, half: str
) -> None:
    everything = messages("messages", name, half)
    missed = [m["text"] for m in everything if not explained_alone(matcher, m)["asks_dose"]]
    count, most = len(missed), (1 - ASKED[name, half]) * len(everything)
    assert count <= most, shown(missed, half)


@pytest.mark.parametrize(("name", "half"), WRONGLY)
def test_near_misses_seldom_get_it(matcher: Matcher, name: str, half: str) -> None:
    everything = messages("messages", name, half)
    wrong = [m["text"] for m in everything if explained_alone(matcher, m)["asks_dose"]]
    count, most = len(wrong), WRONGLY[name, half] * len(everything)
    assert count <= most, shown(wrong, half)


def explained_alone(matcher: Matcher, message: dict[str, Any]) -> Any:
    return explained(matcher.read(message["text"]), group=False)


@pytest.mark.parametrize(("name", "half"), MOST_IN_CHAT)
def test_everyday_chat_raises_next_to_no_alarm(matcher: Matcher, name: str, half: str) -> None:
    lines = (SETS / "messages" / f"{name}.{half}.txt").read_text(encoding="utf-8").splitlines()
    alarms = [line for line in lines if matcher.read(line, alone=False).urgent]
    count, most = len(alarms), MOST_IN_CHAT[name, half]
    assert count <= most, shown(alarms, half)


def lines(name: str) -> list[str]:
    text = (SETS / "urgent" / f"{name}.yaml").read_text(encoding="utf-8")
    read: list[str] = yaml.load(text, yaml.CSafeLoader)
    return read


def test_what_only_sounds_harmless_takes_no_alarm_away(matcher: Matcher) -> None:
    """A gym, a film, an earlier stroke, "is it normal": the emergency beside it stays one."""
    everything = lines("in-passing")
    missed = [text for text in everything if not matcher.read(text).urgent]
    assert len(missed) <= 0.05 * len(everything), missed


def test_everyday_words_beside_alarming_ones_raise_few_alarms(matcher: Matcher) -> None:
    everything = lines("near-misses")
    alarms = [text for text in everything if matcher.read(text).urgent]
    assert len(alarms) <= 0.065 * len(everything), alarms
