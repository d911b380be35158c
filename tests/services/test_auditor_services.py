"""What an auditor asks: which dossiers, how one stood at each record, whether its trail is whole; what they raise."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from world import LEAD, RESTARTING, Office

from audit.record import from_raw
from motcua.services import nonconformities as register
from motcua.services.access import Visitor
from motcua.services.auditing import Wanted, inspect, search, verify_dossier, verify_store
from motcua.services.ports import Clause, ClauseMap
from motcua.services.raising import Finding, NoSuchClause, raise_nonconformity
from motcua.services.register_steps import InvalidStep
from motcua.services.register_telling import told
from states.commands import Actor

CLAUSE = Clause("8.5.1", {"vi": "Kiểm soát", "en": "Control"}, None, "reading", False)
AUDITOR = Visitor(
    "kiem", "Kiểm", frozenset({"auditor"}), (), Actor("officer", "kiem"), "s", duties=("auditor",)
)
STANDARD = ClauseMap("2015", "ISO 9001:2015", (CLAUSE,), (), {}, "0" * 64)


def decided(office: Office) -> str:
    """Bring a dossier to its result."""
    code = office.accepted()
    office.send(code, "appraise", "officer")
    office.send(code, "visit", "officer")
    office.send(code, "answer", "firefighter", facts={"objects": False})
    office.send(code, "decide", "head")
    return code


def test_a_search_narrows_by_agency_lateness_and_missing_apology() -> None:
    """A late one is found by how late it is; once an apology left it is not among those without."""
    office = Office()
    late, kept = office.accepted(), office.accepted()
    office.wait(days=7)
    office.extend(kept)
    office.wait(days=2)

    def found(**wanted: Any) -> list[str]:
        return [row["code"] for row in search(office.house, Wanted(**wanted))["rows"]]

    assert [late, kept] == found() == found(agency="H99") == found(procedure=RESTARTING)
    assert [late] == found(late=0) == found(late=1) == found(without_apology=True)
    assert [[], [], [kept]] == [found(late=300), found(agency="H98"), found(text=kept[-4:])]


def test_a_search_goes_on_where_the_page_before_ended() -> None:
    """Pages of one row each show every dossier once, and the last has no next."""
    office = Office()
    codes = [office.accepted() for _ in range(3)]
    seen, mark = [], ""
    while True:
        page = search(office.house, Wanted(), mark, limit=1)
        seen += [row["code"] for row in page["rows"]]
        if page["next"] is None:
            break
        mark = page["next"]

    assert codes == seen


def test_what_was_completed_is_found_by_its_day() -> None:
    """Between two days, both inclusive; what is not completed is no answer to that question."""
    office = Office()
    office.accepted()
    day = office.clock.at.date()

    assert [] == search(office.house, Wanted(since=day))["rows"]
    code = decided(office)
    for first, last, expected in ((0, 0, [code]), (1, 9, []), (-9, -1, []), (-1, 1, [code])):
        period = Wanted(since=day + timedelta(days=first), until=day + timedelta(days=last))
        assert expected == [row["code"] for row in search(office.house, period)["rows"]]


def test_a_dossier_is_shown_as_it_was_after_each_record() -> None:
    """State and clocks of then, the record and its hash; a number beyond the ends is the nearest."""
    office = Office()
    code = office.accepted()
    stored = office.store.load(code)
    first, last, beyond = (inspect(office.house, stored, seq) for seq in (1, None, 99))

    assert ["submitted"] == [state["id"] for state in first["moment"]["states"]]
    assert list(stored.dossier.states) == [state["id"] for state in last["moment"]["states"]]
    assert (last["seq"], stored.seq) == (beyond["seq"], beyond["count"])
    assert [True, True] == [it["record"]["same"] and it["moment"]["cited"] for it in (first, last)]
    assert stored.head == last["record"]["hash"]
    clocks = {clock["id"]: clock for clock in last["moment"]["clocks"]}
    for clock in last["moment"]["explained"]:
        assert clock["due"] == clocks[clock["id"]]["due"]
        assert clock["minutes"] == sum(day["minutes"] for day in clock["days"])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [('"seq":2', '"seq": 2', "hash"), ('{"', "", "hash"), ('"kind":', '"sort":', "hash")],
)
def test_a_record_that_was_tampered_with_is_named_and_still_shown(old: str, new: str, code: str) -> None:
    """The verdict names stream and number; the record is shown as text, whatever it has become."""
    office = Office()
    stored = office.store.load(office.accepted())
    stream = f"dossier:{stored.id}"
    assert (True, stored.seq) == (verify_dossier(office.house, stored).ok, stored.seq)
    rows = office.store._state.streams[stream]
    rows[1] = replace(rows[1], raw=rows[1].raw.replace(old, new, 1))

    verdict, shown = verify_dossier(office.house, stored), inspect(office.house, stored, 2)
    assert verdict.first is not None
    assert (stream, 2, code) == (verdict.first.stream, verdict.first.seq, verdict.first.code)
    assert (rows[1].raw, False) == (shown["record"]["raw"], shown["record"]["same"])
    assert inspect(office.house, stored, 1)["moment"]["states"]


def test_an_auditor_raises_an_entry_that_the_agency_works_off() -> None:
    """Open at the lead agency with its clause and words, recorded apart from the dossier, contained as any other."""
    office = Office()
    stored = office.store.load(office.accepted())
    finding = Finding(2, "8.5.1", "thiếu chữ ký")
    raised = raise_nonconformity(office.house, stored, finding, STANDARD, AUDITOR, key="a")
    again = raise_nonconformity(office.house, stored, finding, STANDARD, AUDITOR, key="a")
    assert raised == again
    contained = register.contain(office.house, raised.row.id, "officer", "đã bổ sung")

    assert stored == office.store.load(stored.dossier.code)
    shown = told(office.house, register.find(office.house, raised.row.id))
    assert ("finding:8.5.1", LEAD, "contained") == (shown["cause"], shown["agency"], shown["status"])
    assert ["thiếu chữ ký", "đã bổ sung"] == [step["text"] for step in shown["steps"]]
    assert (2, "8.5.1") == tuple(shown["steps"][0]["facts"][name] for name in ("record", "clause"))
    assert ["kiem", "officer"] == [from_raw(row.raw).actor for row in office.rows(f"registry:{LEAD}")]
    assert "thiếu" not in "".join(row.raw for row in office.rows(f"registry:{LEAD}"))
    assert ("contained", True) == (contained.status, verify_store(office.house).ok)


def test_a_finding_needs_a_record_a_clause_and_words() -> None:
    """Each that is missing is told, and nothing is stored."""
    office = Office()
    stored = office.store.load(office.accepted())
    for seq, clause, text, error in (
        (99, "8.5.1", "x", InvalidStep),
        (1, "8.5.1", " ", InvalidStep),
        (1, "99", "x", NoSuchClause),
    ):
        with pytest.raises(error):
            raise_nonconformity(office.house, stored, Finding(seq, clause, text), STANDARD, AUDITOR, key="a")
    assert [] == office.store.nonconformities()
