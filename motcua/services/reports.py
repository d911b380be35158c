"""Where things stand: dossiers by state, and how many were finished by their appointment, by agency."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from motcua.services.appointments import finish_of, is_late
from motcua.services.installation import Installation
from states.calendar import BusinessCalendar
from states.dossier import Dossier
from states.kin import MISDIRECTED

EVERY = 1_000_000_000


@dataclass(slots=True)
class Punctuality:
    """How an agency kept its appointments.

    Attributes:
        finished: Dossiers decided, granted or refused; those withdrawn, stopped, lapsed or never accepted had
            no appointment to keep.
        on_time: Finished on or before the day of the appointment, a new one after an apology included.
        on_first: Finished on or before the day first promised, apologies left aside.
        open: Dossiers that have not ended, results that wait to be collected included.
        late: Open ones whose appointment has passed.
    """

    finished: int = 0
    on_time: int = 0
    on_first: int = 0
    open: int = 0
    late: int = 0

    @property
    def rate(self) -> float | None:
        """Share of the finished that were on time; None while nothing is finished."""
        return self.on_time / self.finished if self.finished else None

    @property
    def first_rate(self) -> float | None:
        """Share of the finished that met their first appointment; None while nothing is finished."""
        return self.on_first / self.finished if self.finished else None


@dataclass(slots=True)
class Standing:
    """Where all dossiers stand; a submission counts once, however many dossiers it became.

    Attributes:
        dossiers: Submissions; one that a dispatcher routed counts where it was routed to.
        components: The same of dossiers that are parts of a submission, each for itself; None within itself.
        states: By procedure, dossiers by active state; one in a parallel block counts in each of its states.
        late: By procedure, late dossiers by active state.
        agencies: By lead agency.
        outcomes: By outcome, of dossiers that have one.
        suspensions: How often dossiers waited for their applicant by law.
        apologies: Apologies with a new appointment.
    """

    dossiers: int = 0
    states: dict[str, Counter[str]] = field(default_factory=dict)
    late: dict[str, Counter[str]] = field(default_factory=dict)
    agencies: dict[str, Punctuality] = field(default_factory=dict)
    total: Punctuality = field(default_factory=Punctuality)
    outcomes: Counter[str] = field(default_factory=Counter)
    suspensions: int = 0
    apologies: int = 0
    components: "Standing | None" = None


def standing(house: Installation) -> Standing:
    """Count all dossiers in one walk, in memory that grows with those alone that a dispatcher routed."""
    now, whole, parts, routed = house.now(), Standing(), Standing(), _routed(house)
    whole.components = parts
    for stored in house.store.iterate():
        sums = parts if _is_part(stored.dossier, routed) else whole
        world = house.worlds.of(stored.dossier.cfg)
        names = [f"{suspension.id}_count" for suspension in world.procedure.suspensions]
        sums.suspensions += sum(int(stored.dossier.facts.get(name, 0)) for name in names)
        _count(sums, stored.dossier, world.calendar, max(now, stored.at))
    return whole


def _routed(house: Installation) -> frozenset[str]:
    rows = [] if house.dispatch is None else house.store.find_dossiers(procedure=house.dispatch, limit=EVERY)
    return frozenset(row.code for row in rows)


def _is_part(dossier: Dossier, routed: frozenset[str]) -> bool:
    """A component is part of its group's submission; a dispatcher's dossier, once routed, of the one it became.

    What an agency gave back as not its own is no submission any more: the dispatcher's dossier is, until it is routed
    again.
    """
    if dossier.parent is not None:
        return dossier.parent.dossier not in routed or dossier.outcome == MISDIRECTED
    return dossier.code in routed and any(not child.returned for child in dossier.children.values())


def _count(sums: Standing, dossier: Dossier, calendar: BusinessCalendar, now: datetime) -> None:
    late = is_late(dossier, now)
    sums.dossiers += 1
    sums.states.setdefault(dossier.procedure, Counter()).update(dossier.states)
    sums.late.setdefault(dossier.procedure, Counter()).update(dossier.states if late else ())
    sums.outcomes.update([dossier.outcome] if dossier.outcome else [])
    sums.apologies += int(dossier.facts.get("extension_count", 0))
    for kept in (sums.total, sums.agencies.setdefault(dossier.agency, Punctuality())):
        _keep(kept, dossier, calendar, late)


def _keep(kept: Punctuality, dossier: Dossier, calendar: BusinessCalendar, late: bool) -> None:
    kept.open += not dossier.ended
    kept.late += late
    finish = finish_of(dossier, calendar)
    if finish is not None:
        kept.finished += 1
        kept.on_time += finish.day <= finish.promised
        kept.on_first += finish.day <= finish.first
