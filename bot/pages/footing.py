"""What every card ends with: the disclaimer, and when its text was checked."""

from datetime import date

from bot.library.dates import due
from bot.pages.page import View
from bot.pages.text import italic, written


def foot(view: View, reviewed: date) -> str:
    """What every card ends with: the disclaimer, and when the text was checked."""
    return italic(view.edition.phrases.disclaimer) + "\n" + italic(checked_line(view, reviewed))


def checked_line(view: View, reviewed: date) -> str:
    """Plain text: the day of the last check, and whether a new one is due."""
    cards = view.edition.phrases.cards
    line = cards.overdue if view.today >= due(reviewed) else cards.checked
    return line.format(date=written(reviewed, view.edition.phrases.dates))
