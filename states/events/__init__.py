"""What happened to a dossier, in the past tense; the only things a record holds and `evolve` understands."""

from collections.abc import Mapping
from typing import Any

from states.events.clocks import (
    ClockArmed,
    ClockExtended,
    ClockPaused,
    ClockRecomputed,
    ClockRestarted,
    ClockResumed,
    ClockStopped,
)
from states.events.consultations import (
    ConsultationCancelled,
    ConsultationFinished,
    ConsultationOpened,
    LateReplyKept,
    QuestionAnswered,
    QuestionAsked,
    QuestionClosed,
    QuestionSilent,
)
from states.events.delivery import DeliveryChosen
from states.events.handoffs import (
    ClockPassed,
    HandoffAccepted,
    HandoffAcknowledged,
    HandoffCancelled,
    HandoffDelivered,
    HandoffDispatched,
    HandoffFinished,
    HandoffOffered,
    HandoffReturned,
    OriginNamed,
)
from states.events.kinship import (
    ChildEnded,
    ChildGivenUp,
    ChildOpened,
    ChildOwed,
    ChildRecalled,
    ChildResulted,
    ChildReturned,
    ChildSkipped,
    IntakePlaced,
    ParentNamed,
)
from states.events.lateness import (
    ApologyDrafted,
    ApologyIssued,
    NonconformityOpened,
    NoticeSent,
    RungAcknowledged,
    RungReached,
)
from states.events.mandates import AuthorityUsed
from states.events.moves import Facts, Opened, TransitionFired
from states.events.orders import (
    ClockCredited,
    ClockWithdrawn,
    OrderAnnounced,
    OrderApplied,
    OrderLifted,
    OrderReversed,
)
from states.events.papers import DocumentDigitised, PaperDrafted, PaperIssued
from states.events.portal import FiledOnPortal, PortalOwed
from states.events.registry import AwaitedRebound, ClockRebound, PartiesRebound, TaskRebound
from states.events.tasks import TaskClaimed, TaskCreated, TaskDone, TaskReassigned, TaskReleased
from states.wire import from_wire, to_wire

__all__ = [
    "KINDS",
    "ApologyDrafted",
    "ApologyIssued",
    "AuthorityUsed",
    "AwaitedRebound",
    "ChildEnded",
    "ChildGivenUp",
    "ChildOpened",
    "ChildOwed",
    "ChildRecalled",
    "ChildResulted",
    "ChildReturned",
    "ChildSkipped",
    "ClockArmed",
    "ClockCredited",
    "ClockExtended",
    "ClockPassed",
    "ClockPaused",
    "ClockRebound",
    "ClockRecomputed",
    "ClockRestarted",
    "ClockResumed",
    "ClockStopped",
    "ClockWithdrawn",
    "ConsultationCancelled",
    "ConsultationFinished",
    "ConsultationOpened",
    "DeliveryChosen",
    "DocumentDigitised",
    "Event",
    "Facts",
    "FiledOnPortal",
    "HandoffAccepted",
    "HandoffAcknowledged",
    "HandoffCancelled",
    "HandoffDelivered",
    "HandoffDispatched",
    "HandoffFinished",
    "HandoffOffered",
    "HandoffReturned",
    "IntakePlaced",
    "LateReplyKept",
    "NonconformityOpened",
    "NoticeSent",
    "Opened",
    "OrderAnnounced",
    "OrderApplied",
    "OrderLifted",
    "OrderReversed",
    "OriginNamed",
    "PaperDrafted",
    "PaperIssued",
    "ParentNamed",
    "PartiesRebound",
    "PortalOwed",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionClosed",
    "QuestionSilent",
    "RungAcknowledged",
    "RungReached",
    "TaskClaimed",
    "TaskCreated",
    "TaskDone",
    "TaskReassigned",
    "TaskRebound",
    "TaskReleased",
    "TransitionFired",
    "event_from_wire",
    "event_to_wire",
]

Event = (
    Opened
    | TransitionFired
    | ClockArmed
    | ClockPaused
    | ClockResumed
    | ClockRestarted
    | ClockExtended
    | ClockStopped
    | ClockRecomputed
    | TaskCreated
    | TaskClaimed
    | TaskReleased
    | TaskReassigned
    | TaskDone
    | RungReached
    | RungAcknowledged
    | ApologyDrafted
    | ApologyIssued
    | NonconformityOpened
    | NoticeSent
    | PaperDrafted
    | PaperIssued
    | DocumentDigitised
    | DeliveryChosen
    | ParentNamed
    | IntakePlaced
    | ChildOwed
    | ChildSkipped
    | ChildOpened
    | ChildResulted
    | ChildEnded
    | ChildReturned
    | ChildGivenUp
    | ChildRecalled
    | ConsultationOpened
    | QuestionAsked
    | QuestionAnswered
    | QuestionSilent
    | QuestionClosed
    | LateReplyKept
    | ConsultationFinished
    | ConsultationCancelled
    | PartiesRebound
    | HandoffOffered
    | HandoffDispatched
    | HandoffDelivered
    | HandoffAcknowledged
    | HandoffAccepted
    | HandoffReturned
    | HandoffCancelled
    | HandoffFinished
    | OriginNamed
    | ClockPassed
    | OrderAnnounced
    | OrderApplied
    | OrderLifted
    | OrderReversed
    | ClockCredited
    | ClockWithdrawn
    | FiledOnPortal
    | PortalOwed
    | AuthorityUsed
)

KINDS: Mapping[str, type[Event]] = {kind.kind: kind for kind in Event.__args__}


def event_to_wire(event: Event) -> dict[str, Any]:
    """Return the event as JSON values with its `kind`."""
    return {"kind": event.kind, **to_wire(event)}


def event_from_wire(data: Mapping[str, Any]) -> Event:
    """Build an event from what `event_to_wire` wrote.

    Raises:
        KeyError: Unknown kind, or a field is missing.
    """
    return from_wire(KINDS[data["kind"]], data)
