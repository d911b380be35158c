"""What boards count of each dossier and task, in columns, so that no snapshot must be read for a sum."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0018"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
TEXTS = ("late_at", "finished", "promised", "first_promised", "parent")
INDEXES = (
    ("ix_dossiers_late_at", "late_at", "late_at IS NOT NULL"),
    ("ix_dossiers_finished", "finished", "finished IS NOT NULL"),
    ("ix_dossiers_parent", "parent", "parent IS NOT NULL"),
    ("ix_dossiers_unseen", "code", "unseen > 0"),
)
STATELESS = ("extend", "credit", "withdraw")
OPEN = ("offered", "dispatched", "delivered", "acknowledged")
Plain = dict[str, Any]


def upgrade() -> None:
    """Add the columns and fill them from what every snapshot says."""
    for name in TEXTS:
        op.add_column("dossiers", sa.Column(name, PLAIN, nullable=True))
    op.add_column("dossiers", sa.Column("unseen", sa.Integer(), nullable=True))
    op.add_column("tasks", sa.Column("warned", sa.Integer(), nullable=True))
    _fill(op.get_bind())
    for name, column, where in INDEXES:
        predicate = sa.text(where)
        op.create_index(name, "dossiers", [column], sqlite_where=predicate, postgresql_where=predicate)


def _fill(connection: sa.Connection) -> None:
    bodies = connection.execute(
        sa.text("SELECT name, body FROM adoptions WHERE kind = 'calendar' ORDER BY number")
    )
    zones = {
        name: timezone(timedelta(minutes=json.loads(body)["utc_offset_minutes"])) for name, body in bodies
    }
    setting = ", ".join(f"{name} = :{name}" for name in (*TEXTS, "unseen"))
    last = ""
    while rows := connection.execute(
        sa.text("SELECT id, snapshot FROM dossiers WHERE id > :last ORDER BY id LIMIT 500"), {"last": last}
    ).fetchall():
        read = [(row[0], json.loads(row[1])) for row in rows]
        counted = [{"id": id, **_figures(dossier, zones)} for id, dossier in read]
        connection.execute(sa.text(f"UPDATE dossiers SET {setting} WHERE id = :id"), counted)
        pressed = [one for id, dossier in read for one in _warned(id, dossier)]
        if pressed:
            connection.execute(
                sa.text("UPDATE tasks SET warned = :warned WHERE dossier_id = :owner AND id = :id"), pressed
            )
        last = rows[-1][0]


def _figures(dossier: Plain, zones: Mapping[str, timezone]) -> Plain:
    clock = _promised(dossier)
    offered = [
        one for one in dossier.get("handoffs", {}).values()
        if one["status"] in OPEN and one.get("acknowledged_at") is None
    ]  # fmt: skip
    runs = clock is not None and _state(clock) == "running" and not dossier["ended"]
    return {
        "late_at": clock["due"] if clock is not None and runs else None,
        **_finish(dossier, clock, zones),
        "parent": (dossier.get("parent") or {}).get("dossier"),
        "unseen": 0 if dossier["ended"] else len(dossier["awaited"]) + len(offered),
    }


def _finish(dossier: Plain, clock: Plain | None, zones: Mapping[str, timezone]) -> Plain:
    done = dossier["completed_at"]
    kept = clock is not None and _state(clock) == "stopped" and clock["segments"][-1]["cause"] == "completed"
    if clock is None or done is None or clock["due_date"] is None or not kept:
        return dict.fromkeys(("finished", "promised", "first_promised"))
    zone, first = zones[clock["calendar"]], clock["due_date"]
    if clock["original_due"] is not None and clock["original_due"] != clock["due"]:
        first = _day(clock["original_due"], zone, timedelta(microseconds=1))
    return {"finished": _day(done, zone), "promised": clock["due_date"], "first_promised": first}


def _day(text: str, zone: timezone, before: timedelta = timedelta(0)) -> str:
    return (datetime.fromisoformat(text) - before).astimezone(zone).date().isoformat()


def _warned(id: str, dossier: Plain) -> Iterator[Plain]:
    for task in dossier["tasks"]:
        name = task["id"].rpartition("#")[0]
        own = dossier["clocks"].get(name if name.startswith("consult:") else f"step:{task['state']}")
        clocks = [clock for clock in (own, _promised(dossier)) if clock is not None]
        fired = any(_state(clock) == "running" and clock["fired"] for clock in clocks)
        yield {"owner": id, "id": task["id"], "warned": int(fired)}


def _promised(dossier: Plain) -> Plain | None:
    clocks = dossier["clocks"]
    for name in ("committed", "legal"):
        if name in clocks and clocks[name]["due"] is not None:
            return dict(clocks[name])
    steps = [
        (clock["due"], clock["id"])
        for clock in clocks.values()
        if _state(clock) == "running" and clock["due"] is not None and not clock["id"].startswith("handoff:")
    ]
    return dict(clocks[min(steps)[1]]) if steps else None


def _state(clock: Plain) -> str:
    names = {"run": "running", "restart": "running", "pause": "paused", "stop": "stopped"}
    last = next((line["kind"] for line in reversed(clock["segments"]) if line["kind"] not in STATELESS), None)
    return "unarmed" if last is None else names[last]
