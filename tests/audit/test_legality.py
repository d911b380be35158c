"""Legality: an illegal record is found even when the chain was computed anew around it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from world import PAUSING, Office, directory

from audit.canonical import canonical
from audit.legality import check
from audit.record import from_raw
from audit.rulebook import Rulebook
from motcua.services.adopting import adopt_directory
from states.wire import instant_text

Raw = dict[str, Any]


def history() -> tuple[Office, list[Raw]]:
    """A dossier that was accepted, appraised, paused, resumed, checked in parallel, extended and decided."""
    office = Office()
    code = office.accepted(PAUSING)
    office.wait(hours=3)
    office.send(code, "ask_more", "officer")
    office.wait(days=2)
    office.send(code, "resubmit", None)
    office.send(code, "appraise", "officer")
    office.send(code, "answer", "firefighter")
    office.extend(code)
    office.send(code, "visit", "officer")
    office.send(code, "decide", "head")
    return office, [_plain(raw) for raw in office.raws(code)]


def _plain(raw: str) -> Raw:
    plain: Raw = json.loads(raw)
    return plain


def codes(office: Office, plain: list[Raw], rules: Rulebook | None = None) -> list[str]:
    """The codes of what is illegal, in the order of the records; the texts are canonical again."""
    records = [from_raw(canonical(record)) for record in plain]
    return [finding.code for finding in check(records, rules or office.rules)]


def event(plain: list[Raw], kind: str, **wanted: object) -> Raw:
    """Find the first event of a kind with some fields."""
    return next(
        event
        for record in plain
        for event in record["events"]
        if event["kind"] == kind and all(event[name] == value for name, value in wanted.items())
    )


def fired(plain: list[Raw], transition: str) -> Raw:
    """Find the record of a transition."""
    return next(record for record in plain if record["events"][0].get("transition") == transition)


def test_an_honest_history_is_legal() -> None:
    """Every record of a dossier that paused, ran in parallel and was extended is legal."""
    office, plain = history()

    assert [] == codes(office, plain)


DUES = [
    ("clock_armed", {"clock": "step:submitted"}),
    ("clock_armed", {"clock": "legal"}),
    ("clock_armed", {"clock": "committed"}),
    ("clock_armed", {"clock": "step:asking"}),
    ("clock_resumed", {"clock": "legal"}),
    ("clock_extended", {"clock": "committed"}),
]


@pytest.mark.parametrize(("kind", "wanted"), DUES)
def test_a_due_instant_that_is_a_minute_off_is_found(kind: str, wanted: Raw) -> None:
    """Each deadline is derived again from its ledger, to the minute."""
    office, plain = history()
    found = event(plain, kind, **wanted)
    found["due"] = instant_text(datetime.fromisoformat(found["due"]) + timedelta(minutes=1))

    assert "due" == codes(office, plain)[0]


def test_a_pause_that_keeps_a_minute_too_many_is_found() -> None:
    """What is left at a pause is derived again too."""
    office, plain = history()
    event(plain, "clock_paused", clock="legal")["remaining"] += 1

    assert "due" == codes(office, plain)[0]


def test_a_skipped_step_is_found() -> None:
    """A dossier that jumps from one office to a later one did not follow its table."""
    office, plain = history()
    plain.remove(fired(plain, "appraise"))

    assert "table" == codes(office, plain)[0]


def test_a_move_to_another_state_than_the_table_says_is_found() -> None:
    """The target of a move is looked up, not believed."""
    office, plain = history()
    fired(plain, "decide")["events"][0]["target"] = ["refused"]

    assert ["table"] == codes(office, plain)[:1]


def test_a_guard_that_did_not_hold_is_found() -> None:
    """Papers that were missing when the dossier was accepted make the acceptance illegal."""
    office, plain = history()
    event(plain, "opened")["facts"]["docs_complete"] = False
    fired(plain, "accept")["events"][0]["facts"]["docs_complete"] = False

    assert "guard" in codes(office, plain)


def test_an_alternative_whose_condition_did_not_hold_is_found() -> None:
    """The branch that was taken must be the one that the facts choose."""
    office, plain = history()
    event(plain, "transition_fired", transition="answer")["facts"]["objects"] = True
    fired(plain, "answer")["command"]["facts"]["objects"] = True

    assert ["decision"] == codes(office, plain)


def _by_colleague_of_another_agency(plain: list[Raw]) -> None:
    record = fired(plain, "appraise")
    record["actor"] = record["events"][0]["officer"] = "firefighter"


def _by_undeclared_role(plain: list[Raw]) -> None:
    fired(plain, "appraise")["events"][0]["by"] = "leader"


def _by_the_system(plain: list[Raw]) -> None:
    record = fired(plain, "resubmit")
    record["cause"], record["events"][0]["by"] = "timer", "system"


def _in_anothers_name(plain: list[Raw]) -> None:
    fired(plain, "appraise")["actor"] = "colleague"


@pytest.mark.parametrize(
    "forge", [_by_colleague_of_another_agency, _by_undeclared_role, _by_the_system, _in_anothers_name]
)
def test_somebody_without_the_role_is_found(forge: Callable[[list[Raw]], None]) -> None:
    """Who acted must hold a role of the move, on that day, in the agency bound to it."""
    office, plain = history()
    forge(plain)

    assert "role" == codes(office, plain)[0]


def test_the_extension_must_be_signed_by_its_role() -> None:
    """An apology by somebody who may not sign it is illegal."""
    office, plain = history()
    record = next(record for record in plain if record["type"] == "clock")
    record["actor"] = record["events"][2]["officer"] = "officer"

    assert "role" == codes(office, plain)[0]


def _without(plain: list[Raw], kind: str, transition: str) -> None:
    record = fired(plain, transition)
    record["events"] = [event for event in record["events"] if event["kind"] != kind]


@pytest.mark.parametrize("kind", ["clock_armed", "clock_stopped", "task_created", "task_done"])
def test_an_event_that_was_left_out_is_found(kind: str) -> None:
    """Deciding the recorded command again shows what a record is silent about."""
    office, plain = history()
    _without(plain, kind, "appraise")

    assert "decision" == codes(office, plain)[0]


def test_a_truth_that_became_a_number_is_found() -> None:
    """True and 1 are equal in Python, and not in a record."""
    office, plain = history()
    fired(plain, "accept")["events"][0]["facts"]["fee_paid"] = 1

    assert "decision" == codes(office, plain)[0]


def test_a_command_that_should_have_been_refused_is_found() -> None:
    """A second extension, recorded as if it were the first, is refused when it is decided again."""
    office, plain = history()
    record = next(record for record in plain if record["type"] == "clock")
    record["command"]["reasoned"] = False

    assert ["refused"] == codes(office, plain)


def test_another_version_than_the_pinned_one_is_found() -> None:
    """A record that cites the rules of another procedure is not under the dossier's own."""
    office, plain = history()
    plain[3]["cfg"] = office.publish(office.house.worlds.procedure(plain[0]["cfg"])).replace("0", "1")

    assert ["rules"] == codes(office, plain)


def test_altered_rules_are_found_by_their_digest() -> None:
    """A directory or procedure that was changed in the database no longer has the digest that is cited."""
    office, plain = history()
    altered = Rulebook(lambda digest: (office.text_of(digest) or "").replace("H99.02", "H99.03"))

    assert {"rules"} == set(codes(office, plain, altered))


def test_each_record_is_judged_by_the_people_of_its_day() -> None:
    """An officer who left later was entitled then; the record cites the directory of its day."""
    office, plain = history()
    adopt_directory(office.house, directory("officer"), "admin")

    assert [] == codes(office, plain)
    fired(plain, "appraise")["directory"] = office.store.adopted("directory")[0].digest
    assert {"role"} == set(codes(office, plain))
