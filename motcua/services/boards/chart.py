"""Where the open dossiers of a procedure stand, for its picture."""

from collections import Counter
from typing import Any

from motcua.services.access import Visitor
from motcua.services.boards.naming import names_of
from motcua.services.boards.scope import choices, scope_of
from motcua.services.identity import today
from motcua.services.installation import Installation
from motcua.services.ports import DossierFilter, OpenSum, ProcedureNotFound
from motcua.services.presenting_clocks import words_of
from states.procedure import Procedure

Plain = dict[str, Any]


def chart(house: Installation, visitor: Visitor, code: str, agency: str | None = None) -> Plain:
    """Return the newest version of a procedure in force with how many open dossiers stand where, and are late.

    A dossier in several states counts in each; components count where they stand. States that only older versions
    have are in `rows` and not in the picture.

    Raises:
        ProcedureNotFound: No version of it is in force.
        AgencyNotFound: The agency is not the visitor's to look at.
    """
    procedure = _newest(house, code)
    wanted = DossierFilter(scope_of(house, visitor, agency), procedure=code)
    sums = house.store.open_sums(wanted, house.now())
    counts, late = Counter[str](), Counter[str]()
    for one in sums:
        for state in one.configuration.split("|"):
            counts[state] += one.open
            late[state] += one.late
    return {
        "procedure": procedure,
        "counts": {state.id: counts[state.id] for state in procedure.states},
        "late": {state.id: late[state.id] for state in procedure.states},
        "rows": _rows(house, procedure, sums, counts, late),
        "open": sum(one.open for one in sums),
        "open_late": sum(one.late for one in sums),
        "agencies": choices(house, visitor),
        "agency": agency,
    }


def _newest(house: Installation, code: str) -> Procedure:
    day = today(house)
    found = [
        version
        for version in house.store.versions(code)
        if version.approved_at is not None and version.effective_from <= day
    ]
    if not found:
        raise ProcedureNotFound(procedure=code, day=day)
    return house.worlds.procedure(max(found, key=lambda version: version.effective_from).digest)


def _rows(
    house: Installation, procedure: Procedure, sums: list[OpenSum], counts: Counter[str], late: Counter[str]
) -> list[Plain]:
    names = names_of(house, (one.example for one in sums))
    labels = {
        state: names.state(one.example, state)
        for one in sums
        for state in one.configuration.split("|")
        if state
    }
    labels |= {state.id: words_of(state.label) for state in procedure.states}
    drawn = {state.id: place for place, state in enumerate(procedure.states)}
    found = [state for state in counts if counts[state]]
    return [
        {
            "state": state,
            "label": labels[state],
            "open": counts[state],
            "late": late[state],
            "drawn": state in drawn,
        }
        for state in sorted(found, key=lambda state: (drawn.get(state, len(drawn)), state))
    ]
