"""``/urgent`` and ``/report``: whom to call and where to report, by country."""

from collections.abc import Iterable, Iterator

from bot.library.dates import number_is_old
from bot.library.models import EmergencyNumbers, ReportingScheme
from bot.library.names import key
from bot.pages.helplines import checked, directory, line_of, name_of, site
from bot.pages.lists import counted, pairs, part_of, turns, way_back
from bot.pages.page import Button, Go, Page, Place, Row, View
from bot.pages.text import bold, bullets, escape, italic, link, one_of, paragraphs

ALL = "all"  # in ``Go.ref``: the list, for whoever's own country is known too
ELSEWHERE = "EU"  # no country, so the last of the list


def urgent(view: View, go: Go) -> Page:
    """``/urgent``: the numbers of the person's country; where it is not known, all countries."""
    helplines, phrases = view.edition.helplines, view.edition.phrases.numbers
    if go.ref != ALL and view.country and helplines.emergency_in(view.country):
        return urgent_in(view, Go(Place.URGENT_IN, view.country))
    works = [phrases.works.get(number, number) for number in helplines.emergency]
    parts = [
        bold(phrases.urgent),
        escape(phrases.danger_unknown) + "\n" + bullets(works),
        escape(phrases.poisoning_unknown),
        escape(phrases.worried),
        escape(phrases.despair) + " " + phrases.everywhere.format(directory=directory(view)),
        escape(phrases.choose),
    ]
    known = [entry.country for entry in helplines.countries]
    return _choice(view, parts, countries_by_name(view, known), go, Place.URGENT_IN)


def urgent_in(view: View, go: Go) -> Page:
    """The numbers of one country.

    Raises:
        KeyError: none are known.
    """
    helplines, phrases = view.edition.helplines, view.edition.phrases.numbers
    entry = helplines.emergency_in(go.ref)
    if entry is None:
        raise KeyError(go.ref)
    numbers = escape(one_of(view, entry.numbers))
    lines = [phrases.not_life.format(line=line_of(view, a)) for a in helplines.advice_in(go.ref)]
    parts = [
        bold(phrases.urgent_in.format(country=name_of(view, go.ref))),
        f"<b>{phrases.danger.format(numbers=numbers)}</b>",
        phrases.poisoning.format(numbers=numbers),
        "\n".join([*lines, escape(phrases.worried)]),
        _despair(view, go.ref),
        italic(_emergency_note(view, entry)),
    ]
    another = Button(view.edition.phrases.buttons.another_country, Go(Place.URGENT, ALL))
    return Page(paragraphs(parts), ((another,), *_remember(view, go.ref), way_back(view, None)))


def urgent_where(view: View, name: str) -> Page:
    """``/urgent NAME``: the numbers of the country of that name, else as without one."""
    country = view.edition.country_called(name)
    known = country and view.edition.helplines.emergency_in(country)
    to = Go(Place.URGENT_IN, country) if country and known else Go(Place.URGENT)
    return urgent_in(view, to) if to.ref else urgent(view, to)


def report(view: View, go: Go) -> Page:
    """``/report``: where people of the person's country report; else all countries.

    ``go.via`` is the medicine from whose page one came.
    """
    phrases = view.edition.phrases.numbers
    known = view.edition.helplines.reporting_in(view.country)
    if go.ref != ALL and view.country and known:
        return report_in(view, Go(Place.REPORT_IN, view.country, via=go.via))
    missing = view.country is not None and not known
    lines = [phrases.no_scheme.format(country=name_of(view, view.country))] if missing else []
    parts = [
        bold(phrases.report),
        *map(escape, lines),
        escape(phrases.report_how),
        _have_ready(view),
        escape(phrases.report_no_help),
        italic(view.edition.phrases.disclaimer),
        escape(phrases.choose) + " " + escape(phrases.not_listed),
    ]
    codes = [scheme.country for scheme in view.edition.helplines.reporting]
    return _choice(view, parts, countries_by_name(view, codes), go, Place.REPORT_IN)


def report_in(view: View, go: Go) -> Page:
    """Where people of one country report, and what to have ready.

    Raises:
        KeyError: no scheme is known.
    """
    phrases, labels = view.edition.phrases.numbers, view.edition.phrases.buttons
    schemes = view.edition.helplines.reporting_in(go.ref)
    if not schemes:
        raise KeyError(go.ref)
    parts = [
        bold(phrases.report_in.format(country=name_of(view, go.ref))),
        *(_scheme(view, scheme) for scheme in schemes),
        _have_ready(view),
        escape(phrases.report_how) + " " + escape(phrases.tell_doctor),
        escape(phrases.report_no_help),
        italic(view.edition.phrases.disclaimer),
    ]
    rows: tuple[Row, ...] = (
        (Button(labels.urgent, Go(Place.URGENT)),),
        (Button(labels.another_country, Go(Place.REPORT, ALL)),),
        way_back(view, _care(go)),
    )
    return Page(paragraphs(parts), rows)


