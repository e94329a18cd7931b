"""What comes first: the answer to a red flag, short, with one thing to do now."""

from collections.abc import Sequence

from bot.library.models import Flag, Level, Topic
from bot.matching.urgent import UrgentMatch
from bot.pages.answers import topic_button
from bot.pages.helplines import crisis_in_short, violence_in_short
from bot.pages.page import Button, Go, Outcome, Page, Place, View
from bot.pages.text import bold, emergency_numbers, escape, paragraphs

MOST_TOPICS = 4


def urgent_page(view: View, match: UrgentMatch, topics: Sequence[Topic]) -> Page:
    """The answer in private; what else the message was about stands below, as buttons."""
    flag = _flag(view, match)
    text = [
        bold(flag.name),
        bold(_whom_to_call(view, flag, match)),
        escape(_what_to_do(flag, match)),
        crisis_in_short(view) if flag.crisis_line else "",
        violence_in_short(view) if flag.violence_line else "",
    ]
    labels = view.edition.phrases.buttons
    numbers = Button(labels.another_country, Go(Place.URGENT))
    rows = [(numbers,), *((topic_button(topic),) for topic in topics[:MOST_TOPICS])]
    return Page(paragraphs(text), tuple(rows), flag.id, Outcome.URGENT)


def urgent_in_group(view: View, match: UrgentMatch, private: str) -> Page:
    """Two lines, and a button that leads to ``private``: the address of the private chat."""
    flag = _flag(view, match)
    lines = [
        bold(f"{flag.name} {_whom_to_call(view, flag, match)}"),
        escape(_what_to_do(flag, match)),
    ]
    more = Button(view.edition.phrases.inline.open, private)
    return Page("\n".join(lines), ((more,),), flag.id, Outcome.URGENT)


def _whom_to_call(view: View, flag: Flag, match: UrgentMatch) -> str:
    phrases = view.edition.phrases.alarm
    form = phrases.today if match.level is Level.URGENT else flag.call or phrases.call
    return form.format(numbers=emergency_numbers(view))


def _what_to_do(flag: Flag, match: UrgentMatch) -> str:
    raised = match.level is Level.EMERGENCY and flag.level is not Level.EMERGENCY
    return flag.raised.do if raised and flag.raised else flag.do


def _flag(view: View, match: UrgentMatch) -> Flag:
    return next(flag for flag in view.edition.urgent.flags if flag.id == match.flag_id)
