"""When a text is due for a new check."""

from datetime import date, timedelta

CRISIS_DAYS = 90  # a crisis line may be shown for so long after its last check without a hint


def due(reviewed: date) -> date:
    """Twelve months after the last check: the house's rule for every topic."""
    try:
        return reviewed.replace(year=reviewed.year + 1)
    except ValueError:  # 29 February
        return reviewed.replace(year=reviewed.year + 1, day=28)


def number_due(checked: date, *, crisis: bool = False) -> date:
    """When a number to call is due again: a crisis line after 90 days, any other as a topic."""
    return checked + timedelta(days=CRISIS_DAYS + 1) if crisis else due(checked)


def number_is_old(checked: date | None, today: date, *, crisis: bool = False) -> bool:
    """Whether a new check is due. A number that nobody has checked yet counts as old."""
    return checked is None or today >= number_due(checked, crisis=crisis)
