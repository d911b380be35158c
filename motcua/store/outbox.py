"""The outbox: messages that wait for delivery, in order within each dossier."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from motcua.services.ports import OutboxMessage, OutboxState
from motcua.store.engine import Shelf, persistent
from motcua.store.rows import dump, instant_or_none, notice
from motcua.store.tables import outbox
from states.wire import instant_text

# Literal: with a parameter the partial index would not be seen to fit.
_PENDING: ColumnElement[str] = literal_column("'pending'")
_DEAD: ColumnElement[str] = literal_column("'dead'")


def _fits(
    template: ColumnElement[str], without: tuple[str, ...], only: tuple[str, ...]
) -> Iterator[ColumnElement[bool]]:
    yield from (template != name for name in without)
    if only:
        yield or_(*(template == name for name in only))


def _ready(without: tuple[str, ...], only: tuple[str, ...]) -> Select[Any]:
    """Select the ids of messages that may be tried: due, and the oldest of their dossier."""
    older = outbox.alias("older")
    same = and_(
        older.c.dossier_id == outbox.c.dossier_id,
        older.c.status == _PENDING,
        *_fits(older.c.template, without, only),
    )
    before = or_(
        older.c.seq < outbox.c.seq, and_(older.c.seq == outbox.c.seq, older.c.place < outbox.c.place)
    )
    return (
        select(outbox.c.id)
        .where(outbox.c.status == _PENDING, outbox.c.next_at <= bindparam("now"))
        .where(*_fits(outbox.c.template, without, only))
        .where(~exists().where(same, before))
        .order_by(outbox.c.created_at, outbox.c.dossier_id)
        .limit(bindparam("most"))
    )


@cache
def _claim(without: tuple[str, ...], only: tuple[str, ...]) -> Update:
    """Build the claim once: by the clock it is made again and again.

    What others are taking at this moment is passed over, not waited for. The rows are chosen in a common table
    expression, for a subquery may be run again for each row, and would then take more than its limit.
    """
    chosen = _ready(without, only).with_for_update(skip_locked=True).cte("chosen")
    return (
        update(outbox)
        .where(outbox.c.id.in_(select(chosen.c.id)))
        .values(next_at=bindparam("until"))
        .returning(outbox)
    )


class Outbox(Shelf):
    """What still has to leave the house. A message is marked as sent by the change that records it."""

    def claim_messages(
        self,
        now: datetime,
        limit: int,
        until: datetime,
        without: tuple[str, ...] = (),
        only: tuple[str, ...] = (),
    ) -> list[OutboxMessage]:
        """Take messages that may be tried at *now*, oldest first, at most one for each dossier, until *until*.

        A message waits for the older ones of its dossier, also while they are under way or wait for another
        try; a dead letter, or one of the templates *without* or beside *only*, holds nobody up.
        """
        given = {"now": instant_text(now), "most": limit, "until": instant_text(until)}
        with self.database.writing() as connection:
            taken = [_message(row) for row in connection.execute(_claim(without, only), given)]
        return sorted(taken, key=lambda message: (message.notice.created_at, message.notice.dossier_id))

    @persistent
    def failed(self, message: str, retry_at: datetime | None, error: str) -> None:
        """Count a failed attempt; `retry_at` None makes the message a dead letter."""
        counted = {"attempts": outbox.c.attempts + 1, "error": error}
        fate = {"status": "dead"} if retry_at is None else {"next_at": instant_text(retry_at)}
        with self.database.writing() as connection:
            connection.execute(
                update(outbox)
                .where(outbox.c.id == message, outbox.c.status == _PENDING)
                .values({**counted, **fate})
            )

    def waiting(self, limit: int) -> list[OutboxMessage]:
        """Return messages that are still to be sent, the oldest first, also while they wait for another try."""
        return self._listed(_PENDING, limit)

    def dead(self, limit: int) -> list[OutboxMessage]:
        """Return dead letters, the oldest first."""
        return self._listed(_DEAD, limit)

    @persistent
    def retry(self, message: str, at: datetime) -> bool:
        """Let a dead letter be tried anew from *at* on, as if never tried; False when there is no such one."""
        anew = {"status": "pending", "attempts": 0, "next_at": instant_text(at), "error": None}
        with self.database.writing() as connection:
            revived = connection.execute(
                update(outbox).where(outbox.c.id == message, outbox.c.status == _DEAD).values(anew)
            )
            return revived.rowcount == 1

    def readdress(self, recipients: Mapping[str, Sequence[str]]) -> int:
        """Give messages that were not sent other recipients, by message id; return how many there were."""
        unsent = or_(outbox.c.status == _PENDING, outbox.c.status == _DEAD)
        changed = 0
        with self.database.writing() as connection:
            for message, people in recipients.items():
                new = (
                    update(outbox).where(outbox.c.id == message, unsent).values(recipients=dump(list(people)))
                )
                changed += connection.execute(new).rowcount
        return changed

    def outbox_state(self) -> OutboxState:
        """Count what the outbox holds."""
        query = (
            select(
                outbox.c.status, func.count().label("messages"), func.min(outbox.c.created_at).label("oldest")
            )
            .where(or_(outbox.c.status == _PENDING, outbox.c.status == _DEAD))
            .group_by(outbox.c.status)
        )
        with self.database.reading() as connection:
            found = {row.status: row for row in connection.execute(query)}
        waiting, dead = found.get("pending"), found.get("dead")
        return OutboxState(
            waiting=waiting.messages if waiting else 0,
            oldest=instant_or_none(waiting.oldest) if waiting else None,
            dead=dead.messages if dead else 0,
        )

    def _listed(self, status: ColumnElement[str], limit: int) -> list[OutboxMessage]:
        query = (
            select(outbox)
            .where(outbox.c.status == status)
            .order_by(outbox.c.created_at, outbox.c.dossier_id, outbox.c.seq, outbox.c.place)
            .limit(limit)
        )
        with self.database.reading() as connection:
            return [_message(row) for row in connection.execute(query)]


def _message(row: Any) -> OutboxMessage:
    return OutboxMessage(notice(row), row.attempts, row.error)
