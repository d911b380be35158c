"""One compiled version of a procedure, part by part."""

from states.procedure.facts import CHANNELS, PLATFORM_FACTS, Fact
from states.procedure.group import Component, Take
from states.procedure.ladder import SIDES, Ladder, Recipient, Rung, RungAction, Side
from states.procedure.law import (
    CaseClock,
    Citation,
    Cutoff,
    Document,
    Effect,
    Extension,
    Fee,
    Label,
    Suspension,
)
from states.procedure.liaison import (
    ANSWERS,
    HANDOFF_ACTS,
    OUTCOMES,
    Consultation,
    Handoff,
    Order,
    Question,
    Silence,
    Stage,
    Via,
)
from states.procedure.people import APPLICANT, ASSIGNEE, SYSTEM, Assign, Party, Resolve, Role
from states.procedure.shape import Alternative, Entry, State, StateKind, StepClock, Transition
from states.procedure.version import Procedure

__all__ = [
    "ANSWERS",
    "APPLICANT",
    "ASSIGNEE",
    "CHANNELS",
    "HANDOFF_ACTS",
    "OUTCOMES",
    "PLATFORM_FACTS",
    "SIDES",
    "SYSTEM",
    "Alternative",
    "Assign",
    "CaseClock",
    "Citation",
    "Component",
    "Consultation",
    "Cutoff",
    "Document",
    "Effect",
    "Entry",
    "Extension",
    "Fact",
    "Fee",
    "Handoff",
    "Label",
    "Ladder",
    "Order",
    "Party",
    "Procedure",
    "Question",
    "Recipient",
    "Resolve",
    "Role",
    "Rung",
    "RungAction",
    "Side",
    "Silence",
    "Stage",
    "State",
    "StateKind",
    "StepClock",
    "Suspension",
    "Take",
    "Transition",
    "Via",
]
