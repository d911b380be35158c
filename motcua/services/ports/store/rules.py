"""What a store knows of what is in force: procedures, calendars, directories, mass orders, and notes."""

from datetime import date, datetime
from typing import Protocol

from motcua.services.ports.orders import OrderRow
from motcua.services.ports.values import Adopted, NewRecord, PublishedVersion


class KeepsRules(Protocol):
    """What was proposed, approved, adopted, and noted for good."""

    def propose(self, version: PublishedVersion, record: NewRecord) -> None:
        """Store a proposal. Raises: Busy; VersionTaken when code and version exist with another digest."""
        ...

    def approve(self, digest: str, by: str, at: datetime, record: NewRecord) -> None:
        """Put a proposal in force."""
        ...

    def version(self, digest: str) -> PublishedVersion | None:
        """Return a proposed or approved version."""
        ...

    def versions(self, code: str | None = None) -> list[PublishedVersion]:
        """Return all versions, oldest first."""
        ...

    def in_force(self, day: date) -> list[str]:
        """Return the digests of the versions in force on a day, one for each procedure, by its code."""
        ...

    def adopt(self, adopted: Adopted, record: NewRecord) -> None:
        """Put a calendar or a directory in force."""
        ...

    def adopted(self, kind: str) -> list[Adopted]:
        """Return what is in force of one kind, one for each name."""
        ...

    def body(self, digest: str) -> str | None:
        """Return the text of any calendar or directory ever adopted."""
        ...

    def propose_order(self, row: OrderRow, record: NewRecord) -> None:
        """Store an order; the same one again changes nothing. Raises: Busy; OrderTaken: the id has another text."""
        ...

    def approve_order(self, digest: str, by: str, at: datetime, record: NewRecord) -> None:
        """Approve a proposed order. Raises: Busy; AlreadyApproved."""
        ...

    def orders(self) -> list[OrderRow]:
        """Return all orders, oldest first."""
        ...

    def order_body(self, digest: str) -> str | None:
        """Return the text of an order."""
        ...

    def note(self, key: str) -> str | None:
        """Return a lasting note of this installation, such as `virtual_time` or `log`."""
        ...

    def set_note(self, key: str, value: str) -> None:
        """Leave a lasting note; it cannot be changed afterwards."""
        ...
