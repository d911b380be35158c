"""The register of nonconformities: the order of steps, separation, the check that looks again, the trail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from world import LEAD, RESTARTING, Office

from audit.record import from_raw
from motcua.services import nonconformities as register
from motcua.services.auditing import verify_store
from motcua.services.nonconformities import (
    ActedThemselves,
    ActionRuns,
    CauseMissing,
    NotEffective,
    NotTheirAgency,
    StepOutOfOrder,
    UnknownCause,
)
from motcua.services.ports import NonconformityNotFound
from motcua.services.register_steps import AFTER, Entry, InvalidStep, StepKind, digest_of
from states.errors import DomainError

CAUSES = ("people", "procedure")
STREAM = f"registry:{LEAD}"


def late(office: Office) -> str:
    """Let an apology leave too late; returns the id of the nonconformity that this is."""
    code = office.accepted()
    office.wait(days=7)
    office.extend(code)
    [*_, last] = [row for row in office.store.nonconformities() if row.cause == "late_apology"]
    return last.id


def acting(office: Office, name: str, days: int = 3) -> Entry:
    """Contain an entry, find its cause and set an action of the unit head's."""
    register.contain(office.house, name, "officer", "đã gọi điện xin lỗi")
    register.set_cause(office.house, name, "officer", "people", CAUSES)
    return set_action(office, name, days)


def set_action(office: Office, name: str, days: int = 3) -> Entry:
    """Set an action of the unit head's."""
    due = date.fromordinal(office.clock.at.date().toordinal() + days)
    return register.act(office.house, name, "officer", "unit_head", due, "thêm người trực quầy")


def test_an_entry_goes_from_open_to_closed() -> None:
    """Contained, cause, action, check that finds nothing more, closed by a third person; a record for each step."""
    office = Office()
    name = late(office)
    assert "open" == register.find(office.house, name).status
    acting(office, name)
    office.wait(days=4)
    office.accepted()
    checked = register.check(office.house, name, "colleague")
    closed = register.close(office.house, name, "head", "đã xem lại")

    expected = ["contained", "contained", "acting", "checking", "closed"]
    assert expected == [step.status for step in closed.steps]
    result = checked.steps[-1].facts
    assert (0, [], True) == (result["count"], result["found"], result["effective"])
    assert {"cause": "late_apology", "procedure": RESTARTING, "agency": LEAD} == {
        key: result["query"][key] for key in ("cause", "procedure", "agency")
    }
    assert name not in [entry.row.id for entry in register.entries(office.house, open_only=True)]
    assert name in [entry.row.id for entry in register.entries(office.house)]
    records = [from_raw(row.raw) for row in office.store.records(STREAM)]
    assert [step.kind for step in closed.steps] == [record.events[0]["kind"] for record in records]
    assert {RESTARTING} == {record.procedure for record in records}
    assert verify_store(office.house).ok


def test_a_record_holds_no_words_of_people() -> None:
    """What was written is kept apart; the record has a commitment to it."""
    office = Office()
    entry = register.contain(office.house, late(office), "officer", "Bà Hoa đã được báo")
    [row] = office.store.records(STREAM)

    assert "Hoa" not in row.raw
    assert entry.steps[0].facts["text"] in row.raw
    assert entry.steps[0].text is not None
    assert "Bà Hoa đã được báo" == entry.steps[0].text.value


def test_what_came_again_keeps_an_entry_open_until_another_action_helps() -> None:
    """The check runs the detecting query over the time since the last action only."""
    office = Office()
    name = late(office)
    acting(office, name)
    again = late(office)
    result = register.check(office.house, name, "colleague").steps[-1].facts
    assert (1, [again], False) == (result["count"], result["found"], result["effective"])
    with pytest.raises(NotEffective):
        register.close(office.house, name, "head")

    office.pass_time(hours=1)
    assert "acting" == set_action(office, name).status
    office.wait(days=4)
    office.accepted()
    assert register.check(office.house, name, "colleague").steps[-1].facts["effective"]
    assert "closed" == register.close(office.house, name, "head").status


def test_finding_nothing_where_nothing_was_handled_proves_nothing() -> None:
    """Without another dossier since the action, its effect is not shown; the one that was late cannot show it."""
    office = Office()
    name = late(office)
    acting(office, name)
    office.wait(days=4)
    office.send(register.find(office.house, name).row.code, "withdraw", None)
    result = register.check(office.house, name, "colleague").steps[-1].facts
    assert (0, 0, False) == (result["count"], result["handled"], result["effective"])


