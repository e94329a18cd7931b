"""How helplines are written: a line and how to reach it, when it was checked, a country's name."""

from collections.abc import Sequence

from bot.library.dates import number_is_old
from bot.library.models import CrisisLine, EmergencyNumbers, HelpLine, ReportingScheme
from bot.pages.page import View
from bot.pages.text import escape, link, one_of, written


def crisis_in_short(view: View) -> str:
    """HTML: one line for a card. The crisis lines of the person's country; where it is not known or
    has none, those of the countries with which the content begins, one each."""
    helplines = view.edition.helplines
    own = helplines.crisis_in(view.country)
    first = [line for code in helplines.crisis_first for line in helplines.crisis_in(code)[:1]]
    return _lines_in_short(view, own, first)


def violence_in_short(view: View) -> str:
    """HTML: the same of the lines for whoever was hurt by somebody."""
    helplines = view.edition.helplines
    return _lines_in_short(view, helplines.violence_in(view.country), helplines.violence)


def _lines_in_short(view: View, own: Sequence[CrisisLine], first: Sequence[CrisisLine]) -> str:
    """HTML: a country's ``own`` lines; where it has none, ``first``; and the directory."""
    phrases = view.edition.phrases.numbers
    alike: dict[object, list[CrisisLine]] = {}  # one number may serve several countries
    for line in own or first:
        alike.setdefault((line.call, line.text), []).append(line)
    texts = [_in_short(view, lines, named=not own) for lines in alike.values()]
    checked_then = escape(_oldest(view, own or first))
    elsewhere = phrases.elsewhere.format(directory=directory(view), checked=checked_then)
    return f"{'; '.join(texts)}. {elsewhere}"


def _in_short(view: View, lines: Sequence[CrisisLine], *, named: bool) -> str:
    """HTML: a line with the countries that it serves, where they are to be ``named``."""
    phrases, line = view.edition.phrases.numbers, lines[0]
    short = view.edition.countries.short
    countries = [short.get(line.country, name_of(view, line.country)) for line in lines]
    form = phrases.short_in if named else phrases.short
    ways = escape(one_of(view, line.call)) if line.call else _ways(view, line)[0]
    return form.format_map(
        {"countries": escape(", ".join(countries)), "name": escape(line.name), "ways": ways}
    )


def _oldest(view: View, lines: Sequence[CrisisLine]) -> str:
    """Plain text: when the one that was not checked for longest was."""
    days = [line.checked for line in lines if line.checked]
    if len(days) < len(lines):
        return view.edition.phrases.numbers.some_not_checked
    phrases = view.edition.phrases
    return phrases.numbers.all_checked.format(date=written(min(days), phrases.dates))


def directory(view: View) -> str:
    """HTML: the directory of crisis lines of all countries."""
    url = view.edition.helplines.directory
    return link(site(url.host), str(url))


def line_of(view: View, line: HelpLine) -> str:
    """HTML: a line, how to reach it, when it was checked; and the directory beside an old one."""
    phrases = view.edition.phrases.numbers
    crisis = isinstance(line, CrisisLine)
    old = crisis and number_is_old(line.checked, view.today, crisis=True)
    text = _filled(view, line, phrases.old_line if old else phrases.line)
    return f"{text} {escape(line.note)}" if line.note else text


def _filled(view: View, line: HelpLine, form: str) -> str:
    blanks = {
        "name": escape(line.name),
        "ways": ", ".join(_ways(view, line)),
        "checked": escape(checked(view, line)),
        "directory": directory(view),
    }
    return form.format_map(blanks)


def _ways(view: View, line: HelpLine) -> list[str]:
    """HTML: by call, by text, when, and on the web."""
    phrases = view.edition.phrases.numbers
    ways = []
    if line.call:
        ways.append(escape(phrases.call.format(numbers=one_of(view, line.call))))
    if line.text:
        ways.append(escape(phrases.text.format(text=line.text)))
    if line.hours:
        form = {"24/7": phrases.always, "vary": phrases.hours_vary}.get(line.hours, phrases.open)
        ways.append(escape(form.format_map({"hours": line.hours})))
    if line.web:
        ways.append(link(site(line.web.host), str(line.web)))
    return ways


def checked(view: View, entry: HelpLine | EmergencyNumbers | ReportingScheme) -> str:
    """Plain text, without a full stop: "last checked on …", or that nobody has."""
    phrases = view.edition.phrases
    if entry.checked is None:
        return phrases.numbers.not_checked
    return phrases.numbers.checked.format(date=written(entry.checked, phrases.dates))


def name_of(view: View, country: str | None) -> str:
    """Plain text: what a country is called; its code where the operator added one without name."""
    code = country or ""
    return view.edition.countries.names.get(code, code)


def site(host: str | None) -> str:
    """A web address as people read it."""
    return (host or "").removeprefix("www.")
