"""A component that can never be opened holds nobody up for ever: the lead agency gives it up, for a reason."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from dispatchers import Dispatch
from fakes import MemoryStore
from families import Household, Post, family
from group_examples import SECOND
from merging import OTHER
from world import LEAD, RESTARTING, Office, actor_of

from audit.verify import Level
from motcua.services.auditing import replay_all, verify_store
from motcua.services.dispatching import queue
from motcua.services.enacting import Request, enact
from motcua.services.families import tree
from motcua.services.giving_up import NotTriedYet, OpenAlready, give_up
from motcua.services.outbox import deliver_pending, retry_all
from motcua.services.ports import Change
from motcua.services.recording import Personal
from states.commands import GiveUpChild
from states.errors import NotAuthorised
from states.giving_up import NothingToGiveUp, ReasonWanted
from states.kin import ChildStatus

WHY = "chưa có quy trình điện tử"


class Unpublished(Household):
    """A group of which one component's procedure is not in force."""

    def __post_init__(self) -> None:
        self.office = Office(self.store)
        for procedure in family():
            if procedure.code != SECOND:
                self.office.publish(procedure)
        self.submit()

    def publish_late(self) -> None:
        """It comes into force after all."""
        self.office.publish(next(one for one in family() if one.code == SECOND))

    def stuck(self) -> None:
        """The first component is granted; the second cannot be opened, and is a dead letter at last."""
        self.accept()
        self.relay()
        self.decide("birth", "accept", "grant", "hand_over")
        for _ in range(10):
            self.office.pass_time(hours=10)
            self.relay()

    def give_up(self, component: str = "home", reason: str = WHY, officer: str = "head") -> Any:
        """Somebody gives a component up."""
        return give_up(self.office.house, self.code, component, actor_of(officer), reason)


def sound(house: Household) -> None:
    """The trail verifies, legally too, and every dossier replays."""
    assert () == verify_store(house.office.house, Level.LEGAL).findings
    assert {} == replay_all(house.office.house).different


def test_a_group_goes_on_without_a_component_that_cannot_be_opened_and_its_applicant_is_told() -> None:
    """It ends once the others are handed over; the outcome, who gave it up, and the reason beside the record remain."""
    house = Unpublished()
    house.stuck()
    assert ("gathering",) == house.parent.dossier.states
    house.decide("card", "accept", "grant", "hand_over")
    assert ("gathering",) == house.parent.dossier.states
    house.give_up()
    told = [m.notice for m in house.store.waiting(99) if m.notice.template == "component_unopened"]
    child = house.parent.dossier.children["home"]
    reasons = [json.loads(v.value) for v in house.store.personal(house.parent.id) if v.field == "reason"]
    given_up = [
        e for r in house.office.records(house.code) for e in r.events if e["kind"] == "child_given_up"
    ]
    house.relay()

    assert ("result_ready",) == house.parent.dossier.states
    assert (ChildStatus.UNOPENED, "not_opened", None) == (child.status, child.outcome, child.dossier)
    assert "not_opened" == house.parent.dossier.facts["home_outcome"]
    assert [("applicant",)] == [notice.recipients for notice in told]
    assert (WHY, [("home", "head", False)]) == (
        reasons[-1],
        [(e["component"], e["officer"], e["again"]) for e in given_up],
    )
    house.office.send(house.code, "hand_over", "counter")
    assert house.parent.dossier.ended
    sound(house)


def test_what_was_given_up_is_never_opened_whoever_revives_its_message() -> None:
    """The dead letter leaves, does nothing, and the tree shows the part as not opened."""
    house = Unpublished()
    house.stuck()
    house.give_up()
    house.publish_late()
    retry_all(house.office.house)
    house.relay()
    shown = {one["component"]: one["status"] for one in tree(house.office.house, house.code)["children"]}

    assert ([], "unopened") == (house.store.dead(9), shown["home"])
    sound(house)


def test_a_withdrawn_group_ends_though_a_component_of_it_was_never_opened() -> None:
    """The recall that waited for it has nobody to recall."""
    house = Unpublished()
    house.stuck()
    house.office.send(house.code, "withdraw", None)
    house.relay()
    assert ("recalling",) == house.parent.dossier.states
    house.give_up()
    house.office.pass_time(hours=10)
    house.relay()

    assert house.parent.dossier.ended
    sound(house)


