"""By which transitions a result leaves the counter: with each of them it is noted who took it."""

from motcua.services.installation import Installation
from motcua.services.ports import Stored
from states.errors import DomainError
from states.procedure import Transition
from states.sendable import enabled_transitions

READY, RETURNED = 9, 10
"""Public statuses. Source: Decree 118/2025/NĐ-CP, the ten statuses of a dossier on the national portal."""


class IdentityNotNoted(DomainError):
    """The result is given to nobody whose identity was not checked. Say which paper was shown, and who took it."""

    vi = "Chỉ trả kết quả khi đã kiểm tra người nhận. Hãy ghi giấy tờ đã xuất trình và họ tên người nhận."


def gives_out(house: Installation, stored: Stored) -> frozenset[str]:
    """Return the ids of `ways_out`."""
    return frozenset(way.id for way in ways_out(house, stored))


def ways_out(house: Installation, stored: Stored) -> list[Transition]:
    """Return the transitions that people send and that lead from a ready result to a returned one."""
    dossier = stored.dossier
    if dossier.public != READY:
        return []
    world = house.worlds.of(dossier.cfg)
    events = world.procedure.table.get(dossier.configuration, {})
    return [
        world.procedure.transition[name]
        for name in enabled_transitions(world, dossier)
        if name in world.procedure.transition
        and any(
            event.partition("#")[0] == name
            and any(world.procedure.state[state].public == RETURNED for state in entry.to)
            for event, entry in events.items()
        )
    ]
