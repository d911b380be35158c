"""The part of `MemoryStore` that keeps client systems and webhooks, and shows the log as they follow it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from memory_accounts import MemoryAccounts

from motcua.services.ports import Client, ClientTaken, Delivery, FeedPlace, NewRecord, Webhook


class MemoryClients(MemoryAccounts):
    """Client systems by id, subscriptions by id, deliveries by id; the log in the order in which it was written."""

    def add_client(self, client: Client, record: NewRecord) -> None:
        with self._lock:
            if client.id in self._state.clients:
                raise ClientTaken(id=client.id)
            self.append([record])
            self._state.clients[client.id] = client

    def disable_client(self, id: str, record: NewRecord) -> bool:
        with self._lock:
            known = self._state.clients.get(id)
            if known is None or known.disabled:
                return False
            self.append([record])
            self._state.clients[id] = replace(known, disabled=True)
            return True

    def clients(self) -> list[Client]:
        return [client for _, client in sorted(self._state.clients.items())]

    def client_of(self, token: str) -> Client | None:
        return next((one for one in self._state.clients.values() if one.token == token), None)

    def feed(self, after: FeedPlace, limit: int) -> list[tuple[FeedPlace, NewRecord]]:
        found = [
            (FeedPlace(number, record.stream, record.seq), record)
            for number, record in enumerate(self._state.log, 1)
            if record.stream.startswith("dossier:")
        ]
        return [row for row in found if row[0] > after][:limit]

    def feed_end(self) -> FeedPlace:
        log = self._state.log
        return FeedPlace(len(log), log[-1].stream, log[-1].seq) if log else FeedPlace()

    def add_webhook(self, webhook: Webhook, record: NewRecord) -> None:
        with self._lock:
            self.append([record])
            self._state.webhooks[webhook.id] = webhook

    def change_webhook(self, webhook: Webhook, record: NewRecord) -> None:
        with self._lock:
            self.append([record])
            known = self._state.webhooks[webhook.id]
            changed = replace(known, secrets=webhook.secrets, disabled=webhook.disabled)
            self._state.webhooks[webhook.id] = changed

    def webhooks(self) -> list[Webhook]:
        return sorted(self._state.webhooks.values(), key=lambda one: (one.created_at, one.id))

    def enqueue(
        self, webhook: str, known: FeedPlace, place: FeedPlace, deliveries: Sequence[Delivery]
    ) -> bool:
        with self._lock:
            hook = self._state.webhooks[webhook]
            if hook.place != known or hook.disabled:
                return False
            self._state.webhooks[webhook] = replace(hook, place=place)
            self._state.deliveries |= {one.id: one for one in deliveries}
            return True

    def claim_delivery(self, webhook: str, now: datetime, until: datetime) -> Delivery | None:
        with self._lock:
            ready = [
                one
                for one in self._state.deliveries.values()
                if (one.webhook, one.status) == (webhook, "pending") and one.next_at <= now
            ]
            if not ready:
                return None
            oldest = min(ready, key=lambda one: (one.next_at, one.seq, one.id))
            return self._deliver(oldest, next_at=until)

    def settle_delivery(
        self, id: str, at: datetime, error: str | None = None, retry_at: datetime | None = None
    ) -> None:
        with self._lock:
            one = self._state.deliveries.get(id)
            if one is None or one.status != "pending":
                return
            if error is not None and retry_at is not None:
                self._deliver(one, attempts=one.attempts + 1, error=error, next_at=retry_at)
                return
            status = "sent" if error is None else "dead"
            self._deliver(one, attempts=one.attempts + 1, error=error, status=status, settled_at=at)

    def deliveries(self, webhook: str, limit: int) -> list[Delivery]:
        found = sorted(
            (one for one in self._state.deliveries.values() if one.webhook == webhook), key=lambda o: o.id
        )
        found.sort(key=lambda one: (one.created_at, one.seq), reverse=True)
        return found[:limit]

    def replay_delivery(self, id: str, at: datetime, record: NewRecord) -> bool:
        with self._lock:
            one = self._state.deliveries.get(id)
            if one is None or one.status == "pending":
                return False
            self.append([record])
            self._deliver(one, status="pending", attempts=0, next_at=at, error=None, settled_at=None)
            return True

    def forget_deliveries(self, before: datetime) -> int:
        with self._lock:
            old = [
                one.id
                for one in self._state.deliveries.values()
                if one.status == "sent" and one.settled_at is not None and one.settled_at < before
            ]
            for id in old:
                del self._state.deliveries[id]
            return len(old)

    def _deliver(self, one: Delivery, **changes: Any) -> Delivery:
        changed = replace(one, **changes)
        self._state.deliveries[one.id] = changed
        return changed
