"""Rules on the three terms: budgets of the steps on the longest way within the promise and within the law."""

from collections.abc import Iterator
from fractions import Fraction

from states.calendar import BusinessCalendar
from states.problem import Problem
from states.procedure import CaseClock
from states.soundness.context import View
from states.soundness.longest import Way, longest_way
from states.soundness.paces import hours, in_working_time, minutes
from states.soundness.worst_case import latest, mixed


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
        calendar = (view.context.calendars or {}).get(view.procedure.calendar)
        if calendar is not None and mixed(view, clock):
            yield from _late_somewhere(view, clock, calendar)
            continue
        way = critical_way(view, clock)
        allowed = minutes(clock.term, view.day_minutes)
        if way.end > allowed:
            facts = {
                "path": " → ".join(way.states),
                "sum": hours(way.end),
                "term": str(clock.term),
                "allowed": hours(allowed),
            }
            yield Problem(rule, ("clocks", clock.id, "term"), facts)


def _late_somewhere(view: View, clock: CaseClock, calendar: BusinessCalendar) -> Iterator[Problem]:
    late = latest(view, clock, calendar)
    if late is not None:
        at = {
            name: f"{calendar.local(instant):%Y-%m-%d %H:%M}"
            for name, instant in (("start", late.start), ("due", late.due), ("end", late.way.end))
        }
        facts = {"clock": clock.id, "path": " → ".join(late.way.states), "term": str(clock.term), **at}
        yield Problem("E-CLOCK-014", ("clocks", clock.id, "term"), facts)


def critical_way(view: View, clock: CaseClock) -> Way[Fraction]:
    """Return the longest way from the start of a clock to one of its stops, in working minutes.

    Steps in sequence add up, handoffs into them included; of a parallel block the longest branch counts; the
    applicant's own time and suspensions do not count. A state counts once, however often the dossier may return to
    it. Exact where all count in working time; else no shorter than any real one.
    """
    return longest_way(view, clock, Fraction(0), in_working_time(view.procedure, view.day_minutes))


def _clocks(view: View) -> dict[str, CaseClock]:
    return {clock.id: clock for clock in view.procedure.clocks}
