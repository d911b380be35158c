"""What waits for the answer of an agency: a row for each open handoff and each open question."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
OPEN = ("offered", "dispatched", "delivered", "acknowledged")


def upgrade() -> None:
    """Create the table, and fill it from the open dossiers."""
    waits = op.create_table(
        "waits",
        *(sa.Column(name, PLAIN, nullable=False) for name in ("dossier_id", "id", "kind")),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, PLAIN, nullable=False) for name in ("asker", "answerer", "status", "since")),
        sa.Column("due", PLAIN, nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_waits_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", "id", name="pk_waits"),
        sa.CheckConstraint("kind IN ('offer', 'question')", name=op.f("ck_waits_kind")),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 80},
    )
    for column in ("answerer", "asker"):
        op.create_index(f"ix_waits_{column}_kind_due", "waits", [column, "kind", "due"])
    dossiers = sa.table("dossiers", *(sa.column(name) for name in ("id", "snapshot", "ended")))
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(dossiers.c.id, dossiers.c.snapshot).where(dossiers.c.ended.is_(sa.false()))
    )
    found = [row for id, snapshot in rows for row in _waits(id, json.loads(snapshot))]
    if found:
        connection.execute(sa.insert(waits), found)


def _waits(dossier: str, snapshot: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a dossier as it was stored before this revision."""
    clocks = snapshot["clocks"]
    for state, told in snapshot.get("handoffs", {}).items():
        if told["status"] in OPEN:
            who = told["number"], told["sender"], told["receiver"], told["status"], told["offered_at"]
            yield _row(dossier, f"handoff:{state}", "offer", *who, clocks)
    for name, held in snapshot.get("consultations", {}).items():
        for told in () if held["over"] else held["asked"]:
            if told["answer"] is None and told["closed"] is None and told["silent"] in (None, "nothing"):
                status = "overdue" if told["silent"] else "open"
                who = held["number"], snapshot["agency"], told["agency"], status, told["asked_at"]
                yield _row(dossier, f"consult:{name}/{told['question']}", "question", *who, clocks)


def _row(
    dossier: str,
    id: str,
    kind: str,
    number: int,
    asker: str,
    answerer: str,
    status: str,
    since: str,
    clocks: dict[str, Any],
) -> dict[str, Any]:
    due = clocks[id]["due"] if id in clocks else None
    told = {"number": number, "asker": asker, "answerer": answerer, "status": status, "since": since}
    return {"dossier_id": dossier, "id": id, "kind": kind, **told, "due": due}
