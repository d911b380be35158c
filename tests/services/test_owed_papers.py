"""Papers that messages owe: drafted once each, by whatever owes them, and no failure holds up the rest."""

from dataclasses import replace

import pytest
from builders import apologising, compiled, procedure_mapping
from paper_office import PRESS, opened, owing, rows, sign
from world import Office

from motcua.services import papers
from motcua.services.installation import Worlds
from motcua.services.ports import PAPER_NOTICES


def test_what_a_transition_owes_is_drafted_once() -> None:
    """The system drafts the receipt that the acceptance emitted; a second look finds nothing to do."""
    office = owing()
    code = opened(office)

    done = [papers.draft_owed(office.house, PRESS).drafted for _ in range(2)]

    [row] = rows(office, code)
    assert ([1, 0], "receipt", None) == (done, row.draft.form, row.signature)
    assert "timer" == office.records(code)[-1].cause.value
    assert row.draft.cause in {message.notice.id for message in office.store.waiting(9)}


@pytest.mark.parametrize("template", [name for name in PAPER_NOTICES if not name.startswith("apology")])
def test_every_notice_that_owes_a_paper_has_it_drafted(template: str) -> None:
    """Whatever a transition emits of them becomes a numbered draft, caused by that message, without a failure."""
    mapping = procedure_mapping()
    mapping["procedure"]["version"] = "1.1.0"
    next(given for given in mapping["transitions"] if given["id"] == "accept")["emits"] = [template]
    office = Office()
    office.pass_time(minutes=1)
    office.publish(compiled(mapping))
    code = opened(office)

    done = papers.draft_owed(office.house, PRESS)

    [message] = office.store.waiting(9)
    [row] = rows(office, code)
    assert (1, {}) == (done.drafted, done.failed)
    assert (message.notice.id, 1) == (row.draft.cause, row.draft.number)
    assert template in PRESS.spec(row.draft.form).notices


def test_an_apology_that_a_rung_drafted_is_one_letter() -> None:
    """A numbered form 04 for the head to sign; that the letter left owes no second one."""
    office = Office()
    office.pass_time(minutes=1)
    office.publish(apologising())
    code = opened(office)
    office.wait(days=12)
    first = papers.draft_owed(office.house, PRESS)
    office.extend(code)
    again = papers.draft_owed(office.house, PRESS)

    [row] = rows(office, code)
    assert (1, 0, {}, {}) == (first.drafted, again.drafted, first.failed, again.failed)
    assert ("apology", 1) == (row.draft.form, row.draft.number)
    assert "apology_draft" == next(
        m.notice.template for m in office.store.waiting(99) if m.notice.id == row.draft.cause
    )
    sign(office, code, "1/PXL-2026", "head")


def test_a_paper_that_cannot_be_drafted_keeps_no_other_from_it() -> None:
    """It is told with its reason and passed over, however few are looked at at a time."""
    office = owing()
    broken = opened(office)
    mapping = procedure_mapping()
    mapping["procedure"]["version"] = "1.2.0"
    next(given for given in mapping["transitions"] if given["id"] == "accept")["emits"] = ["receipt"]
    office.pass_time(minutes=1)
    office.publish(compiled(mapping))
    well = opened(office)
    office.store._state.versions.pop(office.store.load(broken).dossier.cfg)
    house = replace(office.house, worlds=Worlds(office.store))

    done = papers.draft_owed(house, PRESS, limit=1)

    [message] = [m.notice.id for m in office.store.waiting(9) if m.notice.payload["code"] == broken]
    assert (1, [message]) == (done.drafted, list(done.failed))
    assert [[], ["receipt"]] == [[row.draft.form for row in rows(office, code)] for code in (broken, well)]