@pytest.mark.parametrize("closer", ["officer", "unit_head"])
def test_whoever_acted_does_not_close(closer: str) -> None:
    """Neither who set the action nor who owned it, though a later action is another person's."""
    office = Office()
    name = late(office)
    acting(office, name)
    due = office.clock.at.date()
    register.act(office.house, name, "colleague", "head", due, "việc khác")
    office.wait(days=2)
    office.accepted()
    register.check(office.house, name, "colleague")
    with pytest.raises(ActedThemselves):
        register.close(office.house, name, closer)
    assert "checking" == register.find(office.house, name).status


def test_only_the_agency_and_those_above_it_have_a_say() -> None:
    """The chairman of the province may, the fire police beside it may not, and nobody else's officer owns."""
    office = Office()
    name = late(office)
    with pytest.raises(NotTheirAgency):
        register.contain(office.house, name, "firefighter", "x")
    assert "contained" == register.contain(office.house, name, "chairman", "x").status
    register.set_cause(office.house, name, "officer", "people", CAUSES)
    with pytest.raises(NotTheirAgency):
        register.act(office.house, name, "officer", "firefighter", office.clock.at.date(), "x")


Refused = tuple[type[DomainError], Callable[[Office, str], object]]
REFUSED: tuple[Refused, ...] = (
    (StepOutOfOrder, lambda o, n: register.check(o.house, n, "officer")),
    (StepOutOfOrder, lambda o, n: register.close(o.house, n, "officer")),
    (CauseMissing, lambda o, n: (register.contain(o.house, n, "officer", "x"), set_action(o, n))),
    (UnknownCause, lambda o, n: register.set_cause(o.house, n, "officer", "fate", CAUSES)),
    (InvalidStep, lambda o, n: register.contain(o.house, n, "officer", "  ")),
    (InvalidStep, lambda o, n: acting(o, n, days=-1)),
    (ActionRuns, lambda o, n: (acting(o, n), register.check(o.house, n, "colleague"))),
    (NonconformityNotFound, lambda o, n: register.find(o.house, "")),
    (NonconformityNotFound, lambda o, n: register.contain(o.house, "nothing", "officer", "x")),
)


@pytest.mark.parametrize(("error", "attempt"), REFUSED)
def test_what_is_refused_leaves_no_record(
    error: type[DomainError], attempt: Callable[[Office, str], object]
) -> None:
    """A refusal names itself in both languages, and the last step stands."""
    office = Office()
    name = late(office)
    with pytest.raises(error) as refused:
        attempt(office, name)
    assert "{" not in refused.value.message("vi") + refused.value.message("en")
    steps = register.find(office.house, name).steps
    assert [step.seq for step in steps] == [row.seq for row in office.store.records(STREAM)]


def test_a_step_out_of_order_is_refused_in_words() -> None:
    """Where it stands, what was asked and what is possible; the ids are for programs."""
    office = Office()
    name = late(office)
    with pytest.raises(StepOutOfOrder) as refused:
        register.close(office.house, name, "officer")
    said, facts = refused.value.message("vi"), refused.value.facts

    assert ("open", "close", "contain") == (facts["status"], facts["step"], facts["possible"])
    assert said.endswith("đang ở mới mở: chưa thể thực hiện «đóng». Có thể: khắc phục tức thời.")


def test_a_step_without_its_record_is_found() -> None:
    """Whoever changes a step, or takes its record away, makes the trail unsound."""
    office = Office()
    name = late(office)
    register.contain(office.house, name, "officer", "x")
    [entry] = office.store.nonconformity_steps()
    office.store._state.steps[name, 1] = replace(entry, officer="head")
    found = [(f.stream, f.code) for f in verify_store(office.house).findings]
    assert [(STREAM, "unrecorded")] == found
    assert digest_of(entry) != digest_of(replace(entry, facts={}))

    office.store._state.steps[name, 1] = entry
    office.store._state.streams.pop(STREAM)
    assert [(STREAM, "unrecorded")] == [(f.stream, f.code) for f in verify_store(office.house).findings]


def test_every_step_is_possible_after_some_status() -> None:
    """The table of steps is whole, and nothing follows closure."""
    assert set(StepKind) == set(AFTER)
    assert not any("closed" in statuses for statuses in AFTER.values())
