"""How well people are understood, measured on messages that nobody tuned for.

The sets of ``tests/data/messages`` were written by somebody who had not seen the names in
``content/``: half of each (``dev``) is for tuning, the other half (``held``) is only measured. The
bounds are what is reached, a little below, so that a change that makes it worse is seen.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.library.models import Condition, Medicine, SideEffect
from bot.matching.explaining import explained
from bot.matching.matcher import Matcher

SETS = Path(__file__).parents[1] / "data" / "messages"
LEAST = {  # share of messages understood
    ("named", "dev"): 0.97,
    ("named", "held"): 0.95,
    ("misspelt", "dev"): 0.95,
    ("misspelt", "held"): 0.90,
    ("lay", "dev"): 0.93,
    ("lay", "held"): 0.73,
    ("questions", "dev"): 0.95,
    ("questions", "held"): 0.91,
}
MOST_REPLIES = 0.005  # share of everyday lines
MOST_WRONG = 0.10  # share of messages with a topic that they do not mean


def messages(name: str, half: str) -> list[dict[str, Any]]:
    text = (SETS / f"{name}.{half}.yaml").read_text(encoding="utf-8")
    read: list[dict[str, Any]] = yaml.load(text, yaml.CSafeLoader)
    return read


def is_understood(matcher: Matcher, name: str, message: dict[str, Any]) -> bool:
    meaning = matcher.read(message["text"])
    seen = {topic.id for topic in meaning.topics}
    if name == "misspelt":
        seen |= {topic.id for topic in meaning.guessed}
    wanted, any_of = set(message.get("topics") or ()), set(message.get("any") or ())
    if name == "lay":
        return bool((wanted | any_of) & seen)
    return bool(any_of & seen) if any_of else wanted <= seen


@pytest.mark.parametrize(("name", "half"), sorted(LEAST))
def test_messages_about_a_topic_are_understood(matcher: Matcher, name: str, half: str) -> None:
    understood = [is_understood(matcher, name, message) for message in messages(name, half)]
    share = sum(understood) / len(understood)
    assert share >= LEAST[name, half], f"{share:.1%}"


@pytest.mark.parametrize(("name", "half"), sorted(LEAST))
def test_few_messages_get_a_topic_that_they_do_not_mean(
    matcher: Matcher, name: str, half: str
) -> None:
    wrong, everything = 0, messages(name, half)
    for message in everything:
        wanted = set(message.get("topics") or ()) | set(message.get("any") or ())
        asserted = matcher.read(message["text"]).topics
        kinds = (Condition, Medicine, SideEffect)
        wrong += any(t.id not in wanted for t in asserted if isinstance(t, kinds))
    assert wrong / len(everything) <= MOST_WRONG


@pytest.mark.parametrize("half", ["dev", "held"])
def test_everyday_chat_gets_next_to_no_reply(matcher: Matcher, half: str) -> None:
    lines = (SETS / f"chat.{half}.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 800
    answered = [
        line for line in lines if explained(matcher.read(line, alone=False), group=True)["replies"]
    ]
    assert len(answered) <= MOST_REPLIES * len(lines), answered
