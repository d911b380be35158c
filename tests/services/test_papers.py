"""Papers: numbered, drafted by people and by what owes them, signed by a person, set again to the byte."""

import json
from pathlib import Path

import pytest
from paper_office import CONFIG, PRESS, TEMPLATES, WHO, opened, owing, rows, sign
from world import LEAD, actor_of

from audit.legality import check
from audit.record import from_raw
from motcua.adapters.typesetting import PaperPress
from motcua.services import papers
from motcua.services.auditing import verify_store
from motcua.services.papers.finding import (
    NotDrafted,
    PaperDiffers,
    PaperIncomplete,
    PaperNotFound,
    PaperSigned,
    TemplateChanged,
)
from states.commands import APPLICANT_ACTOR
from states.errors import DomainError, NotAuthorised


def test_a_receipt_is_drafted_signed_and_comes_out_the_same_again() -> None:
    """The record holds the digests of both twins, and setting the paper anew gives the same bytes."""
    office = owing()
    code = opened(office)

    number = papers.draft(office.house, PRESS, code, "receipt", actor_of("counter"))
    sign(office, code, number, "counter")
    shown = papers.show(office.house, PRESS, code, number)
    again = papers.show(office.house, PaperPress(TEMPLATES, CONFIG), code, number)

    [drafted, issued] = [record.events[0] for record in office.records(code)[-2:]]
    assert ("1/GTN-2026", "paper_drafted", "paper_issued") == (number, drafted["kind"], issued["kind"])
    assert (shown.html_sha256, shown.pdf_sha256) == (issued["html_sha256"], issued["pdf_sha256"])
    assert PRESS.spec("receipt").template_sha256 == shown.template_sha256 == issued["template_sha256"]
    assert (shown.html, shown.pdf) == (again.html, again.pdf)
    assert ["paper", "paper"] == [record.type.value for record in office.records(code)[-2:]]


def test_personal_values_stand_on_the_paper_and_nowhere_in_the_record() -> None:
    """Name, address and reason come from the store of personal values; records and inputs do not have them."""
    office = owing()
    code = opened(office)
    office.send(code, "ask_more", "officer", reason="Bản vẽ chưa có chữ ký\nThiếu bản sao")

    number = papers.draft(office.house, PRESS, code, "supplement_request", actor_of("officer"))
    sign(office, code, number, "officer")
    html = papers.show(office.house, PRESS, code, number).html.decode()

    said = [WHO["name"], WHO["address"], "Bản vẽ chưa có chữ ký", "Thiếu bản sao"]
    kept = "".join(office.raws(code)) + json.dumps([dict(row.draft.input) for row in rows(office, code)])
    assert said == [text for text in said if text in html]
    assert [] == [text for text in said if text in kept or json.dumps(text)[1:-1] in kept]


def test_numbers_have_no_gap_and_begin_anew_each_year() -> None:
    """Each agency counts each form from one; a refused draft takes no number."""
    office = owing()
    codes = [opened(office) for _ in range(3)]

    first = papers.draft(office.house, PRESS, codes[0], "receipt", actor_of("counter"))
    with pytest.raises(NotAuthorised):
        papers.draft(office.house, PRESS, codes[1], "receipt", APPLICANT_ACTOR)
    second = papers.draft(office.house, PRESS, codes[1], "receipt", actor_of("counter"))
    other = papers.draft(office.house, PRESS, codes[1], "control_slip", actor_of("counter"))
    office.pass_time(days=330)
    later = papers.draft(office.house, PRESS, codes[2], "receipt", actor_of("counter"))

    assert ["1/GTN-2026", "2/GTN-2026", "1/PKS-2026", "1/GTN-2027"] == [first, second, other, later]


def test_an_apology_waits_for_the_new_appointment_and_the_head() -> None:
    """Without a new appointment nobody signs it; then only the head may; the letter is one, whoever owes it."""
    office = owing()
    code = opened(office)
    number = papers.draft(office.house, PRESS, code, "apology", actor_of("officer"))
    with pytest.raises(PaperIncomplete):
        sign(office, code, number, "head")

    office.extend(code)
    papers.draft_owed(office.house, PRESS)
    with pytest.raises(NotAuthorised):
        sign(office, code, number, "officer")
    sign(office, code, number, "head")

    forms = [row.draft.form for row in rows(office, code)]
    html = papers.show(office.house, PRESS, code, number).html.decode()
    assert (["apology", "receipt"], True) == (sorted(forms), "17 giờ 00 phút, ngày 11/03/2026" in html)
    assert "because" in html


