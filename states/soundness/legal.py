"""Rules on the law behind the numbers: each cites its instrument, and only what was read counts as verified."""

from collections.abc import Iterator

from states.guards import InvalidGuard, parse_guard
from states.problem import Path, Problem
from states.soundness.consultations import questions
from states.soundness.context import View, unknown
from states.soundness.references import guard_texts
from states.term import Unit

Number = tuple[Path, str, object, str, bool]
"""Path of the mapping, key of its number, the number, its source, and whether it was verified."""


def unknown_citations(view: View) -> Iterator[Problem]:
    """Every number names an instrument of the legal basis."""
    known = {citation.id for citation in view.procedure.citations}
    for path, _, _, source, _ in numbers(view):
        if source not in known:
            yield unknown("E-REF-005", (*path, "source"), source, known)


def verified_nothing(view: View) -> Iterator[Problem]:
    """A number that nobody knows was not read anywhere."""
    for path, key, value, _, verified in numbers(view):
        if verified and value is None:
            yield Problem("E-LAW-001", (*path, "verified"), {"key": key})


def verified_by_unread(view: View) -> Iterator[Problem]:
    """A number read in a text cites a text that was read."""
    unread = {citation.id for citation in view.procedure.citations if not citation.verified}
    for path, key, _, source, verified in numbers(view):
        if verified and source in unread:
            yield Problem("W-LAW-003", (*path, "verified"), {"key": key, "source": source})


def effective_days(view: View) -> Iterator[Problem]:
    """A version ends after it began."""
    begins, until = view.procedure.effective_from, view.procedure.effective_until
    if until is not None and until <= begins:
        facts = {"begins": begins.isoformat(), "until": until.isoformat()}
        yield Problem("E-LAW-002", ("procedure", "effective", "until"), facts)


def letter_distances(view: View) -> Iterator[Problem]:
    """The last day of an apology letter is counted back from the due day in whole days."""
    for index, extension in enumerate(view.procedure.extensions):
        before = extension.letter_before
        days = before is None or (before.whole and before.unit in (Unit.CALENDAR_DAYS, Unit.WORKING_DAYS))
        if not days:
            yield Problem("E-CLOCK-013", ("extensions", index, "letter_before"), {"term": str(before)})


def numbers(view: View) -> Iterator[Number]:
    """Yield every legal number of the file."""
    procedure = view.procedure
    if procedure.cutoff is not None:
        cutoff = procedure.cutoff
        yield ("calendar", "cutoff"), "after", cutoff.after_minute, cutoff.source, cutoff.verified
    for clock in procedure.clocks:
        yield ("clocks", clock.id), "term", clock.term, clock.source, clock.verified
    yield from _listed(view)
    for path, question in questions(view):
        yield path, "term", question.term, question.source, question.verified
    for state in procedure.states:
        if state.clock is not None:
            path = (*view.state_paths[state.id], "clock")
            yield path, "budget", state.clock.budget, state.clock.source, state.clock.verified
        if state.handoff is not None:
            handoff, path = state.handoff, (*view.state_paths[state.id], "handoff")
            yield path, "acknowledge", handoff.acknowledge, handoff.source, handoff.verified
            yield path, "accept", handoff.accept, handoff.source, handoff.verified


def _listed(view: View) -> Iterator[Number]:
    procedure = view.procedure
    for index, document in enumerate(procedure.documents):
        # The number of copies may be left out of a paper that was read: the law need not say one.
        yield ("documents", index), "copies", document.copies or 1, document.source, document.verified
    for index, fee in enumerate(procedure.fees):
        yield ("fees", index), "amount", fee.amount, fee.source, fee.verified
    for index, cause in enumerate(procedure.suspensions):
        yield ("suspensions", index), "max_times", cause.max_times, cause.source, cause.verified
    for index, extension in enumerate(procedure.extensions):
        yield ("extensions", index), "max_times", extension.max_times, extension.source, extension.verified


def guards(view: View) -> Iterator[Problem]:
    """Every guard is an expression over declared facts, of the right types."""
    for path, text in guard_texts(view):
        try:
            parse_guard(text, view.procedure.fact_specs)
        except InvalidGuard as fault:
            yield Problem(fault.problem.rule, path, fault.problem.facts)
