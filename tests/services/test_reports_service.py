"""Where things stand: what counts as finished, as on time, and as late."""

from collections import Counter

from world import LEAD, RESTARTING, Office

from motcua.services.reports import Punctuality, standing


def _ready_to_sign(office: Office) -> str:
    """A dossier that waits for the leader a moment after it was accepted, due in five working days."""
    code = office.accepted()
    for transition, officer in (("appraise", "officer"), ("visit", "officer"), ("answer", "firefighter")):
        office.send(code, transition, officer)
    return code


def test_a_result_on_the_day_of_the_appointment_is_on_time() -> None:
    """The day counts, not the hour; the ladder has handed the task to the head of the unit by then."""
    office = Office()
    code = _ready_to_sign(office)
    office.pass_time(days=7, hours=12)
    office.send(code, "decide", "unit_head")

    assert Punctuality(finished=1, on_time=1, on_first=1, open=1, late=0) == standing(office.house).total


def test_a_new_appointment_is_kept_and_the_first_one_is_not() -> None:
    """After an apology the new day counts; the day first promised is reported beside it."""
    office = Office()
    code = _ready_to_sign(office)
    office.extend(code)
    office.pass_time(days=8)
    office.send(code, "decide", "unit_head")
    total = standing(office.house).total

    assert (1.0, 0.0) == (total.rate, total.first_rate)
    assert 1 == standing(office.house).apologies


def test_only_what_was_decided_is_finished_and_only_what_runs_is_late() -> None:
    """A withdrawn dossier kept no appointment; an open one past its appointment is late, in its states too."""
    office = Office()
    office.send(office.accepted(), "withdraw", None)
    office.accepted()
    office.wait(days=8)
    sums = standing(office.house)

    assert {LEAD: Punctuality(finished=0, on_time=0, on_first=0, open=1, late=1)} == sums.agencies
    assert {RESTARTING: Counter({"appraising": 1, "stopped": 1})} == sums.states
    assert {RESTARTING: Counter({"appraising": 1})} == sums.late
    assert sums.total.rate is None
