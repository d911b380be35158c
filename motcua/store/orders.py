"""Mass orders, insert-only: proposed by one person, approved by another."""

from datetime import datetime

from sqlalchemy import insert, select

from motcua.services.ports import AlreadyApproved, NewRecord, OrderRow, OrderTaken
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf
from motcua.store.rows import instant_or_none
from motcua.store.tables import order_approvals, orders
from states.wire import instant, instant_text

_ALL = (
    select(orders, order_approvals.c.approved_by, order_approvals.c.approved_at)
    .outerjoin(order_approvals, order_approvals.c.digest == orders.c.digest)
    .order_by(orders.c.proposed_at, orders.c.id)
)


class Orders(Shelf):
    """Every mass order ever proposed."""

    def propose_order(self, row: OrderRow, record: NewRecord) -> None:
        """Store an order; the same one again changes nothing. Raises: Busy; OrderTaken."""
        with self.database.writing() as connection:
            known = connection.execute(select(orders.c.digest).where(orders.c.id == row.id)).scalar()
            if known == row.digest:
                return
            if known is not None:
                raise OrderTaken(id=row.id)
            append_records(connection, [record])
            connection.execute(
                insert(orders),
                {
                    "digest": row.digest,
                    "id": row.id,
                    "body": row.body,
                    "proposed_by": row.proposed_by,
                    "proposed_at": instant_text(row.proposed_at),
                },
            )

    def approve_order(self, digest: str, by: str, at: datetime, record: NewRecord) -> None:
        """Approve a proposed order. Raises: Busy; AlreadyApproved."""
        with self.database.writing() as connection:
            same = order_approvals.c.digest == digest
            if connection.execute(select(order_approvals.c.digest).where(same)).scalar() is not None:
                raise AlreadyApproved(digest=digest)
            append_records(connection, [record])
            row = {"digest": digest, "approved_by": by, "approved_at": instant_text(at)}
            connection.execute(insert(order_approvals), row)

    def orders(self) -> list[OrderRow]:
        """Return all orders, oldest first."""
        with self.database.reading() as connection:
            return [
                OrderRow(
                    row.id,
                    row.digest,
                    row.body,
                    row.proposed_by,
                    instant(row.proposed_at),
                    row.approved_by,
                    instant_or_none(row.approved_at),
                )
                for row in connection.execute(_ALL)
            ]

    def order_body(self, digest: str) -> str | None:
        """Return the text of an order."""
        with self.database.reading() as connection:
            return connection.scalar(select(orders.c.body).where(orders.c.digest == digest))
