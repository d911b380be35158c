"""The outbox of `MemoryStore`: messages that wait, and dead letters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import RLock

from memory_state import Message, State

from motcua.services.ports import OutboxMessage, OutboxState


class MemoryOutbox:
    """The part of the store that the relay works with."""

    _lock: RLock
    _state: State

    def claim_messages(
        self,
        now: datetime,
        limit: int,
        until: datetime,
        without: tuple[str, ...] = (),
        only: tuple[str, ...] = (),
    ) -> list[OutboxMessage]:
        with self._lock:
            oldest: dict[str, Message] = {}
            for kept in sorted(self._state.outbox.values(), key=lambda kept: kept.order):
                template = kept.message.notice.template
                fits = template not in without and (not only or template in only)
                if kept.status == "pending" and fits:
                    oldest.setdefault(kept.message.notice.dossier_id, kept)
            ready = [kept for kept in oldest.values() if kept.next_at <= now]
            ready.sort(key=lambda kept: (kept.message.notice.created_at, kept.message.notice.dossier_id))
            for kept in ready[:limit]:
                kept.next_at = until
            return [kept.message for kept in ready[:limit]]

    def failed(self, message: str, retry_at: datetime | None, error: str) -> None:
        with self._lock:
            kept = self._state.outbox.get(message)
            if kept is None or kept.status != "pending":
                return
            kept.message = replace(kept.message, attempts=kept.message.attempts + 1, error=error)
            kept.status = "dead" if retry_at is None else "pending"
            kept.next_at = retry_at or kept.next_at

    def waiting(self, limit: int) -> list[OutboxMessage]:
        return [kept.message for kept in self._in_outbox("pending")][:limit]

    def dead(self, limit: int) -> list[OutboxMessage]:
        return [kept.message for kept in self._in_outbox("dead")][:limit]

    def retry(self, message: str, at: datetime) -> bool:
        with self._lock:
            kept = self._state.outbox.get(message)
            if kept is None or kept.status != "dead":
                return False
            kept.message = OutboxMessage(kept.message.notice, 0)
            kept.status, kept.next_at = "pending", at
            return True

    def readdress(self, recipients: Mapping[str, Sequence[str]]) -> int:
        with self._lock:
            unsent = {name: kept for name, kept in self._state.outbox.items() if kept.status != "sent"}
            for message in recipients.keys() & unsent.keys():
                kept = unsent[message].message
                told = replace(kept.notice, recipients=tuple(recipients[message]))
                unsent[message].message = replace(kept, notice=told)
            return len(recipients.keys() & unsent.keys())

    def outbox_state(self) -> OutboxState:
        waiting = [kept.message.notice.created_at for kept in self._in_outbox("pending")]
        return OutboxState(len(waiting), min(waiting, default=None), len(self._in_outbox("dead")))

    def _in_outbox(self, status: str) -> list[Message]:
        found = [kept for kept in self._state.outbox.values() if kept.status == status]
        return sorted(
            found,
            key=lambda kept: (kept.message.notice.created_at, kept.message.notice.dossier_id, kept.order),
        )
