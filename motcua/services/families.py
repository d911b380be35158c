"""A dossier with all that belong to it: from the submission down to every component."""

from typing import Any

from motcua.services.appointments import is_late, promised
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import Stored
from states.kin import Child, child_id


def tree(house: Installation, code: str) -> dict[str, Any]:
    """Return the submission that a dossier is part of, with its components and theirs.

    Raises:
        DossierNotFound: No such dossier, or its parent is gone.
    """
    stored = house.store.load(code)
    while stored.dossier.parent is not None:
        stored = house.store.load(stored.dossier.parent.dossier)
    return _branch(house, stored, None)


def _branch(house: Installation, stored: Stored, component: str | None) -> dict[str, Any]:
    dossier, world = stored.dossier, house.worlds.of(stored.dossier.cfg)
    clock = promised(dossier)
    return {
        "component": component,
        "code": dossier.code,
        "procedure": dossier.procedure,
        "agency": dossier.agency,
        "status": "ended" if dossier.ended else "open",
        "states": list(dossier.states),
        "outcome": dossier.outcome,
        "due": None if clock is None else local_text(world.calendars[clock.calendar], clock.due),
        "late": is_late(dossier, house.now(stored)),
        "children": [
            branch for item in world.procedure.components for branch in _children(house, stored, item.id)
        ],
    }


def _children(house: Installation, parent: Stored, component: str) -> list[dict[str, Any]]:
    """Return the dossiers of a component: those that agencies gave back as not theirs, then the one that counts."""
    child = parent.dossier.children.get(component)
    attempts = range(1, 1 + (1 if child is None else child.attempt))
    found = house.store.load_ids([child_id(parent.id, component, attempt) for attempt in attempts])
    branches = [_branch(house, stored, component) for stored in found]
    return branches if len(found) == len(attempts) else [*branches, _unborn(component, child)]


def _unborn(component: str, child: Child | None) -> dict[str, Any]:
    """A component that is not there: not its turn yet, about to be opened, or passed over."""
    return {
        "component": component,
        "code": None,
        "procedure": None if child is None else child.procedure or None,
        "agency": None if child is None else child.agency or None,
        "status": "later" if child is None else child.status.value,
        "states": [],
        "outcome": None,
        "due": None,
        "late": False,
        "children": [],
    }
