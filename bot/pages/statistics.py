"""``/stats``: which topics were asked in a group of late, as text with bars."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from bot.pages.lists import label
from bot.pages.page import Page, View
from bot.pages.text import bold, escape, italic, paragraphs, written

DAYS = 30
DAYS_IN_A_ROW = 10
MOST_ROWS = 10
LONGEST_BAR = 8
BAR = "█"
LEVELS = "▁▂▃▄▅▆▇█"


def first_day(today: date) -> date:
    """The first of the days that are shown."""
    return today - timedelta(days=DAYS - 1)


def statistics(view: View, topics: Iterable[tuple[str, int]], days: Mapping[date, int]) -> Page:
    """Counts by topic (its id, or what else was answered), and by day."""
    phrases = view.edition.phrases.settings.stats
    first, last = (written(day, view.edition.phrases.dates) for day in _span(view.today))
    title = bold(phrases.title.format(first=first, last=last))
    if not days:
        return Page(paragraphs([title, escape(phrases.nothing), italic(phrases.note)]))
    total = escape(phrases.total.format(number=sum(days.values())))
    parts = [title, total, _rows(view, topics), _by_day(view, days), italic(phrases.note)]
    return Page(paragraphs(parts))


def off(view: View) -> Page:
    """Where nothing is counted: how to turn it on."""
    return Page(escape(view.edition.phrases.settings.stats.off))


def _span(today: date) -> tuple[date, date]:
    return first_day(today), today


def _rows(view: View, topics: Iterable[tuple[str, int]]) -> str:
    """The most frequent topics; the rest, and what a group need not read of anybody, in one."""
    phrases = view.edition.phrases.settings.stats
    counts: Counter[str] = Counter()
    for name, times in topics:
        if not name:  # a menu
            continue
        topic = view.edition.topics.get(name)
        counts[label(topic) if topic and not topic.sensitive else ""] += times
    others = counts.pop("", 0)
    shown = counts.most_common(MOST_ROWS)
    others += counts.total() - sum(times for _, times in shown)
    rows = [*shown, *([(phrases.others, others)] if others else [])]
    most = max(times for _, times in rows)
    return "\n".join(
        escape(phrases.row.format(bar=_bar(times, most), number=times, name=name))
        for name, times in rows
    )


def _bar(times: int, most: int) -> str:
    return BAR * max(1, round(times * LONGEST_BAR / most))


def _by_day(view: View, days: Mapping[date, int]) -> str:
    """Ten days a line, each a bar of its own."""
    phrases, most = view.edition.phrases.settings.stats, max(days.values())
    first = first_day(view.today)
    lines = [escape(phrases.by_day.format(most=most))]
    for row in range(0, DAYS, DAYS_IN_A_ROW):
        dates = [first + timedelta(days=row + day) for day in range(DAYS_IN_A_ROW)]
        bars = "".join(_level(days.get(day, 0), most) for day in dates)
        date_ = written(dates[0], view.edition.phrases.dates)
        lines.append(escape(phrases.days.format(bars=bars, date=date_)))
    return "\n".join(lines)


def _level(times: int, most: int) -> str:
    """The lowest is for none at all."""
    return LEVELS[-(-times * (len(LEVELS) - 1) // most)]
