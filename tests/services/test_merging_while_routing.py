"""A reorganisation meets the dispatcher's queue: what is on its way is opened by whoever took over."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from builders import compiled, label, move, state
from fakes import MemoryStore
from families import Post
from group_examples import group_mapping
from merging import MERGED, OTHER, Communes, merger
from world import LEAD, RESTARTING

from motcua.services.dispatching import queue, route
from motcua.services.identity import officer
from motcua.services.intake import Submission, submit
from motcua.services.outbox import deliver_pending
from motcua.services.reorganising import take_effect
from states.directory import AgencyClosed
from states.procedure import Procedure

DISPATCH = "9.000009"


@cache
def dispatching() -> Procedure:
    """A dossier waits until somebody names the agency, then for the real one to end."""
    mapping = group_mapping()
    mapping["procedure"]["code"] = DISPATCH
    mapping["facts"] = [{"id": id, "type": "text", "label": label(id)} for id in ("wanted", "competent")]
    mapping["documents"] = []
    routed = {"id": "routed", "label": label("routed"), "procedure": {"fact": "wanted"}}
    mapping["components"] = [{**routed, "party": {"fact": "competent"}}]
    quick = label("quick")
    mapping["states"] = [
        state("waiting", public=1, holder="counter", initial=True, no_clock=quick),
        state("away", public=2, holder="system", gathers="settled", no_clock=quick),
        state("closed", public=10, final=True, outcome="settled"),
    ]
    mapping["transitions"] = [
        move("route", ["waiting"], "away", "counter", inputs=["competent"]),
        move("settled", ["away"], "closed", "system"),
    ]
    mapping["clocks"]["legal"] |= {"starts": "route", "stops": ["closed"]}
    mapping["clocks"].pop("committed")
    return compiled(mapping)


class Dispatch:
    """Two communes with a dispatcher, and two dossiers whose agency is not known."""

    def __init__(self) -> None:
        self.communes = Communes(MemoryStore(), 0)
        self.communes.office.publish(dispatching())
        self.house = replace(self.communes.house, dispatch=DISPATCH)
        self.codes = [self.submit(), self.submit()]

    def submit(self) -> str:
        """Hand a dossier in that could be decided by either commune."""
        given = Submission(RESTARTING, "counter", None, {"kind": "repair"}, ("form",), received=LEAD)
        return submit(self.house, given).dossier.code

    def route(self, code: str, agency: str, person: str) -> None:
        """Name the agency."""
        route(self.house, code, agency, officer(self.house, person), None)

    def real(self, code: str) -> Any:
        """The dossier that was opened for one that waited."""
        deliver_pending(self.house, Post())
        found = self.house.store.load(code).dossier.children["routed"].dossier
        return self.house.store.load(str(found)).dossier

    def merge(self) -> None:
        """The communes become one."""
        self.communes.review(merger())
        self.communes.until_the_day()
        [effected] = take_effect(self.house)
        assert {} == effected.failed


def test_what_was_routed_to_a_closed_agency_is_opened_at_its_heir() -> None:
    """The message was still waiting: the real dossier has the code of whoever took over, and papers as given."""
    dispatch = Dispatch()
    code = dispatch.codes[0]
    dispatch.route(code, OTHER, "counter")
    dispatch.merge()
    real = dispatch.real(code)
    waited = dispatch.house.store.load(code).dossier
    told = (real.agency, real.code.partition("-")[0], real.documents, waited.agency)
    assert (MERGED, MERGED, ("form",), MERGED) == told
    assert OTHER == waited.facts["competent"] == waited.children["routed"].agency


def test_what_still_waits_is_routed_to_the_heir_and_nobody_else() -> None:
    """The closed agency is refused with its successor's name; the queue lost nothing."""
    dispatch = Dispatch()
    code = dispatch.codes[1]
    dispatch.merge()
    assert dispatch.codes == [waiting.code for waiting in queue(dispatch.house)]
    with pytest.raises(AgencyClosed, match=MERGED):
        dispatch.route(code, OTHER, "counter")
    dispatch.route(code, MERGED, "counter")
    assert MERGED == dispatch.real(code).agency


def test_what_was_opened_before_follows_and_is_heard_of() -> None:
    """The real dossier keeps its code and ends its waiting one when it ends."""
    dispatch = Dispatch()
    code = dispatch.codes[0]
    dispatch.route(code, OTHER, "counter")
    real = dispatch.real(code)
    dispatch.merge()
    assert (MERGED, real.code) == (dispatch.real(code).agency, dispatch.real(code).code)
    dispatch.communes.office.send(real.code, "withdraw", None)
    deliver_pending(dispatch.house, Post())
    assert dispatch.house.store.load(code).dossier.ended
