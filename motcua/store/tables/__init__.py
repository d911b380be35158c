"""The one schema, as SQLAlchemy Core tables; Alembic's migrations lead to exactly this."""

from motcua.store.tables.accounts import accounts, delegations, identities, sessions, sign_ins
from motcua.store.tables.answers import answers
from motcua.store.tables.clients import api_clients
from motcua.store.tables.clocks import clock_beats, clock_holds
from motcua.store.tables.columns import schema
from motcua.store.tables.dossiers import (
    OF_PERSON,
    dossiers,
    fired_rungs,
    personal_data,
    records,
    tasks,
    timers,
)
from motcua.store.tables.orders import order_approvals, orders
from motcua.store.tables.outbox import OWES_PAPER, outbox
from motcua.store.tables.pages import saved_filters, tries
from motcua.store.tables.papers import SERIES, paper_signatures, papers
from motcua.store.tables.ratings import rating_comments, ratings
from motcua.store.tables.register import nonconformities, nonconformity_steps, nonconformity_texts
from motcua.store.tables.rules import adoptions, notes, procedure_approvals, procedure_versions
from motcua.store.tables.shares import kept_shares
from motcua.store.tables.waits import waits
from motcua.store.tables.webhooks import webhook_deliveries, webhooks

__all__ = [
    "APPEND_ONLY",
    "OF_PERSON",
    "OWES_PAPER",
    "SERIES",
    "accounts",
    "adoptions",
    "answers",
    "api_clients",
    "clock_beats",
    "clock_holds",
    "delegations",
    "dossiers",
    "fired_rungs",
    "identities",
    "kept_shares",
    "metadata",
    "nonconformities",
    "nonconformity_steps",
    "nonconformity_texts",
    "notes",
    "order_approvals",
    "orders",
    "outbox",
    "paper_signatures",
    "papers",
    "personal_data",
    "procedure_approvals",
    "procedure_versions",
    "rating_comments",
    "ratings",
    "records",
    "saved_filters",
    "sessions",
    "sign_ins",
    "tasks",
    "timers",
    "tries",
    "waits",
    "webhook_deliveries",
    "webhooks",
]

metadata = schema
APPEND_ONLY = tuple(
    table.name
    for table in (
        records,
        fired_rungs,
        procedure_versions,
        procedure_approvals,
        adoptions,
        notes,
        papers,
        paper_signatures,
        nonconformity_steps,
        orders,
        order_approvals,
        ratings,
    )
)
"""Tables whose rows the database itself refuses to change."""
