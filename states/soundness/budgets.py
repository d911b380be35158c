"""Rules on the three terms: budgets of the steps on the longest way within the promise and within the law."""

from collections.abc import Iterator
from fractions import Fraction

from states.problem import Problem
from states.procedure import CaseClock, Consultation, Order
from states.soundness.consultations import consulting
from states.soundness.context import View
from states.soundness.longest import Way, longest_way
from states.term import Term, Unit


def legal_clock(view: View) -> Iterator[Problem]:
    """Every procedure has the term that the law allows, be its length unknown."""
    if "legal" not in _clocks(view):
        yield Problem("E-CLOCK-007", ("clocks",), {})


def whole_terms(view: View) -> Iterator[Problem]:
    """Terms that the law or the agency promises to people are whole units; only steps are fractions."""
    for clock in view.procedure.clocks:
        if clock.term is not None and not clock.term.whole:
            yield Problem(
                "E-CLOCK-008", ("clocks", clock.id, "term"), {"clock": clock.id, "term": str(clock.term)}
            )


def promise_within_law(view: View) -> Iterator[Problem]:
    """The agency does not promise later than the law demands."""
    clocks = _clocks(view)
    promised, law = clocks.get("committed"), clocks.get("legal")
    if promised is None or law is None or promised.term is None or law.term is None:
        return
    if minutes(promised.term, view.day_minutes) > minutes(law.term, view.day_minutes):
        facts = {"committed": str(promised.term), "legal": str(law.term)}
        yield Problem("E-CLOCK-009", ("clocks", "committed", "term"), facts)


def steps_within_terms(view: View) -> Iterator[Problem]:
    """The budgets of the steps, summed along the longest way, stay within each term."""
    for clock, rule in (
        (_clocks(view).get("committed"), "E-CLOCK-010"),
        (_clocks(view).get("legal"), "E-CLOCK-011"),
    ):
        if clock is None or clock.term is None:
            continue
        way = critical_way(view, clock)
        allowed = minutes(clock.term, view.day_minutes)
        if way.minutes > allowed:
            facts = {
                "path": " → ".join(way.states),
                "sum": _hours(way.minutes),
                "term": str(clock.term),
                "allowed": _hours(allowed),
            }
            yield Problem(rule, ("clocks", clock.id, "term"), facts)


def critical_way(view: View, clock: CaseClock) -> Way:
    """Return the longest way, in budgets, from the start of a clock to one of its stops.

    Steps in sequence add up, of a parallel block the longest branch counts, and the applicant's own
    time and suspensions do not count. A state counts once, however often the dossier may return to it.
    """
    weights = {
        state.id: _weight(view, state.clock.budget)
        for state in view.atomic
        if state.clock is not None and state.suspends is None
    }
    for state, declared in consulting(view):
        weights[state.id] = max(weights.get(state.id, Fraction(0)), _asking(view, declared))
    return longest_way(view, clock, weights)


def _asking(view: View, declared: Consultation) -> Fraction:
    """Return what the questions take: one after another they add up, at once the longest counts."""
    terms = [_weight(view, question.term) for question in declared.questions]
    return sum(terms, Fraction(0)) if declared.order is Order.SEQUENTIAL else max(terms, default=Fraction(0))


def _weight(view: View, budget: Term | None) -> Fraction:
    return Fraction(0) if budget is None else minutes(budget, view.day_minutes)


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


def _hours(amount: Fraction) -> str:
    hours = amount / 60
    return f"{hours.numerator}" if hours.denominator == 1 else f"{float(hours):.2f}"


def _clocks(view: View) -> dict[str, CaseClock]:
    return {clock.id: clock for clock in view.procedure.clocks}
