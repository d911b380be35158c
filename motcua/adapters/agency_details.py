"""Reads what an agency may say besides: former names, successors, desks, who hears of escalations; and judges it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from motcua.adapters.agency_reading import CODE, ID, PROCEDURE, Sheet
from states.agency import Agency, Desk, Heir, Naming
from states.problem import Path as Trail

MAY = frozenset({"names", "successors", "desks", "escalations"})
Entry = Mapping[str, object]


def details(sheet: Sheet, entry: Entry, path: Trail, positions: Collection[str]) -> dict[str, Any]:
    """Return the optional fields of an agency, by name of the field."""
    return {
        "names": _names(sheet, entry, path),
        "successors": heirs(sheet, entry, path, "successors"),
        "desks": _desks(sheet, entry, path),
        "escalations": seats(sheet, entry, path, "escalations", positions),
    }


def _names(sheet: Sheet, entry: Entry, path: Trail) -> tuple[Naming, ...]:
    found: list[Naming] = []
    for index, item in enumerate(sheet.items((*path, "names"), entry.get("names"))):
        where = (*path, "names", index)
        given = sheet.mapping(where, item, frozenset({"name", "until"}))
        until = sheet.day(given, where, "until", None)
        if until is not None:
            found.append(Naming(sheet.text(given, where, "name"), until))
    if any(one.until >= other.until for one, other in pairwise(found)):
        sheet.note((*path, "names"), "E-AGENCY-017")
    return tuple(found)


def heirs(sheet: Sheet, entry: Entry, path: Trail, key: str) -> tuple[Heir, ...]:
    """Return who took over, in the order given."""
    found: list[Heir] = []
    for index, item in enumerate(sheet.items((*path, key), entry.get(key))):
        where = (*path, key, index)
        given = sheet.mapping(where, item, frozenset({"agency", "since"}), frozenset({"procedures"}))
        since = sheet.day(given, where, "since", None) or date.min
        procedures = texts(sheet, given, where, "procedures")
        found.append(Heir(sheet.text(given, where, "agency", CODE), since, procedures))
    return tuple(found)


def texts(sheet: Sheet, entry: Entry, path: Trail, key: str) -> tuple[str, ...]:
    """Return a list of codes of procedures."""
    items = sheet.items((*path, key), entry.get(key))
    return tuple(
        sheet.text({"code": item}, (*path, key, index), "code", PROCEDURE) for index, item in enumerate(items)
    )


def seats(sheet: Sheet, entry: Entry, path: Trail, key: str, positions: Collection[str]) -> tuple[str, ...]:
    """Return a list of declared positions."""
    found: list[str] = []
    for index, item in enumerate(sheet.items((*path, key), entry.get(key))):
        where = (*path, key, index)
        position = sheet.text({"position": item}, where, "position", ID)
        if position and position not in positions:
            sheet.note(where, "E-AGENCY-009", position=position)
        found.append(position)
    return tuple(found)


def _desks(sheet: Sheet, entry: Entry, path: Trail) -> tuple[Desk, ...]:
    found: list[Desk] = []
    for index, item in enumerate(sheet.items((*path, "desks"), entry.get("desks"))):
        where = (*path, "desks", index)
        given = sheet.mapping(where, item, frozenset({"name"}), frozenset({"address"}))
        address = sheet.text(given, where, "address") if "address" in given else ""
        found.append(Desk(sheet.text(given, where, "name"), address))
    return tuple(found)


def check_succession(
    sheet: Sheet, placed: Iterable[tuple[Agency, Trail]], calendars: Collection[str] | None
) -> None:
    """Note successors that lead nowhere or round in a circle, parents that closed first, calendars not there."""
    known = {agency.code: (agency, path) for agency, path in placed}
    for agency, path in known.values():
        for index, heir in enumerate(agency.successors):
            if heir.agency not in known:
                where = (*path, "successors", index)
                sheet.note(where, "E-AGENCY-014", code=agency.code, successor=heir.agency)
        circle = _circle(agency.code, {code: one for code, (one, _) in known.items()})
        if circle:
            sheet.note((*path, "successors"), "E-AGENCY-015", code=agency.code, chain=" → ".join(circle))
        parent = known.get(agency.parent or "")
        if parent is not None and _outlives(agency, parent[0]):
            facts = {"code": agency.code, "parent": parent[0].code, "until": parent[0].until}
            sheet.note((*path, "parent"), "E-AGENCY-018", **facts)
        if calendars is not None and agency.calendar and agency.calendar not in calendars:
            sheet.note((*path, "calendar"), "E-AGENCY-016", code=agency.code, calendar=agency.calendar)


def _outlives(agency: Agency, parent: Agency) -> bool:
    return parent.until is not None and (agency.until is None or parent.until < agency.until)


def _circle(code: str, agencies: Mapping[str, Agency]) -> list[str]:
    """Follow who took over everything, as long as agencies are closed; the way back to the start, or nothing."""
    chain, current = [code], agencies.get(code)
    while current is not None and current.until is not None:
        whole = next((heir.agency for heir in current.successors if not heir.procedures), None)
        if whole is None:
            return []
        if whole in chain:
            return [*chain, whole] if whole == code else []
        chain.append(whole)
        current = agencies.get(whole)
    return []