@pytest.mark.parametrize(
    ("form", "error"), [("register", NotDrafted), ("poem", DomainError), ("../office", DomainError)]
)
def test_what_is_no_paper_of_a_dossier_is_not_drafted(form: str, error: type[DomainError]) -> None:
    """The register and forms that do not exist are refused, and no number is taken."""
    office = owing()
    code = opened(office)
    with pytest.raises(error):
        papers.draft(office.house, PRESS, code, form, actor_of("counter"))
    assert [] == rows(office, code)


def test_a_paper_is_found_by_its_number_and_signed_once() -> None:
    """Another number is not found, a second signature is refused, the list tells who signed."""
    office = owing()
    code = opened(office)
    number = papers.draft(office.house, PRESS, code, "receipt", actor_of("counter"))
    with pytest.raises(PaperNotFound):
        sign(office, code, "2/GTN-2026", "counter")
    sign(office, code, number, "counter")
    with pytest.raises(PaperSigned):
        sign(office, code, number, "officer")

    [listed] = papers.listed(office.house, PRESS, code)
    assert ("signed", "counter", number) == (listed["status"], listed["signed_by"], listed["number"])


def test_a_signed_paper_is_never_shown_changed(tmp_path: Path) -> None:
    """With another template, or without the personal values, it is refused rather than shown differently."""
    office = owing()
    code = opened(office)
    number = papers.draft(office.house, PRESS, code, "receipt", actor_of("counter"))
    sign(office, code, number, "counter")
    for file in (TEMPLATES / "papers").iterdir():
        (tmp_path / "papers").mkdir(exist_ok=True)
        text = file.read_text(encoding="utf-8").replace("Sông Lam", "Sông Hồng")
        (tmp_path / "papers" / file.name).write_text(text, encoding="utf-8")

    with pytest.raises(TemplateChanged):
        papers.show(office.house, PaperPress(tmp_path, CONFIG), code, number)
    office.store._state.values.clear()
    with pytest.raises(PaperDiffers):
        papers.show(office.house, PRESS, code, number)


def test_the_control_slip_sets_planned_against_actual_minutes() -> None:
    """Each stay of an officer is a row with its agency; waiting for the applicant is none."""
    office = owing()
    code = office.open(applicant=WHO)
    office.pass_time(hours=1)
    office.send(code, "accept", "counter")
    office.pass_time(hours=2)
    office.send(code, "ask_more", "officer")
    office.pass_time(days=1)
    office.send(code, "resubmit", None)
    papers.draft(office.house, PRESS, code, "control_slip", actor_of("officer"))

    said = rows(office, code)[0].draft.input
    told = [(step["vi"], step["planned"], step["actual"], step["result"]["en"]) for step in said["steps"]]
    expected = [
        ("submitted", 480, 60, "early"),
        ("appraising", 480, 120, "early"),
        ("appraising", 480, 0, "open"),
    ]
    assert expected == told
    assert [{"agency": "Xã", "planned": 1440, "actual": 180, "late": 0}] == said["agencies"]


def test_the_register_lists_a_year_of_an_agency() -> None:
    """Every dossier of the lead agency once, in the order of intake, with its applicant."""
    office = owing()
    codes = [opened(office) for _ in range(3)]

    paper = papers.register(office.house, PRESS, LEAD, 2026)
    html = paper.html.decode()

    places = [html.index(code) for code in codes]
    assert (sorted(places), "STD-2026") == (places, paper.number)
    assert (3, 0) == (html.count(WHO["name"]), html.count("DỰ THẢO"))
    assert paper == papers.register(office.house, PRESS, LEAD, 2026)


def test_an_auditor_finds_drafts_and_signatures_legal_and_a_usurped_one_not() -> None:
    """Deciding the recorded commands again gives the same events; another name under a paper is found."""
    office = owing()
    code = opened(office)
    papers.draft_owed(office.house, PRESS)
    sign(office, code, "1/GTN-2026", "counter")

    assert [] == list(check(office.records(code), office.rules))
    assert () == tuple(verify_store(office.house).findings)
    forged = [
        raw.replace('"officer":"counter","pdf', '"officer":"chairman","pdf') for raw in office.raws(code)
    ]
    assert 1 == sum(one != other for one, other in zip(forged, office.raws(code), strict=True))
    assert ["decision"] == [finding.code for finding in check(list(map(from_raw, forged)), office.rules)]


def test_a_stop_notice_names_what_stopped_the_dossier() -> None:
    """Cause and stage are those of the transition that emitted it."""
    office = owing()
    code = opened(office)
    office.send(code, "withdraw", None)
    papers.draft_owed(office.house, PRESS)

    stop = next(row.draft for row in rows(office, code) if row.draft.form == "stop_notice")
    assert ("withdraw", "appraising") == (stop.input["occasion"]["vi"], stop.input["occasion"]["stage_vi"])
    assert "1/TBD-2026" in [row["number"] for row in papers.listed(office.house, PRESS, code)]
