"""A dispatcher's queue in an office with two communes."""

from dataclasses import replace
from functools import cache
from typing import Any

from builders import compiled, label, move, state
from fakes import MemoryStore
from families import Post
from group_examples import group_mapping
from merging import Communes, merger
from world import LEAD, RESTARTING

from motcua.services.dispatching import route
from motcua.services.identity import officer
from motcua.services.intake import Submission, submit
from motcua.services.outbox import deliver_pending
from motcua.services.reorganising import take_effect
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
    mapping["components"] = [{**routed, "party": {"fact": "competent"}, "returned": "again"}]
    quick = label("quick")
    mapping["states"] = [
        state("waiting", public=1, holder="counter", initial=True, no_clock=quick),
        state("away", public=2, holder="system", gathers="settled", no_clock=quick),
        state("closed", public=10, final=True, outcome="settled"),
    ]
    mapping["transitions"] = [
        move("route", ["waiting"], "away", "counter", inputs=["competent"]),
        move("settled", ["away"], "closed", "system"),
        move("again", ["away"], "waiting", "system"),
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
