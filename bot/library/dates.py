"""When a text is due for a new check."""

from datetime import date


def due(reviewed: date) -> date:
    """Twelve months after the last check: the house's rule for every topic."""
    try:
        return reviewed.replace(year=reviewed.year + 1)
    except ValueError:  # 29 February
        return reviewed.replace(year=reviewed.year + 1, day=28)
