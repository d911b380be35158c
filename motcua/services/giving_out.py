"""By which transitions a result leaves the house: with each of them it is noted who took it, whatever face is used."""

from dataclasses import dataclass

from motcua.services.installation import Installation
from motcua.services.ports import Stored
from states.errors import DomainError
from states.procedure import Procedure, Transition
from states.sendable import enabled_transitions

READY, RETURNED = 9, 10
"""Public statuses. Source: Decree 118/2025/NĐ-CP, the ten statuses of a dossier on the national portal."""

SHOWN = {
    "id_card": ("Thẻ căn cước", "identity card"),
    "vneid": ("Căn cước điện tử trên VNeID", "electronic identity (VNeID)"),
    "passport": ("Hộ chiếu", "passport"),
    "authorisation": (
        "Giấy ủy quyền và giấy tờ của người được ủy quyền",
        "authorisation, and their own paper",
    ),
}

POSTED = "post"
CONSIGNED = ("Giao bưu chính theo lựa chọn của người nộp", "handed to the post, as the applicant chose")
"""Of who gets a result by post no paper is seen; the number of the consignment is noted instead."""


class IdentityNotNoted(DomainError):
    """The result is given to nobody whose identity was not checked. Say which paper was shown, and who took it."""

    vi = "Chỉ trả kết quả khi đã kiểm tra người nhận. Hãy ghi giấy tờ đã xuất trình và họ tên người nhận."


class NothingToTake(DomainError):
    """Dossier {code}: "{transition}" gives no result out, so nobody takes one. Leave out who received it."""

    vi = "Hồ sơ {code}: «{transition_vi}» không phải việc trả kết quả nên không có người nhận. Hãy bỏ phần người nhận."


@dataclass(frozen=True, slots=True)
class Handing:
    """What is noted when a result is given to somebody; all of it is personal.

    Attributes:
        shown: What was shown, one of `SHOWN`; or `post`, where the applicant chose that.
        receiver: Who took it; of the post, the number of the consignment.
    """

    shown: str
    receiver: str


def gives_out(house: Installation, stored: Stored) -> frozenset[str]:
    """Return the ids of `ways_out`."""
    return frozenset(way.id for way in ways_out(house, stored))


def ways_out(house: Installation, stored: Stored) -> list[Transition]:
    """Return the transitions that people send and that lead from a ready result to a returned one."""
    dossier = stored.dossier
    if dossier.public != READY:
        return []
    world = house.worlds.of(dossier.cfg)
    return [
        world.procedure.transition[name]
        for name in enabled_transitions(world, dossier)
        if name in world.procedure.transition and _leads_out(world.procedure, name, dossier.configuration)
    ]


def noting(
    house: Installation, stored: Stored, transition: str, reason: str | None, handing: Handing | None
) -> str | None:
    """Return the reason that comes with a transition: who took the result, where one is given out, before any *reason*.

    A request that is asked again after the result left notes the same, so that it is known again by its key.

    Raises:
        IdentityNotNoted: It would leave without a word of who took it; nothing was written.
        NothingToTake: Somebody is named who receives nothing.
    """
    if handing is None:
        if transition in gives_out(house, stored):
            raise IdentityNotNoted
        return reason
    dossier, procedure = stored.dossier, house.worlds.procedure(stored.dossier.cfg)
    if not any(_leads_out(procedure, transition, each) for each in procedure.table):
        known = procedure.transition.get(transition)
        en, vi = (transition, transition) if known is None else (known.label.en, known.label.vi)
        raise NothingToTake(code=dossier.code, transition=en, transition_vi=vi)
    note = _note(handing, by_post=dossier.delivery == POSTED)
    return note if reason is None else f"{note}; {reason}"


def _note(handing: Handing, *, by_post: bool) -> str:
    receiver = " ".join(handing.receiver.split())
    posted = by_post and handing.shown == POSTED
    if not (posted or handing.shown in SHOWN) or not receiver:
        raise IdentityNotNoted
    said = f"{CONSIGNED[0]}; số hiệu" if posted else f"{SHOWN[handing.shown][0]}; người nhận"
    return f"{said}: {receiver}"


def _leads_out(procedure: Procedure, transition: str, configuration: str) -> bool:
    """Tell whether a transition leads from a configuration to a result that was returned."""
    return any(
        event.partition("#")[0] == transition
        and any(procedure.state[state].public == RETURNED for state in entry.to)
        for event, entry in procedure.table.get(configuration, {}).items()
    )
