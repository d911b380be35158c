"""The official papers of dossiers: drafted under a number, signed by a person, set again from what was recorded."""

from motcua.services.papers.asked_for import asked_for
from motcua.services.papers.drafting import Drafted, draft, draft_for, draft_owed
from motcua.services.papers.register import register
from motcua.services.papers.showing import Paper, listed, show, signable
from motcua.services.papers.signing import sign

__all__ = [
    "Drafted",
    "Paper",
    "asked_for",
    "draft",
    "draft_for",
    "draft_owed",
    "listed",
    "register",
    "show",
    "sign",
    "signable",
]
