"""Subscriptions, and what is on its way to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, literal_column, select, update

from motcua.services.ports import Delivery, FeedPlace, NewRecord, Webhook
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf, persistent
from motcua.store.rows import instant_or_none
from motcua.store.tables import webhook_deliveries, webhooks
from states.wire import instant, instant_text

_WAY = webhook_deliveries.c
# Literal: with a parameter the partial index would not be seen to fit.
_PENDING: ColumnElement[str] = literal_column("'pending'")


class Webhooks(Shelf):
    """Each subscription with its records; deliveries come, are settled, and go in time."""

    @persistent
    def add_webhook(self, webhook: Webhook, record: NewRecord) -> None:
        """Store a subscription with its record. Raises: Busy."""
        with self.database.writing() as connection:
            append_records(connection, [record])
            connection.execute(insert(webhooks), _hook_row(webhook))

    @persistent
    def change_webhook(self, webhook: Webhook, record: NewRecord) -> None:
        """Change its keys or whether it is disabled, with a record; its place stays what it is. Raises: Busy."""
        changed = {"secrets": " ".join(webhook.secrets), "disabled": webhook.disabled}
        with self.database.writing() as connection:
            append_records(connection, [record])
            connection.execute(update(webhooks).where(webhooks.c.id == webhook.id).values(changed))

    def webhooks(self) -> list[Webhook]:
        """Return all subscriptions, the oldest first."""
        query = select(webhooks).order_by(webhooks.c.created_at, webhooks.c.id)
        with self.database.reading() as connection:
            return [_hook(row) for row in connection.execute(query)]

    @persistent
    def enqueue(
        self, webhook: str, known: FeedPlace, place: FeedPlace, deliveries: Sequence[Delivery]
    ) -> bool:
        """Put events on their way and remember how far the log was read; False when somebody else read on."""
        still = (webhooks.c.id == webhook, webhooks.c.place == str(known), webhooks.c.disabled.is_(False))
        with self.database.writing() as connection:
            moved = connection.execute(update(webhooks).where(*still).values(place=str(place)))
            if moved.rowcount == 1 and deliveries:
                connection.execute(insert(webhook_deliveries), [_row(one) for one in deliveries])
            return moved.rowcount == 1

    @persistent
    def claim_delivery(self, webhook: str, now: datetime, until: datetime) -> Delivery | None:
        """Take the oldest delivery that may be tried at *now*; nobody else is given it before *until*."""
        oldest = (
            select(_WAY.id)
            .where(_WAY.webhook == webhook, _WAY.status == _PENDING, _WAY.next_at <= instant_text(now))
            .order_by(_WAY.next_at, _WAY.seq, _WAY.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .cte("oldest")
        )
        claim = (
            update(webhook_deliveries)
            .where(_WAY.id.in_(select(oldest.c.id)))
            .values(next_at=instant_text(until))
            .returning(webhook_deliveries)
        )
        with self.database.writing() as connection:
            row = connection.execute(claim).first()
        return None if row is None else _delivery(row)

    @persistent
    def settle_delivery(
        self, id: str, at: datetime, error: str | None = None, retry_at: datetime | None = None
    ) -> None:
        """Note that a delivery was taken; or with *error* that it was not, and is tried again or given up."""
        counted: dict[Any, Any] = {"attempts": _WAY.attempts + 1, "error": error}
        if error is None:
            counted |= {"status": "sent", "settled_at": instant_text(at)}
        elif retry_at is None:
            counted |= {"status": "dead", "settled_at": instant_text(at)}
        else:
            counted |= {"next_at": instant_text(retry_at)}
        with self.database.writing() as connection:
            connection.execute(
                update(webhook_deliveries).where(_WAY.id == id, _WAY.status == _PENDING).values(counted)
            )

    def deliveries(self, webhook: str, limit: int) -> list[Delivery]:
        """Return deliveries of a subscription, the newest first."""
        query = (
            select(webhook_deliveries)
            .where(_WAY.webhook == webhook)
            .order_by(_WAY.created_at.desc(), _WAY.seq.desc(), _WAY.id)
            .limit(limit)
        )
        with self.database.reading() as connection:
            return [_delivery(row) for row in connection.execute(query)]

    @persistent
    def replay_delivery(self, id: str, at: datetime, record: NewRecord) -> bool:
        """Let a delivery be sent anew from *at* on, with a record; False when there is none or it is on its way."""
        anew = {
            "status": "pending",
            "attempts": 0,
            "next_at": instant_text(at),
            "error": None,
            "settled_at": None,
        }
        with self.database.writing() as connection:
            settled = update(webhook_deliveries).where(_WAY.id == id, _WAY.status != _PENDING)
            if connection.execute(settled.values(anew)).rowcount == 0:
                return False
            append_records(connection, [record])
            return True

    @persistent
    def forget_deliveries(self, before: datetime) -> int:
        """Delete what was taken before an instant; what was given up stays."""
        old = (_WAY.status == "sent", _WAY.settled_at < instant_text(before))
        with self.database.writing() as connection:
            return int(connection.execute(delete(webhook_deliveries).where(*old)).rowcount)


def _hook_row(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "agency": webhook.agency,
        "types": " ".join(webhook.types),
        "url": webhook.url,
        "secrets": " ".join(webhook.secrets),
        "place": str(webhook.place),
        "created_at": instant_text(webhook.created_at),
        "disabled": webhook.disabled,
    }


def _hook(row: Any) -> Webhook:
    return Webhook(
        id=row.id,
        agency=row.agency,
        types=tuple(row.types.split()),
        url=row.url,
        secrets=tuple(row.secrets.split()),
        place=FeedPlace.read(row.place),
        created_at=instant(row.created_at),
        disabled=bool(row.disabled),
    )


def _row(one: Delivery) -> dict[str, Any]:
    return {
        "id": one.id,
        "webhook": one.webhook,
        "event": one.event,
        "type": one.type,
        "seq": one.seq,
        "body": one.body,
        "created_at": instant_text(one.created_at),
        "next_at": instant_text(one.next_at),
        "status": one.status,
        "attempts": one.attempts,
        "error": one.error,
        "settled_at": None if one.settled_at is None else instant_text(one.settled_at),
    }


def _delivery(row: Any) -> Delivery:
    return Delivery(
        id=row.id,
        webhook=row.webhook,
        event=row.event,
        type=row.type,
        seq=row.seq,
        body=row.body,
        created_at=instant(row.created_at),
        next_at=instant(row.next_at),
        status=row.status,
        attempts=row.attempts,
        error=row.error,
        settled_at=instant_or_none(row.settled_at),
    )
