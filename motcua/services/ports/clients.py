"""Systems of agencies that use the API, and the place that a reader of the log has come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.services.ports.values import NewRecord
from states.errors import DomainError, Kind


class ClientTaken(DomainError):
    """There is a client system {id} already. Choose another name, or disable that one."""

    kind = Kind.CONFLICT
    vi = "Đã có hệ thống kết nối {id}. Hãy chọn mã khác, hoặc khóa hệ thống đó."


@dataclass(frozen=True, slots=True)
class Client:
    """A system of one or several agencies, which acts under a name of its own and never as a person.

    Attributes:
        agencies: Codes of the agencies whose dossiers it sees.
        positions: Positions that it acts in, in each of them; none: it only reads and takes in.
        scopes: What its token opens, of `SCOPES` in `motcua/services/clients/`.
        token: SHA-256 of its token, which is stored nowhere.
        disabled: Whether it opens nothing any more.
    """

    id: str
    name: str
    agencies: tuple[str, ...]
    positions: tuple[str, ...]
    scopes: tuple[str, ...]
    token: str
    created_at: datetime
    disabled: bool = False


@dataclass(frozen=True, slots=True, order=True)
class FeedPlace:
    """A place in the log in the order of its transactions; what is behind it never comes to stand before it.

    Attributes:
        batch: Number of the transaction that wrote the record, as the database counts.
        stream, seq: The record within that transaction.
    """

    batch: int = 0
    stream: str = ""
    seq: int = 0

    def __str__(self) -> str:
        return f"{self.batch} {self.stream} {self.seq}"

    @classmethod
    def read(cls, text: str) -> "FeedPlace":
        """Read what `str` wrote. Raises: ValueError, also for what no database holds."""
        batch, stream, seq = text.split(" ")
        place = cls(int(batch), stream, int(seq))
        if not (0 <= place.batch < 2**63 and 0 <= place.seq < 2**31 and stream.isprintable()):
            raise ValueError(text)
        return place


class KeepsClients(Protocol):
    """The part of the store that knows client systems, and the log as they follow it."""

    def add_client(self, client: Client, record: NewRecord) -> None:
        """Store a client system with its record. Raises: ClientTaken; Busy."""
        ...

    def disable_client(self, id: str, record: NewRecord) -> bool:
        """Close a client system for good, with its record; False when none is open. Raises: Busy."""
        ...

    def clients(self) -> list[Client]:
        """Return all client systems, by id."""
        ...

    def client_of(self, token: str) -> Client | None:
        """Return whose token has this hash."""
        ...

    def feed(self, after: FeedPlace, limit: int) -> Sequence[tuple[FeedPlace, NewRecord]]:
        """Return records of dossiers behind a place, in the order of their transactions.

        What a transaction wrote that could still commit before others is not shown yet, nor anything behind it, so
        that whoever goes on from the last place misses nothing.
        """
        ...

    def feed_end(self) -> FeedPlace:
        """Return the place behind which `feed` shows nothing yet."""
        ...
