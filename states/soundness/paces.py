"""How long a state may last at most: allowances of its handoff, opinions it waits for, its own budget."""

from collections.abc import Callable, Iterable
from datetime import datetime
from fractions import Fraction

from states.calendar import BusinessCalendar
from states.counting import arm
from states.procedure import Consultation, Order, Procedure, State
from states.soundness.longest import Pace
from states.term import Term, Unit


def minutes(term: Term, day_minutes: int) -> Fraction:
    """Return the most working minutes that a term can hold.

    Working days and hours are exact. For the other units it is an upper bound (every day a working day, the
    longest month, no more office hours in 24 hours by the clock than in one day): a term is called too short
    only when it is so in any calendar.
    """
    if term.unit is Unit.HOURS:
        days, rest = divmod(term.amount * 60, 24 * 60)
        return days * day_minutes + min(rest, Fraction(day_minutes))
    per_unit = {
        Unit.WORKING_DAYS: day_minutes,
        Unit.WORKING_HOURS: 60,
        Unit.CALENDAR_DAYS: day_minutes,
        Unit.MONTHS: 31 * day_minutes,
        Unit.SAME_DAY: day_minutes,
    }
    return term.amount * per_unit[term.unit]


def hours(amount: Fraction) -> str:
    """Write minutes as hours, with two decimals at most."""
    hours = amount / 60
    return f"{hours.numerator}" if hours.denominator == 1 else f"{float(hours):.2f}"


def terms_of(procedure: Procedure, state: State) -> tuple[Term, ...]:
    """Return every term that has a part in how long a state lasts."""
    taken = allowances(procedure, state)
    if state.suspends is not None:
        return taken
    return (*taken, *_present([_budget(state)]), *_present(_asked(procedure, state)))


def allowances(procedure: Procedure, state: State) -> tuple[Term, ...]:
    """Return the allowances of the handoff into a state, one after the other.

    A suspension begins and ends with the acceptance: into a state that suspends they count, and out of such states
    alone they do not.
    """
    if state.handoff is None or _out_of_standstill(procedure, state):
        return ()
    return _present([state.handoff.acknowledge, state.handoff.accept])


def _out_of_standstill(procedure: Procedure, state: State) -> bool:
    leading = [move for move in procedure.transitions if state.id in {each.to for each in move.alternatives}]
    sources = [procedure.state[id] for move in leading for id in move.sources]
    return bool(sources) and all(source.suspends is not None for source in sources)


def in_working_time(procedure: Procedure, day_minutes: int) -> Pace[Fraction]:
    """Count in working minutes."""

    def pace(before: str | None, id: str, at: Fraction) -> Fraction:
        state = procedure.state[id]
        at += sum((minutes(term, day_minutes) for term in allowances(procedure, state)), Fraction(0))
        if state.suspends is not None:
            return at
        own = [minutes(term, day_minutes) for term in _present([_budget(state)])]
        asked = [minutes(term, day_minutes) for term in _present(_asked(procedure, state))]
        together = sum(asked, Fraction(0)) if _in_turn(procedure, state) else max(asked, default=Fraction(0))
        return at + max([*own, together])

    return pace


def by_the_calendar(procedure: Procedure, calendar_of: Callable[[State], BusinessCalendar]) -> Pace[datetime]:
    """Count on the calendar of each state's holder, each term from the instant at which it begins."""

    def pace(before: str | None, id: str, at: datetime) -> datetime:
        state = procedure.state[id]
        calendar = calendar_of(state)
        at = used_up(allowances(procedure, state), at, calendar)
        if state.suspends is not None:
            return at
        asked = _present(_asked(procedure, state))
        answered = (
            [used_up(asked, at, calendar)]
            if _in_turn(procedure, state)
            else [used_up([term], at, calendar) for term in asked]
        )
        return max([used_up(_present([_budget(state)]), at, calendar), *answered])

    return pace


def used_up(terms: Iterable[Term], at: datetime, calendar: BusinessCalendar) -> datetime:
    """Return when terms that begin one after another from *at* are all used up."""
    for term in terms:
        at = arm(term, at, calendar, step=True).at
    return at


def _budget(state: State) -> Term | None:
    return None if state.clock is None else state.clock.budget


def _consultation(procedure: Procedure, state: State) -> Consultation | None:
    return None if state.consultation is None else procedure.consultation.get(state.consultation)


def _asked(procedure: Procedure, state: State) -> list[Term | None]:
    consultation = _consultation(procedure, state)
    return [] if consultation is None else [question.term for question in consultation.questions]


def _in_turn(procedure: Procedure, state: State) -> bool:
    consultation = _consultation(procedure, state)
    return consultation is not None and consultation.order is Order.SEQUENTIAL


def _present(terms: Iterable[Term | None]) -> tuple[Term, ...]:
    return tuple(term for term in terms if term is not None)
