"""The part of `MemoryStore` that keeps mass orders."""

from dataclasses import replace
from datetime import datetime

from memory_register import MemoryRegister

from motcua.services.ports import AlreadyApproved, NewRecord, OrderRow, OrderTaken


class MemoryOrders(MemoryRegister):
    """Orders by digest, with their approval."""

    def propose_order(self, row: OrderRow, record: NewRecord) -> None:
        with self._lock:
            known = next((other for other in self._state.orders.values() if other.id == row.id), None)
            if known is not None and known.digest != row.digest:
                raise OrderTaken(id=row.id)
            if known is None:
                self.append([record])
                self._state.orders[row.digest] = row

    def approve_order(self, digest: str, by: str, at: datetime, record: NewRecord) -> None:
        with self._lock:
            known = self._state.orders[digest]
            if known.approved_by is not None:
                raise AlreadyApproved(digest=digest)
            self.append([record])
            self._state.orders[digest] = replace(known, approved_by=by, approved_at=at)

    def orders(self) -> list[OrderRow]:
        return sorted(self._state.orders.values(), key=lambda row: (row.proposed_at, row.id))

    def order_body(self, digest: str) -> str | None:
        known = self._state.orders.get(digest)
        return None if known is None else known.body