def report_where(view: View, name: str) -> Page:
    """``/report NAME``: the scheme of the country of that name, else as without one."""
    country = view.edition.country_called(name)
    known = country and view.edition.helplines.reporting_in(country)
    to = Go(Place.REPORT_IN, country) if country and known else Go(Place.REPORT)
    return report_in(view, to) if to.ref else report(view, to)


def _remember(view: View, country: str) -> tuple[Row, ...]:
    """In private: a button to remember this country for the chat, or to forget it again."""
    labels = view.edition.phrases.buttons
    if not view.private:
        return ()
    if view.country == country:
        return ((Button(labels.forget_country, Go(Place.FORGET_COUNTRY, country)),),)
    label = labels.remember.format(country=name_of(view, country))
    return ((Button(label, Go(Place.REMEMBER, country)),),)


def _despair(view: View, country: str) -> str:
    phrases = view.edition.phrases.numbers
    lines = view.edition.helplines.crisis_in(country)
    if lines:
        return "\n".join([escape(phrases.despair), *(f"• {line_of(view, line)}" for line in lines)])
    none = escape(phrases.no_line.format(country=name_of(view, country)))
    everywhere = phrases.everywhere.format(directory=directory(view))
    return " ".join([escape(phrases.despair), none, everywhere])


def _scheme(view: View, scheme: ReportingScheme) -> str:
    phrases = view.edition.phrases.numbers
    lines = [bold(scheme.name)]
    if scheme.web:
        address = link(site(scheme.web.host), str(scheme.web))
        lines.append(phrases.on_the_web.format(link=address))
    if scheme.phone:
        lines.append(escape(phrases.by_phone.format(number=scheme.phone)))
    if scheme.note:
        lines.append(escape(scheme.note))
    lines.append(italic(phrases.entry_checked.format(checked=checked(view, scheme))))
    return "\n".join(lines)


def _have_ready(view: View) -> str:
    phrases = view.edition.phrases.numbers
    return escape(phrases.have_ready) + "\n" + bullets(phrases.ready)


def _emergency_note(view: View, entry: EmergencyNumbers) -> str:
    """Plain text: when the emergency number was checked; what else to try where that is old."""
    phrases = view.edition.phrases.numbers
    widely = view.edition.helplines.emergency[0]
    more = number_is_old(entry.checked, view.today) and widely not in entry.numbers
    form = phrases.emergency_old if more else phrases.emergency_checked
    return form.format_map({"checked": checked(view, entry), "number": widely})


def _choice(view: View, parts: Iterable[str], codes: Iterable[str], go: Go, to: Place) -> Page:
    """Countries as buttons, eight to a page, under ``parts``."""
    buttons = [Button(name_of(view, code), Go(to, code)) for code in codes]
    part = part_of(buttons, go.page)
    text = paragraphs([*parts, counted(view, part)])
    listed = Go(go.place, ALL, via=go.via)
    rows = (*pairs(part.items), *turns(view, listed, part))
    if to is Place.REPORT_IN:
        rows = (*rows, (Button(view.edition.phrases.buttons.urgent, Go(Place.URGENT)),))
    return Page(text, (*rows, way_back(view, _care(go))))


def _care(go: Go) -> Go | None:
    """The page of the medicine from which one came to report."""
    return Go(Place.CARE, go.via) if go.via else None


def countries_by_name(view: View, codes: Iterable[str]) -> list[str]:
    """Countries by name; first those where the person's language is spoken, which says nothing of
    where the person is."""
    left = sorted(dict.fromkeys(codes), key=lambda code: key(name_of(view, code)))
    first = [code for code in _spoken_in(view) if code in left]
    rest = [code for code in left if code not in first]
    rest.sort(key=lambda code: code == ELSEWHERE)
    return list(dict.fromkeys([*first, *rest]))


def _spoken_in(view: View) -> Iterator[str]:
    language, _, region = view.language.partition("-")
    languages = view.edition.helplines.languages
    yield region.upper()
    yield from languages.get(language.lower()) or languages.get(view.edition.language, ())
