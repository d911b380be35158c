"""Taking dossiers in: the code, the pinned version, what is recorded of people, what is refused."""

import json
from datetime import date
from typing import Any

import pytest
from troubled import TroubledStore
from world import LEAD, RESTARTING, START, Office

from audit.commitment import opens
from motcua.services.enacting import ATTEMPTS
from motcua.services.intake import MalformedCode, Submission, parse_code, submit
from motcua.services.ports import Busy, ProcedureNotFound
from states.directory import AgencyNotFound, PartyUnbound
from states.errors import DomainError, InvalidFacts

GIVEN = {"facts": {"kind": "repair"}, "documents": ("form",)}


def submission(**changes: Any) -> Submission:
    """A complete submission, with changes."""
    return Submission(**{"procedure": RESTARTING, "channel": "counter", "agency": LEAD, **GIVEN, **changes})


def test_a_dossier_gets_the_national_code_of_its_agency_and_day() -> None:
    """Codes count up without gaps for each agency and local day."""
    office = Office()

    codes = [office.open(), office.open()]
    office.pass_time(days=1)

    assert ["H99.01-260302-0001", "H99.01-260302-0002"] == codes
    assert "H99.01-260303-0001" == office.open()


def test_a_new_dossier_waits_at_the_counter_with_its_clock_running() -> None:
    """It has public status 1, a task in the pool, and the step's due instant to wake for."""
    office = Office()

    stored = office.store.load(office.open())

    assert (1, 1, ("submitted",), 1) == (
        stored.seq,
        stored.dossier.version,
        stored.dossier.states,
        stored.dossier.public,
    )
    assert [None] == [task.assignee for task in stored.dossier.tasks]
    assert office.store.next_wake() is not None


def test_personal_values_enter_the_record_only_as_salted_commitments() -> None:
    """The record opens with the value and salt that are kept apart, and holds neither."""
    office = Office()
    stored = submit(office.house, submission(applicant={"name": "Nguyễn Thị Hoa", "phone": "0900"}))

    record = json.loads(office.store.records(f"dossier:{stored.id}")[0].raw)
    values = {value.field: value for value in office.store.personal(stored.id)}

    assert "Hoa" not in json.dumps(record, ensure_ascii=False)
    name = values["applicant.name"]
    commitment = record["command"]["commitments"]["applicant.name"]
    assert opens(commitment, json.loads(name.value), bytes.fromhex(name.salt))
    assert {"applicant.name", "applicant.phone"} == set(values)


def test_the_date_on_paper_enters_the_record() -> None:
    """A legal date that differs from the day of intake is kept in the record."""
    office = Office()
    stored = submit(office.house, submission(legal_date=date(2026, 2, 27)))

    record = json.loads(office.store.records(f"dossier:{stored.id}")[0].raw)

    assert "2026-02-27" == record["legal_date"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"agency": "H98"}, AgencyNotFound),
        ({"agency": "H99"}, PartyUnbound),
        ({"channel": "pigeon"}, InvalidFacts),
        ({"facts": {}}, InvalidFacts),
        ({"facts": {"kind": "castle"}}, InvalidFacts),
        ({"facts": {"kind": "repair", "colour": "red"}}, InvalidFacts),
        ({"documents": ("poem",)}, InvalidFacts),
        ({"procedure": "9.999999"}, ProcedureNotFound),
    ],
)
def test_a_submission_that_does_not_fit_is_refused_and_leaves_nothing(
    changes: dict[str, Any], error: type[DomainError]
) -> None:
    """No dossier, record or number is used up."""
    office = Office()

    with pytest.raises(error):
        submit(office.house, submission(**changes))

    assert [] == list(office.store.iterate())
    assert 1 == office.store.next_number(LEAD, date(2026, 3, 2))


def test_a_number_taken_meanwhile_is_passed_over() -> None:
    """Somebody else's dossier of the same number makes the intake take the next one."""
    store = TroubledStore()
    office = Office(store)
    first = office.open()
    store.stale = [1, 1]

    assert ("H99.01-260302-0001", "H99.01-260302-0002") == (first, office.open())


def test_an_intake_that_is_always_outrun_gives_up_and_says_so() -> None:
    """After many attempts nothing was written, and the error asks to try again."""
    store = TroubledStore()
    office = Office(store)
    office.open()
    store.stale = [1] * ATTEMPTS

    with pytest.raises(Busy):
        office.open()

    assert 1 == len(list(office.store.iterate()))


def test_the_version_is_the_newest_in_force_on_the_day() -> None:
    """A dossier stays pinned to the version it was opened under."""
    office = Office()

    cfg = office.store.load(office.open()).dossier.cfg

    assert cfg in {version.digest for version in office.store.versions(RESTARTING)}
    assert START == office.store.load("H99.01-260302-0001").dossier.opened_at


@pytest.mark.parametrize(
    "given", ["", "abc", "H99.01-260302-1", "h99.01-260302-0001", "H99-260302-0001\n", "../x"]
)
def test_what_is_no_dossier_code_is_told_apart_from_an_unknown_one(given: str) -> None:
    """A malformed code is refused before the database is asked."""
    with pytest.raises(MalformedCode):
        parse_code(given)
