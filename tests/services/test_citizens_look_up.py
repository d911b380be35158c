"""What the holder of a code and a check code is told of a dossier, and that nobody else is told anything."""

from dataclasses import replace

import pytest
from paper_office import PRESS, WHO, opened, owing, sign
from world import PAUSING, Office, actor_of

from motcua.services import papers
from motcua.services.citizens import LookUpRefused, admit, applicants_paper, check_code, look_up
from motcua.services.papers.finding import PaperNotFound
from motcua.services.ports import Stored

COUNTER = actor_of("counter")


def check_of(office: Office, code: str) -> str:
    """The check code of a dossier that has no papers."""
    return check_code(office.house, office.store.load(code).id)


def refused(office: Office, code: str, check: str) -> str:
    """What somebody is told who does not hold both codes."""
    with pytest.raises(LookUpRefused) as error:
        admit(office.house, PRESS, code, check)
    return error.value.message("vi")


def test_each_dossier_has_a_check_code_of_its_own_that_stays() -> None:
    """Eight letters and digits without look-alikes; another installation gives other ones."""
    office, other = Office(), Office()
    other.house = replace(other.house, new_salt=lambda: b"\x01" * 32)
    codes = [office.accepted() for _ in range(3)]
    checks = [check_of(office, code) for code in codes]

    assert checks == [check_of(office, code) for code in codes]
    assert 3 == len(set(checks))
    assert set() == set("".join(checks)) & set("0O1ILB8S5Z2")
    assert [9] * 3 == [len(check) for check in checks]
    assert checks[0] != check_of(other, other.accepted())


def test_both_codes_open_the_dossier_however_they_are_typed() -> None:
    """Small letters, missing hyphens and spaces around do not matter."""
    office = Office()
    code = office.accepted()
    check = check_of(office, code)
    typed = [(code, check), (f" {code.lower()} ", check.lower()), (code, check.replace("-", " "))]

    found = [admit(office.house, PRESS, *each) for each in typed]

    assert [code] * 3 == [stored.dossier.code for stored in found if isinstance(stored, Stored)]


def test_an_unknown_code_and_a_wrong_check_get_the_same_words() -> None:
    """So do a check code of another dossier, none at all, and what is no code."""
    office = Office()
    code, other = office.accepted(), office.accepted()
    tried = [
        (code, "AAAA-AAAA"), (code, ""), (code, check_of(office, other)),
        ("H99.01-990101-0001", check_of(office, code)), ("nothing", "x"), ("\x00", "\x00"), ("", ""),
    ]  # fmt: skip

    assert 1 == len({refused(office, *each) for each in tried})


def test_the_check_code_on_a_paper_of_the_applicant_opens_the_dossier() -> None:
    """That of an internal paper does not."""
    office = owing()
    office.house = replace(office.house, new_salt=iter([bytes([n]) * 32 for n in range(99)]).__next__)
    code = opened(office)
    for form in ("receipt", "control_slip"):
        papers.draft(office.house, PRESS, code, form, COUNTER)
    values = office.store.personal(office.store.load(code).id)
    [receipt, slip] = [value.value.strip('"') for value in values if value.field.startswith("paper.")]

    assert code == admit(office.house, PRESS, code, receipt).dossier.code
    assert refused(office, code, slip)


def test_the_applicant_reads_signed_papers_and_no_others() -> None:
    """A draft is nobody's word yet, and an internal paper is not addressed to them."""
    office = owing()
    code = opened(office)
    signed = papers.draft(office.house, PRESS, code, "receipt", COUNTER)
    slip = papers.draft(office.house, PRESS, code, "control_slip", COUNTER)
    for number in (signed, slip):
        sign(office, code, number, "counter")
    draft = papers.draft(office.house, PRESS, code, "receipt", COUNTER)
    check = check_of(office, code)

    told = look_up(office.house, PRESS, code, check)

    assert [(signed, "receipt")] == [(paper["number"], paper["form"]) for paper in told["papers"]]
    assert WHO["name"] in applicants_paper(office.house, PRESS, code, check, signed).html.decode()
    for number in (slip, draft):
        with pytest.raises(PaperNotFound):
            applicants_paper(office.house, PRESS, code, check, number)


def test_no_officer_and_nothing_personal_is_told() -> None:
    """Neither ids of officers nor what the applicant said of themselves."""
    office = owing()
    code = opened(office)
    office.send(code, "appraise", "officer")
    office.send(code, "answer", "firefighter")

    told = look_up(office.house, PRESS, code, check_of(office, code))
    words = str(told)

    assert [] == [name for name in (*WHO.values(), "firefighter") if name in words]
    assert [("Xã", "agency")] == [(stand["agency"], stand["holder"]) for stand in told["stands"]]


def test_a_pause_is_told_with_its_reason_and_how_long_it_lasted() -> None:
    """What ran and what was paused are minutes of work, of which lunch is none."""
    office = Office()
    code = office.accepted(PAUSING)
    office.pass_time(hours=2)
    office.send(code, "ask_more", "officer")
    office.pass_time(hours=1)

    told = look_up(office.house, PRESS, code, check_of(office, code))
    promise, [pause] = told["promise"], told["promise"]["pauses"]

    assert ("paused", None, 120, 60) == (promise["light"], promise["due"], promise["ran"], promise["paused"])
    assert ("2026-03-02T10:30:00+07:00", None, 60) == (pause["from"], pause["until"], pause["minutes"])
    assert "supplement" == told["todo"]["what"]


def test_an_extension_is_told_with_both_days_and_the_reason() -> None:
    """The apology says why, and the first promise stays visible."""
    office = Office()
    code = office.accepted()
    first = look_up(office.house, PRESS, code, check_of(office, code))["promise"]["due"]
    office.extend(code)

    promise = look_up(office.house, PRESS, code, check_of(office, code))["promise"]

    assert [(first, promise["due"], "because")] == [
        (move["from"], move["to"], move["reason"]) for move in promise["moves"]
    ]
    assert (first, True) == (promise["first_due"], promise["due"] > first)


def test_a_supplement_that_restarts_the_term_says_so() -> None:
    """While it lasts the applicant learns that the term will begin anew, and why; afterwards, that it did."""
    office = owing()
    code = opened(office)
    office.pass_time(hours=2)
    office.send(code, "ask_more", "officer", reason="Thiếu bản vẽ")
    check = check_of(office, code)
    during = look_up(office.house, PRESS, code, check)
    office.pass_time(hours=1)
    office.send(code, "resubmit", None)
    after = look_up(office.house, PRESS, code, check)

    assert (True, "Thiếu bản vẽ") == (during["promise"]["anew"], during["todo"]["reason"])
    assert ([True], 0) == ([p["anew"] for p in after["promise"]["pauses"]], after["promise"]["ran"])
