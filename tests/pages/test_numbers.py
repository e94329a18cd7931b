"""The pages of /urgent and /report: every country, the right dates, the order of the list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.library import Edition
from bot.library.dates import number_is_old
from bot.library.models import CrisisLine, EmergencyNumbers
from bot.pages import numbers
from bot.pages.cards import card
from bot.pages.checks import SCREEN
from bot.pages.numbers import ALL
from bot.pages.page import Button, Go, Page, Place, View
from bot.pages.text import emergency_numbers, plain
from tests.conftest import TODAY

DIRECTORY = "findahelpline.com"
LEAVING = {"Next page", "Previous page", "Urgent help", "‹ Back", "Home"}


@pytest.fixture
def view(edition: Edition) -> View:
    return View(edition=edition, today=TODAY, language="en")


def text(page: Page) -> str:
    return plain(page.text)


def buttons(page: Page) -> list[Button]:
    return [button for row in page.rows for button in row]


def countries(page: Page) -> list[str]:
    return [button.label for button in buttons(page) if button.label not in LEAVING]


def with_line(view: View, **fields: object) -> View:
    """``view`` with one crisis line for the United Kingdom, and no other there."""
    given = {"country": "GB", "name": "Listeners", "call": ("116 123",), "source": "A page"}
    line = CrisisLine.model_validate(given | fields)
    others = [other for other in view.edition.helplines.crisis if other.country != "GB"]
    helplines = view.edition.helplines.model_copy(update={"crisis": (*others, line)})
    return replace(view, edition=replace(view.edition, helplines=helplines))


def in_the_uk(view: View) -> str:
    return text(numbers.urgent_in(view, Go(Place.URGENT_IN, "GB")))


# What the content has


def test_there_is_what_the_facts_allow(edition: Edition) -> None:
    helplines = edition.helplines
    assert len(helplines.countries) == len({entry.country for entry in helplines.countries}) == 54
    assert len(helplines.crisis) == 40
    assert len(helplines.reporting) == 24
    assert helplines.emergency == ("112", "911", "999")


@pytest.mark.parametrize("country", ["AE", "SA", "EG"])
def test_a_line_of_low_confidence_is_not_there(view: View, country: str) -> None:
    assert view.edition.helplines.crisis_in(country) == ()
    page = text(numbers.urgent_in(view, Go(Place.URGENT_IN, country)))
    assert "I have no crisis line" in page
    assert DIRECTORY in page


@pytest.mark.parametrize("country", ["RU", "NL"])
def test_a_scheme_of_low_confidence_is_not_there(edition: Edition, country: str) -> None:
    assert edition.helplines.reporting_in(country) == ()


# Every country


def test_every_country_opens_with_its_numbers_and_fits_a_screen(view: View) -> None:
    for entry in view.edition.helplines.countries:
        page = numbers.urgent_in(view, Go(Place.URGENT_IN, entry.country))
        assert len(text(page)) <= SCREEN, entry.country
        assert view.edition.countries.names[entry.country] in text(page).splitlines()[0]
        for number in entry.numbers:
            assert number in text(page).split("\n\n")[1]
        for line in view.edition.helplines.crisis_in(entry.country):
            assert line.name in text(page)
            assert all(number in text(page) for number in line.call)
        remember = f"Remember for this chat: {view.edition.countries.names[entry.country]}"
        assert [button.label for button in buttons(page)] == ["Another country", remember, "Home"]


def test_every_scheme_opens_with_what_to_have_ready(view: View) -> None:
    for scheme in view.edition.helplines.reporting:
        page = numbers.report_in(view, Go(Place.REPORT_IN, scheme.country))
        assert len(text(page)) <= SCREEN, scheme.country
        assert scheme.name in text(page)
        assert scheme.web is None or f'href="{scheme.web}"' in page.text
        assert scheme.phone is None or scheme.phone in text(page)
        for word in ("brand", "batch number", "dates", "I collect nothing", "doctor"):
            assert word in text(page), scheme.country


@pytest.mark.parametrize("open_", [numbers.urgent_in, numbers.report_in])
@pytest.mark.parametrize("country", ["", "XX", "all"])
def test_a_country_that_is_not_there_is_gone(view: View, open_: object, country: str) -> None:
    assert callable(open_)
    with pytest.raises(KeyError):
        open_(view, Go(Place.URGENT_IN, country))


def test_the_uk_has_a_line_for_what_is_urgent_and_no_danger_to_life(view: View) -> None:
    (line,) = [line for line in in_the_uk(view).splitlines() if "NHS 111" in line]
    assert line.startswith("Urgent, but no danger to life: ")


def test_poisoning_leads_to_the_emergency_number(view: View) -> None:
    for page in (in_the_uk(view), text(numbers.urgent(view, Go(Place.URGENT)))):
        (line,) = [line for line in page.splitlines() if line.startswith("Poisoning")]
        assert "999 or 112" in line or "emergency number" in line


# Dates


@pytest.mark.parametrize(("days", "old"), [(0, False), (90, False), (91, True), (400, True)])
def test_a_crisis_line_says_when_it_was_checked_and_an_old_one_names_the_directory(
    view: View, days: int, old: bool
) -> None:
    page = in_the_uk(with_line(view, checked=TODAY - timedelta(days=days)))
    (line,) = [line for line in page.splitlines() if "Listeners" in line]
    assert "last checked on" in line
    assert (DIRECTORY in line) is old


def test_a_line_that_nobody_checked_says_so_and_names_the_directory(view: View) -> None:
    page = in_the_uk(with_line(view, checked=None))
    (line,) = [line for line in page.splitlines() if "Listeners" in line]
    assert "not checked by us yet" in line
    assert DIRECTORY in line


def test_every_crisis_line_of_today_says_how_old_it_is(view: View) -> None:
    helplines, shown = view.edition.helplines, 0
    for entry in helplines.countries:
        page = text(numbers.urgent_in(view, Go(Place.URGENT_IN, entry.country)))
        lines = [line for line in page.splitlines() if line.startswith("• ")]
        for crisis in (one for one in helplines.crisis if one.country == entry.country):
            (line,) = [line for line in lines if line.startswith(f"• {crisis.name}:")]
            assert "checked" in line
            assert (DIRECTORY in line) is number_is_old(crisis.checked, TODAY, crisis=True)
        shown += len(lines)
    assert shown == len(helplines.crisis)


@pytest.mark.parametrize(
    ("checked", "own", "said", "hint"),
    [
        (None, ("911",), "Emergency number: not checked by us yet.", True),
        (None, ("112", "15"), "Emergency number: not checked by us yet.", False),
        (date(2026, 11, 1), ("911",), "Emergency number: last checked on 1 November 2026.", False),
        (date(2025, 12, 1), ("911",), "Emergency number: last checked on 1 December 2025.", True),
    ],
)
def test_an_emergency_number_says_when_it_was_checked(
    view: View, checked: date | None, own: tuple[str, ...], said: str, hint: bool
) -> None:
    entry = EmergencyNumbers(country="FR", numbers=own, source="A list", checked=checked)
    helplines = view.edition.helplines.model_copy(update={"countries": (entry,)})
    here = replace(view, edition=replace(view.edition, helplines=helplines))
    page = text(numbers.urgent_in(here, Go(Place.URGENT_IN, "FR")))
    assert said in page
    assert ("From a mobile phone, 112 works" in page) is hint


@pytest.mark.parametrize(
    ("hours", "said"),
    [("24/7", "day and night"), ("10:00-24:00", "open 10:00-24:00"), ("vary", "hours vary")],
)
def test_a_line_says_when_it_is_open(view: View, hours: str, said: str) -> None:
    assert said in in_the_uk(with_line(view, hours=hours, checked=None))


def test_a_line_may_be_reached_by_text_alone(view: View) -> None:
    page = in_the_uk(with_line(view, call=(), text="HELLO to 123", checked=None))
    assert "Listeners: text HELLO to 123 (" in page


def test_a_line_that_cannot_be_reached_is_refused(view: View) -> None:
    with pytest.raises(ValueError, match="call, text and web"):
        with_line(view, call=(), checked=None)


# The list


def test_without_a_country_the_list_begins_where_the_language_is_spoken(view: View) -> None:
    first = countries(numbers.urgent(replace(view, language="de"), Go(Place.URGENT)))
    assert first[:4] == ["Germany", "Austria", "Switzerland", "Argentina"]
    here = replace(view, language="pt-br")
    assert countries(numbers.urgent(here, Go(Place.URGENT)))[:2] == ["Brazil", "Portugal"]
    swiss = replace(view, language="fr-CH")
    assert countries(numbers.urgent(swiss, Go(Place.URGENT)))[:2] == ["Switzerland", "France"]


@pytest.mark.parametrize("language", ["", "en", "de", "pt-br", "xx", "zh-hant"])
def test_a_language_only_orders_the_list(view: View, language: str) -> None:
    seen: list[str] = []
    for page in range(7):
        found = numbers.urgent(replace(view, language=language), Go(Place.URGENT, ALL, page))
        assert "call your emergency number" in text(found)
        assert len(countries(found)) <= 8
        seen += countries(found)
    assert len(seen) == len(set(seen)) == 54


def test_a_known_country_opens_at_once_and_another_can_be_chosen(view: View) -> None:
    here = replace(view, country="JP", language="de")
    page = numbers.urgent(here, Go(Place.URGENT))
    assert "Japan" in text(page)
    (another,) = [button for button in buttons(page) if button.label == "Another country"]
    assert isinstance(another.to, Go)
    assert countries(numbers.urgent(here, another.to))[0] == "Germany"
    assert "PMDA" not in text(numbers.report(here, Go(Place.REPORT)))
    assert "I have no address for Japan" in text(numbers.report(here, Go(Place.REPORT)))


def test_a_known_country_without_an_emergency_number_gets_the_list(view: View) -> None:
    page = numbers.urgent(replace(view, country="LU"), Go(Place.URGENT))
    assert "112" in text(page)
    assert len(countries(page)) == 8


def test_the_list_of_schemes_ends_with_the_eu(view: View) -> None:
    seen = [
        name
        for page in range(3)
        for name in countries(numbers.report(view, Go(Place.REPORT, ALL, page)))
    ]
    assert len(seen) == 24
    assert seen[-1] == "Another EU country"


def test_from_a_medicine_to_the_report_and_back(view: View) -> None:
    for here in (view, replace(view, country="IE")):
        page = numbers.report(here, Go(Place.REPORT, via="adalimumab"))
        (back,) = [button for button in buttons(page) if button.label == "‹ Back"]
        assert back.to == Go(Place.CARE, "adalimumab")


@pytest.mark.parametrize("name", ["germany", "Germany ", "DE", "de", "GERMANY"])
def test_a_country_is_found_by_its_name_and_code(view: View, name: str) -> None:
    assert "Germany" in text(numbers.urgent_where(view, name)).splitlines()[0]
    assert "Germany" in text(numbers.report_where(view, name)).splitlines()[0]


@pytest.mark.parametrize("name", ["", "atlantis", "12", "luxembourg"])
def test_another_name_opens_the_list(view: View, name: str) -> None:
    assert text(numbers.urgent_where(view, name)).splitlines()[0] == "Urgent help"


# Elsewhere


def test_cards_name_the_number_of_a_known_country(view: View) -> None:
    assert emergency_numbers(view) == "112, 911 or 999"
    assert emergency_numbers(replace(view, country="GB")) == "999 or 112"
    assert emergency_numbers(replace(view, country="NZ")) == "111"
    assert emergency_numbers(replace(view, country="LU")) == "112, 911 or 999"


def test_the_crisis_line_of_a_card_is_that_of_a_known_country(view: View) -> None:
    topic = view.edition.topics["mood-changes"]
    unknown = text(card(view, topic))
    for said in ("US, Canada: 988", "UK, Ireland: Samaritans, 116 123", "Australia: Lifeline"):
        assert said in unknown
    german = text(card(replace(view, country="DE"), topic))
    assert "TelefonSeelsorge, 0800 111 0 111 or 0800 111 0 222" in german
    assert "Samaritans" not in german
    assert "Last checked on 2 June 2026" in german
    assert DIRECTORY in german


def test_the_card_with_crisis_lines_fits_a_screen_in_every_country(view: View) -> None:
    topic = view.edition.topics["mood-changes"]
    for country in view.edition.countries.names:
        here = replace(view, country=country, today=date.max)
        assert len(text(card(here, topic))) <= SCREEN, country
