"""Propose an order, approve it as another person; both are records of the order's own stream."""

import json
from datetime import datetime

from audit.canonical import sealed
from audit.record import Auth, RecordType
from motcua.services.installation import Installation
from motcua.services.ports import NewRecord, OrderRow
from motcua.services.publishing import person
from motcua.services.system_records import next_record
from states.errors import DomainError, Kind
from states.order import Order, OrderKind
from states.wire import from_wire, to_wire


class OrderNotFound(DomainError):
    """There is no order {id}. "motcua order list" shows those that were proposed."""

    kind = Kind.NOT_FOUND
    vi = "Không có lệnh {id}. Xem các lệnh đã đề xuất bằng «motcua order list»."


class OrderNotApproved(DomainError):
    """The order {id} is not approved, so it changes nothing yet. A second person approves it by its digest."""

    kind = Kind.CONFLICT
    vi = "Lệnh {id} chưa được phê duyệt nên chưa thay đổi gì. Cần người thứ hai phê duyệt theo mã băm."


class OrderSelfApproved(DomainError):
    """{by} proposed the order {id} and cannot approve it too. A second person must approve."""

    kind = Kind.NOT_AUTHORISED
    vi = "{by} đã đề xuất lệnh {id} nên không được tự phê duyệt. Cần người thứ hai phê duyệt."


class NotReversible(DomainError):
    """The order {id} cannot be reversed: {reason}. Look at it with "motcua order show {id}"."""

    kind = Kind.CONFLICT
    vi = "Không thu hồi được lệnh {id}: {reason_vi}. Xem lệnh bằng «motcua order show {id}»."


def order_of(row: OrderRow) -> Order:
    """Return what a stored text says."""
    return from_wire(Order, json.loads(row.body))


def find(house: Installation, name: str) -> OrderRow:
    """Return an order by its id or its digest. Raises: OrderNotFound."""
    found = next((row for row in house.store.orders() if name in (row.id, row.digest)), None)
    if found is None:
        raise OrderNotFound(id=name)
    return found


def propose_order(house: Installation, order: Order, by: str, auth: Auth | None = None) -> OrderRow:
    """Store an order as a proposal; the same one again changes nothing.

    Raises:
        OrderTaken: Its id has another text.
        NotReversible: It takes back what cannot be taken back.
        InvalidPerson: *by* is no id of a person.
    """
    by, (text, identity) = person(by), sealed(to_wire(order))
    known = next((row for row in house.store.orders() if row.digest == identity), None)
    if known is not None:
        return known
    if order.reverses is not None:
        _check_reversal(house, order.reverses)
    row = OrderRow(order.id, identity, text, by, house.now())
    house.store.propose_order(row, next_of_order(house, row, "order_proposed", row.proposed_at, by, auth))
    return row


def _check_reversal(house: Installation, id: str) -> None:
    row = find(house, id)
    if row.approved_at is None:
        raise NotReversible(id=id, reason="it was never approved", reason_vi="lệnh chưa được phê duyệt")
    if order_of(row).kind is OrderKind.REVERSE:
        raise NotReversible(
            id=id,
            reason="it is a reversal itself; propose a new order",
            reason_vi="đây là lệnh thu hồi; hãy lập lệnh mới",
        )
    if reversal_of(house, id) is not None:
        raise NotReversible(id=id, reason="it has been reversed already", reason_vi="lệnh đã bị thu hồi")


def reversal_of(house: Installation, id: str) -> OrderRow | None:
    """Return the approved order that takes another one back."""
    rows = (row for row in house.store.orders() if row.approved_at is not None)
    return next((row for row in rows if order_of(row).reverses == id), None)


def approve_order(house: Installation, name: str, by: str, auth: Auth | None = None) -> OrderRow:
    """Approve a proposed order; one that is approved already stays as it is.

    Raises:
        OrderNotFound: No such order.
        OrderSelfApproved: The approver proposed it.
        NotReversible: It takes back what was taken back meanwhile.
        InvalidPerson: *by* is no id of a person.
    """
    by, row = person(by), find(house, name)
    if row.proposed_by == by:
        raise OrderSelfApproved(by=by, id=row.id)
    if row.approved_at is None:
        reverses = order_of(row).reverses
        if reverses is not None:
            _check_reversal(house, reverses)
        now = house.now()
        house.store.approve_order(
            row.digest, by, now, next_of_order(house, row, "order_approved", now, by, auth)
        )
    return find(house, row.digest)


def next_of_order(
    house: Installation,
    row: OrderRow,
    kind: str,
    at: datetime,
    by: str | None,
    auth: Auth | None,
    **facts: object,
) -> NewRecord:
    """Return the next record of an order's own stream."""
    event = {"kind": kind, "digest": row.digest, **facts}
    stream = f"order:{row.id}"
    return next_record(house, stream, RecordType.ORDER, event=event, at=at, actor=by, auth=auth)
