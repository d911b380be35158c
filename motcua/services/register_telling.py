"""The register of nonconformities as people and programs are told of it: plain values, instants in local time."""

from datetime import datetime
from typing import Any

from motcua.services.installation import Installation
from motcua.services.naming import clock_name, words_of
from motcua.services.ports import NonconformityStep
from motcua.services.register_steps import Entry, StepKind
from states.procedure import Procedure

Plain = dict[str, Any]


def told(house: Installation, entry: Entry) -> Plain:
    """Return an entry with the names of its procedure, clock and agency, and its steps."""
    steps = [_step(house, entry, step) for step in entry.steps]
    [row] = listed(house, [entry])
    return {**row, "procedure_name": words_of(_version(house, entry).name), "steps": steps}


def listed(house: Installation, entries: list[Entry]) -> list[Plain]:
    """Return entries as a page lists them: `agency_name`, and `clock_name` in the words of the dossier's version."""
    found = house.store.load_ids([entry.row.dossier_id for entry in entries])
    versions = {stored.id: house.worlds.procedure(stored.dossier.cfg) for stored in found}
    return [
        {
            **row_of(house, entry),
            "agency_name": house.worlds.directory.get(entry.row.agency).name,
            "clock_name": _clock(versions[entry.row.dossier_id], entry.row.clock),
        }
        for entry in entries
    ]


def _clock(procedure: Procedure, clock: str | None) -> Plain | None:
    return None if not clock else clock_name(procedure, clock)


def row_of(house: Installation, entry: Entry) -> Plain:
    """Return an entry as lists show it; `cause` is what was detected, `root_cause` the code a person gave."""
    row = entry.row
    action, found = _facts_of(entry, StepKind.ACTION), _facts_of(entry, StepKind.CAUSE)
    return {
        "id": row.id,
        "code": row.code,
        "procedure": entry.procedure,
        "agency": row.agency,
        "cause": row.cause,
        "clock": row.clock,
        "epoch": row.epoch,
        "opened_at": _local(house, entry, row.opened_at),
        "status": entry.status.value,
        "possible": [kind.verb for kind in entry.possible],
        "root_cause": found.get("cause"),
        "owner": action.get("owner"),
        "due": action.get("due"),
        "effective": _facts_of(entry, StepKind.CHECK).get("effective"),
    }


def _version(house: Installation, entry: Entry) -> Procedure:
    """Return the version that the dossier is pinned to."""
    [stored] = house.store.load_ids([entry.row.dossier_id])
    return house.worlds.procedure(stored.dossier.cfg)


def _facts_of(entry: Entry, kind: StepKind) -> Plain:
    last = entry.last(kind)
    return {} if last is None else dict(last.facts)


def _step(house: Installation, entry: Entry, step: NonconformityStep) -> Plain:
    """Return a step; `text` is None where nothing was written, or where it was erased since."""
    return {
        "number": step.number,
        "kind": step.kind,
        "status": step.status,
        "officer": step.officer,
        "at": _local(house, entry, step.at),
        "facts": dict(step.facts),
        "text": None if step.text is None else step.text.value,
        "stream": step.stream,
        "seq": step.seq,
    }


def _local(house: Installation, entry: Entry, at: datetime) -> str:
    agency = house.worlds.directory.get(entry.row.agency)
    return house.worlds.calendars[agency.calendar].local(at).isoformat()
