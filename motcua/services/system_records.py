"""Records of the streams that are not dossiers: procedures, calendars, registry, system."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from audit.chain import GENESIS, link
from audit.record import AuditRecord, Auth, Cause, RecordType
from motcua.services.installation import Installation
from motcua.services.ports import NewRecord

SYSTEM_EVENTS = frozenset(
    {
        "access_denied",
        "account_added",
        "account_disabled",
        "account_reopened",
        "adopted",
        "approved",
        "calendar_approved",
        "calendar_declined",
        "calendar_proposed",
        "client_added",
        "client_disabled",
        "clock_confirmed",
        "clock_stepped",
        "delegation_granted",
        "delegation_lapsed",
        "delegation_rebound",
        "delegation_revoked",
        "dossier_read",
        "identity_linked",
        "messages_retried",
        "dossier_rated",
        "order_approved",
        "order_carried_out",
        "order_proposed",
        "password_changed",
        "password_issued",
        "password_rehashed",
        "proposed",
        "reorganised",
        "schema_change",
        "sign_in_refused",
        "signed_in",
        "signed_out",
        "submission_refused",
        "virtual_time",
        "webhook_added",
        "webhook_disabled",
        "webhook_key_changed",
        "webhook_replayed",
    }
)
"""Kinds of events in the streams that are not dossiers, apart from steps of the register of nonconformities."""

API = "api"
"""How a client system is identified: by its token."""


def next_record(
    house: Installation,
    stream: str,
    kind: RecordType,
    *,
    event: Mapping[str, Any],
    at: datetime,
    actor: str | None = None,
    auth: Auth | None = None,
    procedure: str | None = None,
    cfg: str | None = None,
) -> NewRecord:
    """Return the next record of a system stream, chained to its last one and never before it."""
    last = house.store.head(stream)
    head = (0, GENESIS) if last is None else (last.seq, last.leaf_hash)
    at = at if last is None else max(at, last.at)
    stored = link(
        head,
        AuditRecord(
            type=kind,
            log=house.log,
            stream=stream,
            seq=head[0] + 1,
            prev=head[1],
            at=at,
            cause=_cause(actor, auth),
            actor=actor,
            auth=auth,
            procedure=procedure,
            cfg=cfg,
            events=(dict(event),),
        ),
    )
    return NewRecord(stored.stream, stored.seq, kind.value, at, stored.raw, stored.leaf_hash)


def _cause(actor: str | None, auth: Auth | None) -> Cause:
    if auth is not None and auth.idp == API:
        return Cause.CLIENT
    return Cause.SYSTEM if actor is None else Cause.OFFICER
