"""A mass order is told to whom it concerns: one notice for each dossier, with the record that moved its clocks."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ordered_house import BACK, STORM, sound, told
from troubled import TroubledStore
from world import PAUSING, Office

from audit.verify import Level
from motcua.adapters.rendering import JinjaRenderer
from motcua.services.auditing import verify_store
from motcua.services.ordering import carry_out
from motcua.services.ports import Notice
from states.order import Order, OrderKind
from states.term import Term, Unit

TEMPLATES = Path(__file__).parents[2] / "templates"
TOLD = replace(STORM, tell=True)
TAKEN_BACK = replace(BACK, tell=True)
TWO_DAYS = Term(Unit.WORKING_DAYS, 8)


def notices(office: Office, code: str | None = None) -> list[Notice]:
    """What is owed to applicants because of orders, of one dossier or of all."""
    found = [m.notice for m in office.store.waiting(1000) if m.notice.template.startswith("order_")]
    return [one for one in found if code in (None, one.payload["code"])]


def lasting(office: Office, **changes: Any) -> Order:
    """An order that begins now."""
    return replace(TOLD, since=office.clock.at, **changes)


def test_each_dossier_owes_one_notice_with_the_record_of_the_order() -> None:
    """Its id is of that record; sending the order again tells nobody again."""
    office = Office()
    codes = [office.accepted() for _ in range(3)]
    told(office, lasting(office))
    carry_out(office.house, "storm")

    assert codes == [one.payload["code"] for one in notices(office)]
    for one in notices(office):
        dossier, seq, _ = one.id.split(":")
        raw = json.loads(office.raws(one.payload["code"])[int(seq) - 1])
        assert "apply_order" == raw["command"]["kind"]
        assert ("order_announced", "applicant") == (raw["events"][-1]["kind"], *one.recipients)
        assert office.store.load(one.payload["code"]).id == dossier
    sound(office)


def test_a_reversal_is_told_too() -> None:
    """With the appointment that holds again, and in both languages."""
    office = Office()
    code = office.accepted()
    before = office.store.load(code).dossier.clocks["committed"].due
    told(office, lasting(office))
    told(office, replace(TAKEN_BACK, since=office.clock.at))
    first, second = notices(office, code)

    assert (None, before) == (
        first.payload["new_due"],
        office.store.load(code).dossier.clocks["committed"].due,
    )
    assert ("order_reversal", first.payload["previous_due"]) == (second.template, second.payload["new_due"])
    rendered = {one.template: text(one) for one in (first, second)}
    assert "cho đến khi có thông báo tiếp theo" in rendered["order_notice"]
    assert "until further notice" in rendered["order_notice"]
    assert all("15/QĐ-UBND" in words and "Bão" in words and "Storm" in words for words in rendered.values())
    sound(office)


def text(notice: Notice) -> str:
    """A notice as it leaves."""
    said = {**notice.payload, "message_id": notice.id, "recipients": notice.recipients}
    return JinjaRenderer(TEMPLATES).render(notice.template, said)


def test_the_notice_of_an_order_with_an_end_says_what_will_be_due() -> None:
    """And when the order has lifted itself, that is what is due."""
    office = Office()
    code = office.accepted()
    told(office, lasting(office, until=office.clock.at + timedelta(days=3)))
    [notice] = notices(office, code)
    office.wait(days=4)
    [due] = {office.store.load(code).dossier.clocks["committed"].due}
    assert due is not None
    assert notice.payload["new_due"] == office.house.worlds.calendars["vn-gov"].local(due).isoformat()
    assert notice.payload["previous_due"] < notice.payload["new_due"]


def test_an_extension_says_what_was_and_what_is_promised() -> None:
    """The words are those of an extension."""
    office = Office()
    code = office.accepted()
    told(office, lasting(office, kind=OrderKind.EXTEND, term=TWO_DAYS))
    [notice] = notices(office, code)
    assert notice.payload["previous_due"] < notice.payload["new_due"]
    assert "GIA HẠN THỜI HẠN" in text(notice) and "TẠM DỪNG" not in text(notice)


def test_who_waits_for_papers_is_told_that_nobody_knows_yet() -> None:
    """A supplement holds the clock beside the order; no day is promised that could be wrong."""
    office = Office()
    code = office.accepted(PAUSING)
    office.send(code, "ask_more", "officer")
    told(office, lasting(office, until=office.clock.at + timedelta(days=3)))
    [notice] = notices(office, code)
    assert (None, None) == (notice.payload["previous_due"], notice.payload["new_due"])
    assert "begins, or runs on" in text(notice)


def test_who_has_a_result_or_has_ended_is_told_nothing() -> None:
    """Their time was over before; the order changes nothing for them."""
    office = Office()
    ready, ended = office.accepted(), office.accepted()
    for transition, officer in (("appraise", "officer"), ("visit", "officer"), ("answer", "firefighter")):
        office.send(ready, transition, officer)
    office.send(ready, "decide", "head")
    office.send(ended, "withdraw", None)
    done = told(office, lasting(office))
    assert ([ready], []) == (done.codes, notices(office))


@pytest.mark.parametrize("reversal_tells", [True, False])
def test_an_order_may_say_that_it_is_not_told(reversal_tells: bool) -> None:
    """Then nobody hears of its reversal either; of one that was told, the reversal may be silent."""
    office = Office()
    office.accepted()
    told(office, lasting(office, tell=False))
    told(office, replace(TAKEN_BACK, since=office.clock.at, tell=reversal_tells))
    assert [] == notices(office)
    sound(office)


def test_what_was_not_recorded_is_not_told() -> None:
    """The store breaks while an order is applied: no record, no notice; after the next go there are both."""
    store = TroubledStore()
    office = Office(store)
    code = office.accepted()
    store.broken = OSError("no space left on device")
    with pytest.raises(OSError, match="no space"):
        told(office, lasting(office))
    store.broken = None
    assert ((), []) == (store.load(code).dossier.orders, notices(office))
    carry_out(office.house, "storm")
    assert 1 == len(notices(office, code))


def test_a_record_that_tells_something_else_than_the_paper_is_found() -> None:
    """The auditor holds number, signer and cause against the text that the record cites."""
    office = Office()
    code = office.accepted()
    told(office, lasting(office))
    [row] = [row for row in office.store.orders() if row.id == "storm"]
    office.store._state.orders[row.digest] = replace(row, body=row.body.replace("Chairman", "Somebody"))
    assert any(one.code == "order" for one in verify_store(office.house, Level.LEGAL).findings)
    assert code
