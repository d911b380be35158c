"""Which agencies a dossier concerns, and rows that whoever reads for one of them alone can see."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
NOBODY = ("", "applicant", "system")
READER = "motcua_reader"
OWNED = ("tasks", "waits", "papers", "paper_signatures", "personal_data", "nonconformities", "outbox")
HIDDEN = ("accounts", "sessions", "sign_ins", "identities", "delegations")

ALL = "(SELECT current_setting('motcua.scope', true)) = 'all'"
MINE = "string_to_array((SELECT current_setting('motcua.agencies', true)), ' ')"
OF_DOSSIER = "EXISTS (SELECT 1 FROM dossiers d WHERE d.id = {0})"


def upgrade() -> None:
    """Add the column, fill it, and on PostgreSQL let each row be seen by those only whom it concerns."""
    op.add_column("dossiers", sa.Column("concerns", PLAIN, nullable=True))
    _fill()
    if op.get_bind().dialect.name == "postgresql":
        _make_reader()
        for table, condition in _policies():
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({ALL} OR {condition})")


def _policies() -> Iterator[tuple[str, str]]:
    yield "dossiers", f"string_to_array(concerns, ' ') && {MINE}"
    for table in OWNED:
        yield table, OF_DOSSIER.format(f"{table}.dossier_id")
    yield "records", f"stream LIKE 'dossier:%' AND {OF_DOSSIER.format('substr(records.stream, 9)')}"
    for table in HIDDEN:
        yield table, "false"


def _make_reader() -> None:
    """Make the role that reads for visitors; whoever may not make roles is held to the policies as the owner is."""
    op.execute(
        f"""DO $$ BEGIN
            BEGIN CREATE ROLE {READER} NOLOGIN;
            EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL; END;
            BEGIN
                EXECUTE 'GRANT {READER} TO ' || quote_ident(current_user);
            EXCEPTION WHEN OTHERS THEN NULL; END;
            BEGIN
                GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER};
                ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {READER};
            EXCEPTION WHEN undefined_object THEN NULL; END;
        END $$"""
    )


def _fill() -> None:
    """Write whom every dossier concerns, by the version of the procedure that it is pinned to."""
    dossiers = sa.table("dossiers", *(sa.column(name) for name in ("id", "snapshot", "concerns")))
    versions = sa.table("procedure_versions", sa.column("digest"), sa.column("compiled"))
    connection = op.get_bind()
    rules = {row.digest: json.loads(row.compiled) for row in connection.execute(sa.select(versions))}
    found = connection.execute(sa.select(dossiers.c.id, dossiers.c.snapshot)).all()
    for id, snapshot in found:
        told = json.loads(snapshot)
        codes = sorted({code for code in _concerned(told, rules.get(told["cfg"])) if code not in NOBODY})
        connection.execute(sa.update(dossiers).where(dossiers.c.id == id).values(concerns=" ".join(codes)))


def _concerned(told: dict[str, Any], rules: dict[str, Any] | None) -> Iterator[str]:
    """Yield what a dossier named when this revision was written, as `states/concern.py` did then."""
    yield told["agency"]
    yield from (task["agency"] for task in told["tasks"])
    yield from (clock["holder"] for clock in told["clocks"].values())
    yield from (one["agency"] for one in told["awaited"])
    for held in told.get("consultations", {}).values():
        yield from (one["agency"] for one in held["asked"])
    for passage in told.get("handoffs", {}).values():
        yield from (passage["sender"], passage["receiver"])
    yield from (told.get("places") or {}).values()
    if rules is not None:
        roles = {role["id"]: role["party"] for role in rules["roles"]}
        yield from (told["parties"][roles[name]] for name in _roles(told, rules) if name in roles)


def _roles(told: dict[str, Any], rules: dict[str, Any]) -> set[str]:
    names = set(told["acted"])
    names.update(
        state["holder"] for state in rules["states"] if state["id"] in told["states"] and state["holder"]
    )
    events = {event.partition("#")[0] for event in rules["table"].get("|".join(told["states"]), {})}
    names.update(name for move in rules["transitions"] if move["id"] in events for name in move["by"])
    return names