def test_only_the_head_gives_up_for_a_reason_and_only_what_was_tried_in_vain() -> None:
    """Each refusal names the way out; what is open, or decided, or no component, is no matter of giving up."""
    house = Unpublished()
    house.accept()
    with pytest.raises(NotTriedYet):
        house.give_up("birth")
    house.relay()
    with pytest.raises(NothingToGiveUp):
        house.give_up("birth")
    with pytest.raises(NothingToGiveUp):
        house.give_up("nobody")
    house.decide("birth", "accept", "grant", "hand_over")
    house.relay()
    with pytest.raises(NotAuthorised):
        house.give_up(officer="officer")
    with pytest.raises(ReasonWanted):
        house.give_up(reason="  ")
    house.give_up()
    with pytest.raises(NothingToGiveUp):
        house.give_up()


def test_what_was_opened_at_this_very_moment_is_not_given_up() -> None:
    """The parent has not met it yet; its agency decides."""
    house = Unpublished()
    house.accept()
    house.relay()
    house.decide("birth", "accept", "grant", "hand_over")
    house.publish_late()
    parent = house.parent
    house.office.pass_time(hours=10)
    house.relay()
    child = house.child("home")
    house.store._state.heads[parent.id] = _as_before(house, parent.id)
    with pytest.raises(OpenAlready, match=child.dossier.code):
        house.give_up()


def _as_before(house: Household, id: str) -> Any:
    head = house.store._state.heads[id]
    home = replace(head.dossier.children["home"], status=ChildStatus.OWED, dossier=None)
    children = {**head.dossier.children, "home": home}
    return replace(head, dossier=replace(head.dossier, children=children))


def test_a_dossier_routed_to_where_it_cannot_be_opened_is_in_the_queue_again() -> None:
    """Another agency is named, the reason stands beside it, and the former message opens nothing."""
    dispatch = Dispatch()
    code = dispatch.codes[0]
    dispatch.route(code, LEAD, "counter")
    state = dispatch.house.store._state
    gone = {key: one for key, one in state.versions.items() if one.code == RESTARTING}
    state.versions = {key: one for key, one in state.versions.items() if key not in gone}
    for _ in range(10):
        dispatch.communes.office.pass_time(hours=10)
        deliver_pending(dispatch.house, Post())
    assert ("away",) == dispatch.house.store.load(code).dossier.states
    give_up(dispatch.house, code, "routed", actor_of("head"), WHY)
    [waiting] = [one for one in queue(dispatch.house) if one.code == code]
    dispatch.house.store._state.versions |= gone
    dispatch.route(code, OTHER, "counter")
    retry_all(dispatch.house)
    real = dispatch.real(code)

    assert ((), LEAD, WHY) == (waiting.returned, waiting.returned_by, waiting.reason)
    assert (OTHER, 2) == (real.agency, dispatch.house.store.load(code).dossier.children["routed"].attempt)
    assert 1 == sum(one.dossier.parent is not None for one in dispatch.house.store.iterate())
    assert () == verify_store(dispatch.house, Level.LEGAL).findings


class Overtaken(MemoryStore):
    """A store in which somebody acts at the very moment at which a dossier is opened."""

    meanwhile: Callable[[], object] | None = None

    def write(self, changes: Sequence[Change]) -> tuple[bool, ...]:
        written = super().write(changes)
        act, opened = self.meanwhile, any(change.dossier.parent is not None for change in changes)
        if act is not None and opened:
            self.meanwhile = None
            act()
        return written


def test_what_is_given_up_while_it_is_being_opened_ends_again() -> None:
    """The officer saw nothing open; the dossier that came into being is recalled, and the group goes on without it."""
    house = Unpublished(Overtaken())
    house.stuck()
    house.decide("card", "accept", "grant", "hand_over")
    house.publish_late()
    seen = house.parent.dossier
    command = GiveUpChild("home", actor_of("head"), seen.version, True)
    value = Personal("reason", WHY, bytes(32))

    def act() -> object:
        return enact(
            house.office.house,
            house.code,
            lambda world, stored, now: Request(command, command.actor, (value,)),
        )

    house.store.meanwhile = act
    retry_all(house.office.house)
    house.relay()
    home = [one.dossier for one in house.store.iterate() if one.dossier.procedure == SECOND]

    assert [("withdrawn", True)] == [(one.outcome, one.ended) for one in home]
    assert ("result_ready",) == house.parent.dossier.states
    known = house.parent.dossier.children["home"]
    assert (ChildStatus.ENDED, "not_opened", home[0].code) == (known.status, known.outcome, known.dossier)
    sound(house)
