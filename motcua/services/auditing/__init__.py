"""Use cases of the auditor: verify the trail, replay dossiers, recount what the clock owed them."""

from motcua.services.auditing.examining import Examined, examine
from motcua.services.auditing.inspecting import inspect
from motcua.services.auditing.reading import rulebook
from motcua.services.auditing.recounting import Reconciled, missing_numbers, reconcile
from motcua.services.auditing.replaying import DossierReplay, Replayed, replay_all, replay_dossier
from motcua.services.auditing.searching import Wanted, search
from motcua.services.auditing.stream_verdict import StreamVerdict, verify_dossier
from motcua.services.auditing.verifying import verify_store

__all__ = [
    "DossierReplay",
    "Examined",
    "Reconciled",
    "Replayed",
    "StreamVerdict",
    "Wanted",
    "examine",
    "inspect",
    "missing_numbers",
    "reconcile",
    "replay_all",
    "replay_dossier",
    "rulebook",
    "search",
    "verify_dossier",
    "verify_store",
]
