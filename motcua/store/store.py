"""`SqlStore`: every shelf of the store on one database, as `motcua.services.ports.Store` wants it."""

from collections.abc import Sequence
from datetime import timedelta
from types import TracebackType

from motcua.store.accounts import Accounts
from motcua.store.adoptions import Adoptions
from motcua.store.audit_log import AuditLog
from motcua.store.clients import Clients
from motcua.store.clocks import Clocks
from motcua.store.delegations import Delegations
from motcua.store.desks import Desks
from motcua.store.dossiers import Dossiers
from motcua.store.engine import PATIENCE, Database
from motcua.store.failures import old_schema
from motcua.store.figures import Figures
from motcua.store.identities import Identities
from motcua.store.live import Live
from motcua.store.narrowing import NarrowDatabase
from motcua.store.nonconformities import Nonconformities
from motcua.store.orders import Orders
from motcua.store.outbox import Outbox
from motcua.store.papers import Papers
from motcua.store.procedures import Procedures
from motcua.store.ratings import Ratings
from motcua.store.registers import Registers
from motcua.store.revision import newest, revision_of
from motcua.store.saved_filters import SavedFilters
from motcua.store.shares import Shares
from motcua.store.tasks import Tasks
from motcua.store.timers import Timers
from motcua.store.tries import Tries
from motcua.store.urls import parse_url
from motcua.store.waits import Waits
from motcua.store.webhooks import Webhooks


class SqlStore(
    Dossiers,
    Timers,
    Tasks,
    Waits,
    Desks,
    Figures,
    Outbox,
    AuditLog,
    Procedures,
    Adoptions,
    Registers,
    Papers,
    Nonconformities,
    Clocks,
    Orders,
    Accounts,
    Delegations,
    Identities,
    Ratings,
    Shares,
    Clients,
    Webhooks,
    SavedFilters,
    Tries,
    Live,
):
    """The memory of the platform on SQLite or PostgreSQL; threads may share it."""

    def narrowed(self, agencies: Sequence[str]) -> "SqlStore":
        """Return the same store, in which only dossiers that concern these agencies are seen and nothing is written."""
        return SqlStore(NarrowDatabase(self.database, agencies))

    def close(self) -> None:
        """Close every connection; no thread may use the store afterwards."""
        self.database.close()

    def __enter__(self) -> "SqlStore":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_store(url: str, patience: timedelta = PATIENCE) -> SqlStore:
    """Open the store of a database that has the schema of this program.

    Args:
        url: `sqlite:///path`, the path of an SQLite file, or `postgresql://...`.
        patience: How long a write waits for the lock of another program.

    Raises:
        DatabaseNotReady: The database is missing, unreachable, damaged, or has another schema.
    """
    parsed = parse_url(url)
    store = SqlStore(Database(parsed, patience))
    try:
        with store.database.reading() as connection:
            if revision_of(connection) != newest():
                raise old_schema(parsed)
    except BaseException:
        store.close()
        raise
    return store
