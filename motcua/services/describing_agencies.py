"""Agencies as people look them up: those open on a day, one of them on a day, and one over time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.services.installation import Installation
from motcua.services.registry import reviews
from states.agency import Agency
from states.wire import to_wire

Plain = dict[str, Any]


def listed(house: Installation, day: date) -> list[Plain]:
    """Return the agencies open on a local *day*, in the registry's order, with the names of that day."""
    directory = house.worlds.directory
    return [_line(agency, day) for agency in directory.agencies if agency.open_on(day)]


def tree(house: Installation, day: date) -> list[Plain]:
    """Return the agencies open on a local *day*, each with those right below it in `below`; the province first.

    One whose superior is not open that day stands at the top.
    """
    lines = {line["code"]: {**line, "below": []} for line in listed(house, day)}
    top: list[Plain] = []
    for line in lines.values():
        above = lines.get(line["parent"] or "")
        (top if above is None else above["below"]).append(line)
    return top


def agency_at(house: Installation, code: str, day: date) -> Plain:
    """Return an agency as of a local *day*; one that closed tells who answers for it.

    Raises:
        AgencyNotFound: No agency ever had this code.
    """
    directory = house.worlds.directory
    agency = directory.get(code)
    people = [
        {"officer": post.officer, "position": post.position}
        for post in directory.posts
        if post.agency == code and post.since <= day and (post.until is None or day < post.until)
    ]
    return {
        **_line(agency, day),
        "open": agency.open_on(day),
        "answered_by": directory.seat(code, day),
        "took_over": [_heir(one) for one in to_wire(agency)["successors"] if one["since"] <= day.isoformat()],
        "desks": [f"{desk.name} {desk.address}".strip() for desk in agency.desks],
        "escalations": list(agency.escalations),
        "people": people,
    }


def history_of(house: Installation, code: str) -> Plain:
    """Return an agency over time: its names, period and successors, and the reviewed changes that name it.

    Raises:
        AgencyNotFound: No agency ever had this code.
    """
    agency = house.worlds.directory.get(code)
    former = [f"{naming.name} (< {naming.until})" for naming in agency.names]
    return {
        "code": code,
        "names": [*former, agency.name],
        **_period(agency),
        "successors": [_heir(one) for one in to_wire(agency)["successors"]],
        "changes": [
            {
                "effective": one.change.effective.isoformat(),
                "kind": one.change.kind.value,
                "status": one.status,
                "basis": one.change.basis,
                "digest": one.digest,
            }
            for one in reviews(house)
            if code in (*one.change.agencies, *(share.agency for share in one.change.heirs))
        ],
    }


def _line(agency: Agency, day: date) -> Plain:
    return {
        "code": agency.code,
        "name": agency.name_on(day),
        "kind": agency.kind,
        "level": agency.level,
        "parent": agency.parent,
        "calendar": agency.calendar,
        **_period(agency),
    }


def _period(agency: Agency) -> Plain:
    """The beginning of an agency that has no day of its own is left open."""
    return {
        "since": None if agency.since == date.min else agency.since.isoformat(),
        "until": None if agency.until is None else agency.until.isoformat(),
    }


def _heir(wire: Mapping[str, Any]) -> Plain:
    return {**wire, "procedures": ", ".join(wire["procedures"]) or "*"}
