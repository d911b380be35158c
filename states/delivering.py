"""The applicant chooses how to get the result: at the counter, or by the public post, until it is given out."""

from datetime import datetime

from states import called
from states.commands import ChooseDelivery
from states.dossier import Dossier
from states.errors import DomainError, Kind, NotAuthorised
from states.events import DeliveryChosen, Event
from states.procedure import APPLICANT
from states.world import World

COUNTER, BY_POST = DELIVERIES = ("counter", "post")
GIVEN_OUT = 10
"""Public status of a result that was returned. Source: Decree 118/2025/NĐ-CP, the ten statuses of a dossier."""


class DeliveryRefused(DomainError):
    """Dossier {code}: how the result is returned cannot be chosen: {reason}. Ask at the counter."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: không chọn được cách nhận kết quả: {reason_vi}. Hãy hỏi tại quầy."


def choose_delivery(
    world: World, dossier: Dossier, command: ChooseDelivery, now: datetime
) -> tuple[Event, ...]:
    """Decide that the applicant gets the result another way; the last choice counts.

    Raises:
        NotAuthorised: Somebody else chooses.
        DeliveryRefused: There is no such way, or it is too late.
    """
    if command.actor.kind != APPLICANT:
        raise NotAuthorised(
            code=dossier.code,
            actor=called.who(command.actor),
            action=called.act(world.procedure, "choose_delivery"),
            reason="the applicant chooses",
            reason_vi="người nộp hồ sơ tự chọn",
            roles=called.holders(world.procedure, (APPLICANT,)),
        )
    if command.way not in DELIVERIES:
        raise _refused(dossier, "there is no such way", "không có cách này")
    if not may_choose(dossier):
        raise _refused(
            dossier, "the result was given out or is on its way", "kết quả đã trả hoặc đang được gửi"
        )
    return (DeliveryChosen(command.way, now),)


def may_choose(dossier: Dossier) -> bool:
    """Tell whether a result is still to be given out, and no carrier has it."""
    on_its_way = any(p.travelling and p.receiver == APPLICANT for p in dossier.handoffs.values())
    return not (dossier.ended or dossier.public >= GIVEN_OUT or on_its_way)


def _refused(dossier: Dossier, reason: str, reason_vi: str) -> DeliveryRefused:
    return DeliveryRefused(code=dossier.code, reason=reason, reason_vi=reason_vi)
