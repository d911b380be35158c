"""What may be sent next: by the chart, by handoffs that are open, by what is left of extensions; guards aside."""

from states.dossier import Dossier
from states.offering import closed_by_handoffs
from states.procedure import SYSTEM
from states.world import World


def enabled_transitions(world: World, dossier: Dossier) -> tuple[str, ...]:
    """Return what the chart allows now, guards aside: transitions in the file's order, then extensions."""
    if dossier.ended:
        return ()
    events = world.procedure.table.get(dossier.configuration, {})
    names = {event.partition("#")[0] for event in events}
    if world.procedure.hands_over:
        names -= closed_by_handoffs(world, dossier)
    if not dossier.goes_again:
        names -= world.procedure.misdirecting
    running = {clock.id for clock in dossier.clocks.values() if clock.running}
    extensions = [
        extension.id
        for extension in world.procedure.extensions
        if running.intersection(extension.clocks) and _left(dossier, extension.max_times)
    ]
    return (*[t.id for t in world.procedure.transitions if t.id in names], *extensions)


def sendable_transitions(world: World, dossier: Dossier) -> tuple[str, ...]:
    """Return what of that a person may send, guards aside; what only the system does is left out."""
    known = world.procedure.transition
    return tuple(
        name
        for name in enabled_transitions(world, dossier)
        if name not in known or known[name].by != (SYSTEM,)
    )


def _left(dossier: Dossier, max_times: int) -> bool:
    return int(dossier.facts.get("extension_count", 0)) < max_times
