"""Sums over open tasks: what lies on which desk, and how it is pressed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, literal_column, or_, select, tuple_

from motcua.services.ports import InboxRow, Mark, TaskFilter, TaskSum
from motcua.store.engine import Shelf, at_most
from motcua.store.rows import UNPRESSED, stored, task
from motcua.store.tables import dossiers, tasks
from states.dossier import CONSULT
from states.wire import instant, instant_text

_T = tasks.c
_PLACE = (_T.urgency, _T.dossier_id, _T.id)
_OWNER = (dossiers.c.id, dossiers.c.snapshot, dossiers.c.seq, dossiers.c.head, dossiers.c.at)
# Written out: a parameter would make the grouped expression another one than the selected one.
_ONE: Any = literal_column("1")
_NONE: Any = literal_column("0")
_KIND = func.substr(_T.id, _ONE, literal_column(str(len(CONSULT))))
_ASKED = case((literal_column(f"'{CONSULT}'") == _KIND, _ONE), else_=_NONE)
_STEP = (dossiers.c.procedure, _T.state, _ASKED, _T.agency, _T.position, _T.assignee)


class Desks(Shelf):
    """Open tasks, as whoever oversees them sees them."""

    def task_sums(self, wanted: TaskFilter, now: datetime, aged: datetime) -> list[TaskSum]:
        """Sum up open tasks; aged are those created before *aged*."""
        lights = [_count(_shines(light, now)) for light in ("late", "soon", "good", "paused")]
        old = _count(_T.created_at < instant_text(aged))
        query: Select[Any] = select(*_STEP, *lights, func.min(_T.created_at), old, func.min(_T.dossier_id))
        query = _wanted(query.join(dossiers, dossiers.c.id == _T.dossier_id), wanted, now).group_by(*_STEP)
        with self.database.reading() as connection:
            return [_sum(row) for row in connection.execute(query)]

    def task_rows(self, wanted: TaskFilter, now: datetime, after: Mark | None, limit: int) -> list[InboxRow]:
        """Return a page of open tasks, the most urgent first, those that nothing presses last."""
        owner = (column.label(f"own_{column.name}") for column in _OWNER)
        query: Select[Any] = select(*owner, tasks).join(dossiers, dossiers.c.id == _T.dossier_id)
        query = _wanted(query, wanted, now).order_by(*_PLACE).limit(at_most(limit))
        if after is not None:
            mark = (after.urgency, after.dossier_id, after.task)
            query = query.where(tuple_(*_PLACE) > tuple_(*map(literal, mark)))
        with self.database.reading() as connection:
            return [
                InboxRow(task(row), stored(row[: len(_OWNER)]), Mark(row.urgency, row.dossier_id, row.id))
                for row in connection.execute(query)
            ]


def _wanted(query: Select[Any], wanted: TaskFilter, now: datetime) -> Select[Any]:
    for column, one in (
        (dossiers.c.procedure, wanted.procedure),
        (_T.state, wanted.state),
        (_T.position, wanted.position),
    ):
        query = query if one is None else query.where(column == one)
    if wanted.agencies is not None:
        query = query.where(_T.agency.in_(sorted(wanted.agencies)))
    if wanted.asked is not None:
        query = query.where(_ASKED == int(wanted.asked))
    if wanted.assignee is not None:
        query = query.where(_T.assignee == wanted.assignee if wanted.assignee else _T.assignee.is_(None))
    if wanted.before is not None:
        query = query.where(_T.created_at < instant_text(wanted.before))
    return query if wanted.light is None else query.where(_shines(wanted.light, now))


def _shines(light: str, now: datetime) -> Any:
    """How a task is pressed: what nothing presses is paused, as text it sorts after every instant."""
    late, warned = instant_text(now) > _T.urgency, func.coalesce(_T.warned, 0) == 1
    running = and_(_T.urgency != UNPRESSED, ~late)
    return {
        "late": late,
        "soon": and_(running, warned),
        "good": and_(running, ~warned),
        "paused": or_(_T.urgency == UNPRESSED),
    }[light]


def _count(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _sum(row: Any) -> TaskSum:
    procedure, state, asked, agency, position, assignee, late, soon, good, paused, oldest, old, example = row
    return TaskSum(
        procedure, state, bool(asked), agency, position, assignee, int(late), int(soon), int(good), int(paused),
        instant(oldest), int(old), example,
    )  # fmt: skip
