"""Puts the package of public holidays beside the calendars of a config folder: drafts, and what has drifted."""

from motcua.adapters.holiday_drafts import proposal, year_file
from motcua.services.calendar_drafts import Drift, draft_year, drift
from states.calendar import CalendarDefinition


def drafted_file(definition: CalendarDefinition, year: int) -> str:
    """Return the text of a draft year file for a calendar. Raises: NothingProposed."""
    return year_file(definition.id, draft_year(definition, proposal(year)))


def drifted(definition: CalendarDefinition) -> list[Drift]:
    """Return the days on which the signed years of a calendar differ from the package."""
    return list(drift(definition, (proposal(year.year) for year in definition.years)))
