"""Who takes part: parties, roles, and how work reaches them."""

from dataclasses import dataclass
from enum import StrEnum

from states.procedure.law import Label

APPLICANT = "applicant"
SYSTEM = "system"
ASSIGNEE = "assignee"


class Resolve(StrEnum):
    """How an abstract party finds its agency when a dossier is opened.

    `competent`: the agency named at intake; `parent`: the agency above it; `only`: the one agency of its kind;
    `receiving`: the agency where the dossier was handed in.
    """

    COMPETENT = "competent"
    PARENT = "parent"
    ONLY = "only"
    RECEIVING = "receiving"


@dataclass(frozen=True, slots=True)
class Party:
    """An abstract agency that takes part; bound to a real one when a dossier is opened."""

    id: str
    label: Label
    kind: str
    resolve: Resolve


class Assign(StrEnum):
    """Who gets the task when a state is entered."""

    POOL = "pool"
    LEAST_LOADED = "least_loaded"
    SAME_OFFICER = "same_officer"
    HEAD_ASSIGNS = "head_assigns"


@dataclass(frozen=True, slots=True)
class Role:
    """What an officer is in this procedure: a position in a party, and how tasks reach its holders."""

    id: str
    label: Label
    party: str
    position: str
    assign: Assign
