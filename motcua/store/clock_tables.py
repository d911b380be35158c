"""Tables of what is known of time: the hold after a step of the clock, at most one, and each machine's last look."""

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint, Table

from motcua.store.columns import plain, schema, whole

metadata = schema

clock_holds = Table(
    "clock_holds",
    metadata,
    whole("number"),
    plain("trusted_at"),
    plain("seen_at"),
    PrimaryKeyConstraint("number"),
    CheckConstraint("number = 1", name="one"),
)

clock_beats = Table(
    "clock_beats",
    metadata,
    plain("boot"),
    plain("host"),
    plain("wall"),
    whole("elapsed"),
    PrimaryKeyConstraint("boot"),
)
