"""What somebody asks of a dossier, in the imperative; `decide` answers with events or a refusal."""

from states.commands.actors import APPLICANT_ACTOR, CLIENT, SYSTEM_ACTOR, Actor, Mandate
from states.commands.dossiers import (
    AcknowledgeRung,
    ChooseDelivery,
    ClaimTask,
    ConfirmNotice,
    DigitiseDocument,
    DraftPaper,
    ExtendTerm,
    FireTransition,
    OpenDossier,
    OwePortal,
    PassDeadline,
    ReassignTask,
    RebindParties,
    RecomputeClocks,
    ReleaseTask,
    SignPaper,
)
from states.commands.liaison import (
    AcceptHandoff,
    AcknowledgeHandoff,
    AnswerConsultation,
    DeliverHandoff,
    DispatchHandoff,
    FinishHandoff,
    GiveUpChild,
    HearChild,
    MeetChild,
    PassOverConsultation,
    ReturnHandoff,
)
from states.order import ApplyOrder, ReverseOrder

__all__ = [
    "APPLICANT_ACTOR",
    "CLIENT",
    "SYSTEM_ACTOR",
    "AcceptHandoff",
    "AcknowledgeHandoff",
    "AcknowledgeRung",
    "Actor",
    "AnswerConsultation",
    "ApplyOrder",
    "ChooseDelivery",
    "ClaimTask",
    "Command",
    "ConfirmNotice",
    "DeliverHandoff",
    "DigitiseDocument",
    "DispatchHandoff",
    "DraftPaper",
    "ExtendTerm",
    "FinishHandoff",
    "FireTransition",
    "GiveUpChild",
    "HearChild",
    "Mandate",
    "MeetChild",
    "OpenDossier",
    "OwePortal",
    "PassDeadline",
    "PassOverConsultation",
    "ReassignTask",
    "RebindParties",
    "RecomputeClocks",
    "ReleaseTask",
    "ReturnHandoff",
    "ReverseOrder",
    "SignPaper",
]

Command = (
    OpenDossier
    | FireTransition
    | ExtendTerm
    | ClaimTask
    | ReleaseTask
    | ReassignTask
    | AcknowledgeRung
    | PassDeadline
    | RecomputeClocks
    | RebindParties
    | ConfirmNotice
    | DraftPaper
    | SignPaper
    | DigitiseDocument
    | ChooseDelivery
    | MeetChild
    | HearChild
    | GiveUpChild
    | AnswerConsultation
    | PassOverConsultation
    | DispatchHandoff
    | DeliverHandoff
    | AcknowledgeHandoff
    | AcceptHandoff
    | ReturnHandoff
    | FinishHandoff
    | ApplyOrder
    | ReverseOrder
    | OwePortal
)
