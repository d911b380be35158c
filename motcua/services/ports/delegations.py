"""Mandates between officers as the services see them: who may act for whom, in what, how long, by which paper."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Delegation:
    """A mandate; only its end may still change, to an earlier one.

    Attributes:
        grantor: Whose authority it is; `holder` may use it, and cannot pass it on.
        document: Number of the paper that was signed.
        agency: Code of the agency in which the grantor holds the post.
        procedures: Codes of the procedures it is for; empty: all.
        actions: Ids of the transitions and extensions it is for; empty: all.
        since, until: From when on (inclusive), until when (exclusive).
        revoked_at: When it was taken back, or a reorganisation ended it.
        follows: Id of the mandate that it goes on from, of an agency that handed over; None for one given by a person.
        change: Digest of the reorganisation by which it does.
    """

    id: str
    grantor: str
    holder: str
    document: str
    agency: str
    procedures: tuple[str, ...]
    actions: tuple[str, ...]
    since: datetime
    until: datetime
    granted_at: datetime
    revoked_at: datetime | None = None
    follows: str | None = None
    change: str | None = None

    @property
    def terms(self) -> tuple[object, ...]:
        """What its paper says: of two that agree in this, one is enough."""
        scope = self.agency, self.procedures, self.actions
        return self.grantor, self.holder, self.document, *scope, self.since, self.until

    def in_force(self, at: datetime) -> bool:
        """Tell whether it counts at an instant."""
        return self.since <= at < self.until and self.revoked_at is None
