"""How well people are understood, measured on messages that nobody tuned for.

The sets of ``tests/data/messages`` were written by somebody who had not seen the names in
``content/``: half of each (``dev``) is for tuning, the other half (``held``) is only measured. The
bounds are what is reached, a little below, so that a change that makes it worse is seen.
``topics`` must be understood, or one of ``any``; what a message mentions besides is ``also``.
The ``late`` sets are of November 2026: each question has its kind of words, and lists
everything that it mentions; ``late-nothing`` is about nothing that the library has. Nobody has
tuned to anything of the ``blind`` sets, which were written last. ``guides``
asks every guide some ten questions, all of them tuned to. Of held halves a failing test prints
numbers, never a text.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.library.models import Condition, Medicine, SideEffect
from bot.matching.explaining import explained
from bot.matching.matcher import Matcher

SETS = Path(__file__).parents[1] / "data" / "messages"
LEAST = {  # share of messages understood
    ("guides", "dev"): 0.97,
    ("blind-questions", "held"): 0.87,
    ("late-questions", "dev"): 0.98,
    ("late-questions", "held"): 0.93,
    ("named", "dev"): 0.99,
    ("named", "held"): 0.965,
    ("misspelt", "dev"): 0.975,
    ("misspelt", "held"): 0.95,
    ("lay", "dev"): 0.99,
    ("lay", "held"): 0.885,
    ("posts", "dev"): 0.93,
    ("posts", "held"): 0.8,
    ("questions", "dev"): 0.99,
    ("questions", "held"): 0.95,
}
MOST_WRONG = {  # share of messages with a topic that they neither mean nor mention
    ("guides", "dev"): 0.01,
    ("blind-questions", "held"): 0.025,
    ("late-questions", "dev"): 0.01,
    ("late-questions", "held"): 0.025,
    ("named", "dev"): 0.005,
    ("named", "held"): 0.045,
    ("misspelt", "dev"): 0.005,
    ("misspelt", "held"): 0.045,
    ("lay", "dev"): 0.01,
    ("lay", "held"): 0.07,
    ("posts", "dev"): 0,
    ("posts", "held"): 0.19,
    ("questions", "dev"): 0.005,
    ("questions", "held"): 0.075,
}
MOST_REPLIES = 0.008  # share of everyday lines, false alarms included
MOST_TOPICS = 0.0015  # share of everyday lines that are answered with a topic
MOST_OF_NOTHING = {  # in 30 messages (late) and 60 (blind) without a topic of ours
    ("late-nothing", "dev"): 0,
    ("late-nothing", "held"): 0,
    ("blind-nothing", "held"): 2,
}
MOST_REPLIES_TO_PATIENTS = {  # in 209 lines (late) and 500 (blind); each is a false alarm
    ("late-chat", "dev"): 2,
    ("late-chat", "held"): 0,
    ("blind-chat", "held"): 0,
}


def messages(name: str, half: str) -> list[dict[str, Any]]:
    text = (SETS / f"{name}.{half}.yaml").read_text(encoding="utf-8")
    read: list[dict[str, Any]] = yaml.load(text, yaml.CSafeLoader)
    return read


def shown(texts: Sequence[str], half: str) -> str:
    """What a failing test may print: of a held half only how many, or it would be held no more.

    Tests compare plain numbers, since pytest prints the list whose ``len`` stands in an assertion.
    """
    return f"{len(texts)} of the held half" if half == "held" else str(texts)


def is_understood(matcher: Matcher, name: str, message: dict[str, Any]) -> bool:
    meaning = matcher.read(message["text"])
    seen = {topic.id for topic in meaning.topics}
    if "misspelt" in (name, message.get("kind")):
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
        meant = {topic for key in ("topics", "any", "also") for topic in message.get(key) or ()}
        asserted = matcher.read(message["text"]).topics
        kinds = (Condition, Medicine, SideEffect)
        wrong += any(t.id not in meant for t in asserted if isinstance(t, kinds))
    share = wrong / len(everything)
    assert share <= MOST_WRONG[name, half], f"{share:.1%}"


@pytest.mark.parametrize(("name", "half"), MOST_OF_NOTHING)
def test_messages_about_nothing_of_ours_get_no_topic(
    matcher: Matcher, name: str, half: str
) -> None:
    texts = [message["text"] for message in messages(name, half)]
    with_topic = [text for text in texts if matcher.read(text).topics]
    count = len(with_topic)
    most = MOST_OF_NOTHING[name, half]
    assert count <= most, shown(with_topic, half)


@pytest.mark.parametrize("half", ["dev", "held"])
def test_everyday_chat_gets_next_to_no_reply(matcher: Matcher, half: str) -> None:
    files = (SETS / f"{name}.{half}.txt" for name in ("chat", "traps"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 1500
    meanings = {line: matcher.read(line, alone=False) for line in lines}
    answered = [line for line in lines if explained(meanings[line], group=True)["replies"]]
    count, most = len(answered), MOST_REPLIES * len(lines)
    assert count <= most, shown(answered, half)
    topics = [line for line in lines if meanings[line].is_plain]
    count, most = len(topics), MOST_TOPICS * len(lines)
    assert count <= most, shown(topics, half)


@pytest.mark.parametrize(("name", "half"), MOST_REPLIES_TO_PATIENTS)
def test_chat_of_a_patient_group_is_answered_with_no_topic(
    matcher: Matcher, name: str, half: str
) -> None:
    lines = (SETS / f"{name}.{half}.txt").read_text(encoding="utf-8").splitlines()
    meanings = {line: matcher.read(line, alone=False) for line in lines}
    answered = [line for line in lines if explained(meanings[line], group=True)["replies"]]
    count, most = len(answered), MOST_REPLIES_TO_PATIENTS[name, half]
    assert count <= most, shown(answered, half)
    plain = [line for line in lines if meanings[line].is_plain]
    count = len(plain)
    assert count == 0, shown(plain, half)
