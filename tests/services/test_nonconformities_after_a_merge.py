"""An entry that names an agency which is no more: its check looks at whoever took the agency over, too."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from merging import MERGED, OTHER, Communes, merger
from stores import KINDS, each_store
from world import LEAD, RESTARTING

from motcua.services import nonconformities as register
from motcua.services.auditing import verify_store
from motcua.services.identity import officer
from motcua.services.intake import Submission, submit
from motcua.services.ports import Store
from motcua.services.register_steps import Entry
from motcua.services.reorganising import take_effect
from motcua.services.transitions import Particulars, send
from states.term import parse_term


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind in turn."""
    yield from each_store(request)


class Register:
    """Two communes, one of which was late with an apology, has set an action, and is merged away."""

    def __init__(self, store: Store) -> None:
        self.communes = Communes(store, 0)
        self.office, self.house = self.communes.office, self.communes.house
        self.accepted(LEAD, "counter")
        self.name = self.late(LEAD, "counter", "head")
        register.contain(self.house, self.name, "officer", "đã gọi điện")
        register.set_cause(self.house, self.name, "officer", "people", ("people",))
        due = (self.office.clock.at + timedelta(days=1)).date()
        register.act(self.house, self.name, "officer", "unit_head", due, "thêm người")

    def accepted(self, agency: str, counter: str) -> str:
        """A dossier that an agency took in a moment ago; returns its code."""
        given = Submission(RESTARTING, "counter", agency, {"kind": "repair"}, ("form",))
        code = submit(self.house, given).dossier.code
        facts = Particulars(facts={"fee_paid": True})
        send(self.house, code, "accept", officer(self.house, counter), None, facts)
        return code

    def late(self, agency: str, counter: str, head: str) -> str:
        """Let an apology of an agency leave too late; returns the id of the nonconformity that this is."""
        code = self.accepted(agency, counter)
        self.office.wait(days=7)
        more = Particulars(reason="because", by=parse_term("working_days", "2"))
        send(self.house, code, "extend", officer(self.house, head), None, more)
        late = [row for row in self.communes.store.nonconformities() if row.cause == "late_apology"]
        return late[-1].id

    def merge(self) -> None:
        """Both communes become one, eight days later than usual."""
        day = (self.office.clock.at + timedelta(days=2)).date()
        self.communes.review(merger(effective=day))
        self.office.wait(days=2)
        [effected] = take_effect(self.house)
        assert {} == effected.failed

    def check(self) -> Entry:
        """Look again, by somebody who went along."""
        return register.check(self.house, self.name, "colleague")


def test_what_comes_again_at_the_heir_is_found(store: Store) -> None:
    """A dossier that only the merged agency ever knew shows that the action did not help."""
    one = Register(store)
    one.merge()
    again = one.late(MERGED, "counter", "head")
    facts = one.check().steps[-1].facts
    assert ([again], False) == (facts["found"], facts["effective"])
    assert (LEAD, [LEAD, MERGED]) == (facts["query"]["agency"], facts["query"]["agencies"])
    assert verify_store(one.house).ok


def test_what_the_heir_handled_shows_that_the_action_helped(store: Store) -> None:
    """Nothing came again in what was handled since, by whoever it was led; the entry keeps its agency's name."""
    one = Register(store)
    one.merge()
    one.accepted(MERGED, "counter")
    checked = one.check()
    assert (0, True) == (checked.steps[-1].facts["count"], checked.steps[-1].facts["effective"])
    closed = register.close(one.house, one.name, "head")
    assert ("closed", LEAD) == (closed.status, closed.row.agency)
    assert {f"registry:{LEAD}"} == {step.stream for step in closed.steps}


def test_what_another_agency_did_before_it_was_merged_is_its_own(store: Store) -> None:
    """The other commune's breach is none of this one's, though both have one heir now."""
    one = Register(store)
    one.late(OTHER, "one_stop_officer.2", "head.2")
    one.merge()
    one.accepted(MERGED, "counter")
    assert [] == one.check().steps[-1].facts["found"]
