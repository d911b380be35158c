"""What a store knows of dossiers, of when they must be looked at, and of what lies on desks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from motcua.services.ports.inbox import InboxQuery, InboxRow, Mark
from motcua.services.ports.search import DossierQuery
from motcua.services.ports.values import (
    WHOLE,
    Answer,
    Change,
    DossierRow,
    FiredRung,
    PersonalValue,
    Row,
    Shard,
    Stored,
    TaskRow,
)


class KeepsDossiers(Protocol):
    """Dossiers, their wake-ups, tasks and personal values."""

    def load(self, code: str) -> Stored:
        """Return the dossier with this code. Raises: DossierNotFound."""
        ...

    def load_ids(self, ids: Sequence[str]) -> list[Stored]:
        """Return the dossiers with these ids, in the same order, without those that do not exist."""
        ...

    def write(self, changes: Sequence[Change]) -> tuple[bool, ...]:
        """Commit all changes in one transaction; a change whose compare-and-set fails is rejected alone."""
        ...

    def answer(self, idem: str) -> Answer | None:
        """Return where the answer to a command with this key stands; None when it was never stored."""
        ...

    def next_number(self, agency: str, day: date) -> int:
        """Return the next free daily number of an agency (1 for the first of the day)."""
        ...

    def find_dossiers(
        self,
        *,
        procedure: str | None = None,
        agency: str | None = None,
        open_only: bool = False,
        limit: int = 100,
    ) -> list[DossierRow]:
        """List dossiers, the nearest due instant first, those without one last."""
        ...

    def latest(self, procedures: Sequence[str], publics: Sequence[int], limit: int) -> list[Stored]:
        """Return the dossiers of some procedures in some national statuses, the last recorded first."""
        ...

    def page(self, query: DossierQuery, after: str, limit: int) -> list[Stored]:
        """Return wanted dossiers in the order of their codes, those behind the code *after* ("" for all)."""
        ...

    def iterate(self, *, open_only: bool = False) -> Iterator[Stored]:
        """Walk all dossiers in the order of their codes, with constant memory."""
        ...

    def last_at(self) -> datetime | None:
        """Return the instant of the last record of any dossier; None where there is none."""
        ...

    def rows(self) -> Iterator[Row]:
        """Walk what the columns say of every dossier, ordered by id, for who checks them against the snapshots."""
        ...

    def due_ids(self, now: datetime, limit: int, shard: Shard = WHOLE) -> list[str]:
        """Return the ids of dossiers in *shard* whose wake-up is at or before *now*, earliest first."""
        ...

    def next_wake(self) -> datetime | None:
        """Return the earliest wake-up, None when nothing can fall due."""
        ...

    def wakes(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        """Return the wake-ups of dossiers, without those that have none."""
        ...

    def rungs_since(self, ids: Sequence[str], since: datetime) -> Mapping[str, tuple[FiredRung, ...]]:
        """Return the rungs of dossiers that fired at *since* or later, in that order, without those that have none."""
        ...

    def tasks(
        self,
        *,
        agency: str | None = None,
        position: str | None = None,
        assignee: str | None = None,
        limit: int = 100,
    ) -> list[TaskRow]:
        """List open tasks, the nearest due instant first."""
        ...

    def inbox(self, query: InboxQuery, after: Mark | None, limit: int) -> list[InboxRow]:
        """Return a page of open tasks, the most urgent first, those that nothing presses last."""
        ...

    def count_inboxes(self, queries: Sequence[InboxQuery], most: int) -> list[int]:
        """Return how many tasks each query finds; *most* stands for as many and more."""
        ...

    def load_of(self, agency: str, position: str) -> Mapping[str, int]:
        """Return the number of open tasks by assignee, for the rule `least_loaded`."""
        ...

    def open_of_person(self, procedure: str, id_number: str, limit: int) -> list[Stored]:
        """Return the open dossiers of a procedure that somebody with this number handed in, the newest code first."""
        ...

    def personal(self, dossier_id: str) -> list[PersonalValue]:
        """Return the values behind a dossier's commitments."""
        ...
