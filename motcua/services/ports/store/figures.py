"""What a store counts for boards: how appointments were kept, what is open, and what lies on desks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from motcua.services.ports.figures import DossierFilter, FigureRow, KeptSum, OpenSum, Pin, TaskFilter, TaskSum
from motcua.services.ports.inbox import InboxRow, Mark
from motcua.services.ports.values import Stored


class KeepsFigures(Protocol):
    """Sums over dossiers and tasks."""

    def kept_sums(self, wanted: DossierFilter) -> list[KeptSum]:
        """Sum up the dossiers that were finished on the days of a filter, which must have some."""
        ...

    def open_sums(self, wanted: DossierFilter, now: datetime) -> list[OpenSum]:
        """Sum up open dossiers; late are those whose appointment passed before *now* while its clock runs."""
        ...

    def figure_rows(
        self, wanted: DossierFilter, now: datetime, limit: int, *, after: str = "", worst: bool = False
    ) -> list[FigureRow]:
        """List dossiers by code, those behind *after* only; or, with *worst*, by how late they are, in days."""
        ...

    def pins(self, ids: Sequence[str]) -> dict[str, Pin]:
        """Return the pinned version and the head of some dossiers by id, without those that do not exist."""
        ...

    def task_sums(self, wanted: TaskFilter, now: datetime, aged: datetime) -> list[TaskSum]:
        """Sum up open tasks; aged are those created before *aged*."""
        ...

    def task_rows(self, wanted: TaskFilter, now: datetime, after: Mark | None, limit: int) -> list[InboxRow]:
        """Return a page of open tasks, the most urgent first, those that nothing presses last."""
        ...

    def unacknowledged(self, agencies: frozenset[str] | None, limit: int) -> list[Stored]:
        """Return dossiers in which somebody has still to say that they saw an escalation or have a handoff.

        Args:
            agencies: Those led by one of these, or with an open task there; None for all.
            limit: At most so many, in the order of their codes.
        """
        ...
