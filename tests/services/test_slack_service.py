"""What a dossier has to spare: known at any instant, shrinking only while somebody is slower than their time."""

from typing import Any

from world import PAUSING, Office

from motcua.services.slack import time_to_spare


def spared(office: Office, code: str) -> dict[str, tuple[int, str]]:
    """What each clock has to spare, in minutes, and the states that decide it."""
    found = time_to_spare(office.house, office.store.load(code))
    return {each["clock"]: (each["minutes"], states(each)) for each in found}


def states(told: dict[str, Any]) -> str:
    """The states on the way, in one text."""
    return " ".join(step["state"] for step in told["path"])


def test_slack_is_the_appointment_less_the_longest_way_ahead() -> None:
    """Twenty-eight hours of steps within five and within seven working days, from half past eight on Monday."""
    office = Office()
    code = office.accepted()

    way = "appraising visiting signing"
    assert {"committed": (1170, way), "legal": (1170 + 2 * 480, way)} == spared(office, code)


def test_slack_stays_while_a_step_keeps_its_time_and_shrinks_when_it_is_late() -> None:
    """Two hours within an eight-hour step cost nothing; an hour beyond it costs an hour; a quick step gives back."""
    office = Office()
    code = office.accepted()
    office.wait(hours=2)
    in_time = spared(office, code)["committed"][0]
    office.wait(hours=23)
    late = spared(office, code)["committed"][0]

    assert (1170, 1170 - 60) == (in_time, late)
    office.send(code, "appraise", "officer")
    assert (1170 - 60, "visiting signing") == spared(office, code)["committed"]
    office.send(code, "visit", "officer")
    assert (1170 - 60 + 8 * 60, "asking signing") == spared(office, code)["committed"]


def test_while_the_applicant_is_asked_the_way_begins_with_coming_back() -> None:
    """Paused clocks keep their minutes, so the slack does not shrink however long the applicant takes."""
    office = Office()
    code = office.accepted(PAUSING)
    office.send(code, "ask_more", "officer")
    before = spared(office, code)["committed"]
    office.wait(days=3)

    assert before == spared(office, code)["committed"]


def test_a_clock_that_ended_has_no_slack() -> None:
    """Nothing is ahead of a dossier that was withdrawn."""
    office = Office()
    code = office.accepted()
    office.send(code, "withdraw", None)

    assert {} == spared(office, code)
