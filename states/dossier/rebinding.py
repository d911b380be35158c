"""How a reorganisation changes a dossier: agencies, hands and dues move; ledgers, epochs and fired rungs stay."""

from states.dossier.agencies import with_agencies
from states.dossier.revision import revise
from states.dossier.snapshot import Dossier
from states.events import PartiesRebound


def rebound(dossier: Dossier, event: PartiesRebound) -> Dossier:
    """Return the dossier after whoever took over took the place of whom it named."""
    moved = with_agencies(dossier, lambda code: event.agencies.get(code, code))
    hands = {told.task: told.assignee for told in event.tasks}
    heard = {(told.clock, told.rung): told.recipients for told in event.awaited}
    clocks = dict(moved.clocks)
    for told in event.clocks:
        clocks[told.clock] = revise(
            clocks[told.clock],
            holder=told.holder,
            calendar=told.calendar,
            remaining=told.remaining,
            due=told.due,
            due_date=told.due_date,
            provisional=told.provisional,
        )
    return revise(
        moved,
        agency=event.agency,
        parties=event.parties,
        tasks=tuple(revise(task, assignee=hands.get(task.id, task.assignee)) for task in moved.tasks),
        awaited=tuple(
            revise(one, recipients=heard.get((one.clock, one.rung), one.recipients)) for one in moved.awaited
        ),
        clocks=clocks,
    )
