"""What events of kinship change in a dossier."""

from collections.abc import Callable, Mapping
from typing import Any

from states import events as happened
from states.dossier.revision import revise
from states.dossier.snapshot import Dossier
from states.events import Event
from states.kin import NOT_OPENED, Child, ChildStatus, Kin, Places


def _parent_named(dossier: Dossier, event: happened.ParentNamed) -> Dossier:
    return revise(dossier, parent=Kin(event.dossier, event.component, event.results, event.again))


def _placed(dossier: Dossier, event: happened.IntakePlaced) -> Dossier:
    return revise(dossier, places=Places(event.helped, event.received, event.returns))


def _owed(dossier: Dossier, event: happened.ChildOwed) -> Dossier:
    before = dossier.children.get(event.component)
    owed = Child(event.procedure, event.agency, ChildStatus.OWED, None, None)
    if before is not None and before.dossier is not None:
        owed = revise(owed, former=(*before.former, before.dossier), given_up=before.given_up)
    elif before is not None:
        owed = revise(owed, former=before.former, given_up=before.given_up + 1)
    return _with(dossier, event.component, owed)


def _skipped(dossier: Dossier, event: happened.ChildSkipped) -> Dossier:
    skipped = Child("", "", ChildStatus.SKIPPED, None, None)
    return _told(_with(dossier, event.component, skipped), event.component, ChildStatus.SKIPPED.value)


def _opened(dossier: Dossier, event: happened.ChildOpened) -> Dossier:
    child = dossier.children[event.component]
    return _with(dossier, event.component, revise(child, status=ChildStatus.OPEN, dossier=event.dossier))


def _resulted(dossier: Dossier, event: happened.ChildResulted) -> Dossier:
    child = revise(dossier.children[event.component], outcome=event.outcome)
    return _told(_with(dossier, event.component, child), event.component, event.outcome)


def _ended(dossier: Dossier, event: happened.ChildEnded) -> Dossier:
    child = revise(dossier.children[event.component], status=ChildStatus.ENDED)
    return _with(dossier, event.component, child)


def _returned(dossier: Dossier, event: happened.ChildReturned) -> Dossier:
    """No outcome is kept: nothing was decided."""
    child = revise(dossier.children[event.component], status=ChildStatus.RETURNED)
    return _with(dossier, event.component, child)


def _given_up(dossier: Dossier, event: happened.ChildGivenUp) -> Dossier:
    child = dossier.children[event.component]
    if event.again:
        return _with(dossier, event.component, revise(child, status=ChildStatus.RETURNED))
    child = revise(child, status=ChildStatus.UNOPENED, outcome=NOT_OPENED)
    return _told(_with(dossier, event.component, child), event.component, NOT_OPENED)


def _recalled(dossier: Dossier, event: happened.ChildRecalled) -> Dossier:
    return _with(dossier, event.component, revise(dossier.children[event.component], recalled=True))


def _with(dossier: Dossier, component: str, child: Child) -> Dossier:
    return revise(dossier, children={**dossier.children, component: child})


def _told(dossier: Dossier, component: str, outcome: str) -> Dossier:
    """Guards read how a component came out as the fact `<component>_outcome`."""
    return revise(dossier, facts={**dossier.facts, f"{component}_outcome": outcome})


EVOLVE_KIN: Mapping[type[Event], Callable[[Dossier, Any], Dossier]] = {
    happened.ParentNamed: _parent_named,
    happened.IntakePlaced: _placed,
    happened.ChildOwed: _owed,
    happened.ChildSkipped: _skipped,
    happened.ChildOpened: _opened,
    happened.ChildResulted: _resulted,
    happened.ChildEnded: _ended,
    happened.ChildReturned: _returned,
    happened.ChildGivenUp: _given_up,
    happened.ChildRecalled: _recalled,
}
