"""What editors write short: ``fall~`` for fall, falls, falling, fell and fallen; ``70..79``.

Regular forms follow the spelling rules of any English grammar; the irregular ones are an editor's
to list. A form that no verb has ("swolled") does no harm: nobody types it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

PARTED = re.compile(r"( [-+>&] |\|)")  # what stands between alternatives
MARKED = re.compile(r"([^\W\d_]+)~|(\d+)\.\.(\d+)")
DOUBLED = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")  # stop, stopped; shed, shedding
SIBILANT = ("s", "sh", "ch", "x", "z")
SILENT_E = re.compile(r"[^e]e$")
CONSONANT_Y = re.compile(r"[^aeiou]y$")


def spelled_out(written: str, irregular: Mapping[str, Sequence[str]]) -> str:
    """``written`` with each alternative that has a marked verb in every form of that verb, and
    with every number of a range."""
    parts = PARTED.split(written)
    parts[::2] = ["|".join(_alternatives(part, irregular)) for part in parts[::2]]
    return "".join(parts)


def forms(verb: str, irregular: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Every form of ``verb``: as given, he -s, -ing, and the past."""
    past = irregular.get(verb) or (_joined(verb, "ed"),)
    third = verb[:-1] + "ies" if CONSONANT_Y.search(verb) else verb
    third += "es" if verb.endswith(SIBILANT) else "" if third.endswith("ies") else "s"
    return tuple(dict.fromkeys((verb, third, _joined(verb, "ing"), *past)))


def _alternatives(part: str, irregular: Mapping[str, Sequence[str]]) -> Iterator[str]:
    marked = MARKED.search(part)
    if marked is None:
        yield part
        return
    verb, first, last = marked.groups()
    for form in forms(verb, irregular) if verb else map(str, range(int(first), int(last) + 1)):
        whole = part[: marked.start()] + form + part[marked.end() :]
        yield from _alternatives(whole, irregular)


def _joined(verb: str, ending: str) -> str:
    if DOUBLED.search(verb):
        return verb + verb[-1] + ending
    if verb.endswith("e") and ending == "ed":
        return verb + "d"
    if SILENT_E.search(verb):
        return verb[:-1] + ending
    if ending == "ed" and CONSONANT_Y.search(verb):
        return verb[:-1] + "ied"
    return verb + ending
