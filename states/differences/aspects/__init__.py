"""What may change in each part of a procedure: the field, what people call it, how it is told, whom it concerns."""

from states.differences.aspects.aspect import APPLICANT, AUDITOR, EVERYBODY, INSIDE, LEADER, OFFICER, Aspect
from states.differences.aspects.basics import CITATION, DOCUMENT, FACT, FEE, HEAD, PARTY, ROLE
from states.differences.aspects.terms import CLOCK, EXTENSION, LADDER, RUNG, STAGE, SUSPENSION
from states.differences.aspects.way import COMPONENT, CONSULTATION, QUESTION, STATE, TRANSITION

__all__ = [
    "APPLICANT",
    "AUDITOR",
    "CITATION",
    "CLOCK",
    "COMPONENT",
    "CONSULTATION",
    "DOCUMENT",
    "EVERYBODY",
    "EXTENSION",
    "FACT",
    "FEE",
    "HEAD",
    "INSIDE",
    "LADDER",
    "LEADER",
    "OFFICER",
    "PARTY",
    "QUESTION",
    "ROLE",
    "RUNG",
    "STAGE",
    "STATE",
    "SUSPENSION",
    "TRANSITION",
    "Aspect",
]
