"""What waits for the answer of an agency, the nearest due instant first, page by page: offers and questions.

The rows are written with the record that changes them, by the one door; whoever lists them opens no dossier.
"""

from dataclasses import dataclass

from motcua.services.installation import Installation
from motcua.services.ports import OFFER, QUESTION, Cursor, WaitRow, WaitsWanted


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list; `next` is what to ask for the rest with, None where there is none."""

    rows: tuple[WaitRow, ...]
    next: Cursor | None


def offers_waiting(house: Installation, agency: str, limit: int = 100, after: Cursor | None = None) -> Page:
    """Return the dossiers that an agency is to accept or give back, a page of them."""
    return page(house, WaitsWanted(OFFER, answerer=agency), limit, after)


def questions_waiting(
    house: Installation, agency: str, limit: int = 100, after: Cursor | None = None
) -> Page:
    """Return the questions that an agency is to answer, a page of them."""
    return page(house, WaitsWanted(QUESTION, answerer=agency), limit, after)


def everything_waiting(
    house: Installation, agency: str, limit: int = 100, after: Cursor | None = None
) -> Page:
    """Return both in one list, a page of it."""
    return page(house, WaitsWanted(answerer=agency), limit, after)


def page(house: Installation, wanted: WaitsWanted, limit: int, after: Cursor | None = None) -> Page:
    """Return a page of what is wanted: the nearest due first, those without a term last, then by code."""
    found = house.store.waits(wanted, limit + 1, after)
    rows = tuple(found[:limit])
    return Page(rows, rows[-1].cursor if len(found) > limit else None)
