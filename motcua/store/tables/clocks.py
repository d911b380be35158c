"""Tables of what is known of time: the hold after a step of the clock, at most one, and each machine's last look."""

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint, Table

from motcua.store.tables.columns import plain, schema, whole

clock_holds = Table(
    "clock_holds",
    schema,
    whole("number"),
    plain("trusted_at"),
    plain("seen_at"),
    PrimaryKeyConstraint("number"),
    CheckConstraint("number = 1", name="one"),
)

clock_beats = Table(
    "clock_beats",
    schema,
    plain("boot"),
    plain("host"),
    plain("wall"),
    whole("elapsed"),
    PrimaryKeyConstraint("boot"),
)
