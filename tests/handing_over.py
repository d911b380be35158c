"""A small procedure with a handoff there and back, and one by post, in the world of the tests."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from builders import OWN, Raw, clock, label, ladder_mapping, ladders, move, procedure_mapping, state
from world import FIRE, LEAD, START, actor_of, calendar, directory

from states.chart import compile_table
from states.commands import (
    APPLICANT_ACTOR,
    AcceptHandoff,
    AcknowledgeHandoff,
    Actor,
    Command,
    FireTransition,
    OpenDossier,
    ReturnHandoff,
)
from states.custody import custodian
from states.dossier import Dossier, fold
from states.events import Event
from states.ladder_parsing import parse_ladder
from states.machine import decide
from states.parsing import parse_procedure
from states.procedure import Ladder, Procedure
from states.world import World

HANDED = {
    "via": "data",
    "acknowledge": {"working_hours": 1},
    "accept": {"working_hours": 2},
    "ladder": "handing@1",
}
POSTED = {"via": "post", "acknowledge": None, "accept": {"working_hours": 8}}
RUNGS = [
    {"id": "due", "at": "due", "do": ["notify"], "to": ["head@receiver", "officer@receiver"]},
    {
        "id": "up",
        "at": {"after": {"working_hours": 1}},
        "do": ["notify"],
        "to": ["assignee@sender", "head@sender"],
    },
]


def handing_ladders() -> dict[str, Ladder]:
    """The default ladders, and one for handoffs."""
    ladder = parse_ladder(ladder_mapping("handing", rungs=RUNGS))
    return {**ladders(), ladder.id: ladder}


def handing_mapping() -> dict[str, Any]:
    """The fire police takes a dossier over, pauses its clocks, and hands it back; a result goes by post."""
    mapping = procedure_mapping()
    pause = {"id": "fire", "cause": label("fire"), "effect": "pause", "max_times": 5, **OWN}
    mapping["suspensions"] = [*mapping["suspensions"], pause]
    mapping["states"] += [
        state(
            "fire_check",
            public=4,
            holder="fire_officer",
            suspends="fire",
            clock=clock(2, on_due="fire_late"),
            handoff={**HANDED, "returns": "refuse_fire", **OWN},
        ),
        state(
            "back",
            public=4,
            holder="officer",
            clock=clock(1),
            handoff={**HANDED, "returns": "refuse_back", **OWN},
        ),
        state("late", public=4, holder="officer", clock=clock(1)),
        state("posted", public=9, holder="applicant", no_clock=label("post"), handoff={**POSTED, **OWN}),
    ]
    mapping["transitions"] = _moves(mapping["transitions"])
    return mapping


def _moves(given: list[Raw]) -> list[Raw]:
    return [
        *(t for t in given if t["id"] != "withdraw"),
        move(
            "withdraw",
            ["submitted", "handling", "waiting", "fire_check", "back"],
            "stopped",
            "applicant",
            "counter",
        ),
        move("to_fire", ["appraising"], "fire_check", "officer"),
        move("refuse_fire", ["fire_check"], "appraising", "fire_officer", reason="required"),
        move("fire_ok", ["fire_check"], "back", "fire_officer"),
        move("refuse_back", ["back"], "fire_check", "officer", reason="required"),
        move("take_up", ["back"], "signing", "officer"),
        move("fire_late", ["fire_check"], "late", "system"),
        move("go_on", ["late"], "signing", "officer"),
        move("post", ["result_ready"], "posted", "counter"),
        move("got", ["posted"], "closed", "applicant"),
    ]


@cache
def handing() -> Procedure:
    """That procedure, with its table."""
    return with_table(handing_mapping())


def with_table(mapping: Raw) -> Procedure:
    """A procedure of handoffs as it is put in force."""
    procedure = parse_procedure(mapping, handing_ladders(), "0" * 64)
    chart = compile_table(procedure.states, procedure.transitions, procedure.initial[0])
    return replace(procedure, initial=chart.initial, table=chart.table)


def world_of(procedure: Procedure) -> World:
    """The rules of the test province for a procedure."""
    return World(procedure, {"vn-gov": calendar()}, directory(), "1" * 64, {"vn-gov": "2" * 64}, "3" * 64)


@dataclass
class Play:
    """One dossier, decided and folded by hand; what it was after each decision is kept."""

    world: World = field(default_factory=lambda: world_of(handing()))
    now: datetime = START
    dossier: Dossier | None = None
    moments: list[tuple[datetime, Dossier]] = field(default_factory=list)
    events: tuple[Event, ...] = ()

    def do(self, command: Command) -> Dossier:
        """Decide and fold one command."""
        self.events = decide(self.world, self.dossier, command, self.now)
        if self.events:
            self.dossier = fold(self.dossier, self.events, by_person=True)
            self.moments.append((self.now, self.dossier))
        assert self.dossier is not None
        return self.dossier

    def open(self) -> Dossier:
        """Submit a complete dossier."""
        facts = {"kind": "repair"}
        parties = {"lead": LEAD, "fire": FIRE}
        return self.do(OpenDossier("D-1", "counter", parties, APPLICANT_ACTOR, facts, ("form",)))

    def fire(self, transition: str, officer: str | None) -> Dossier:
        """Move it along, for a reason."""
        given = {"accept": {"fee_paid": True}, "answer": {"objects": False}}
        return self.do(
            FireTransition(
                transition, _actor(officer), self.version, given.get(transition, {}), reasoned=True
            )
        )

    def offered(self) -> Dossier:
        """A dossier that the lead agency offers to the fire police."""
        self.open()
        self.fire("accept", "counter")
        return self.fire("to_fire", "officer")

    def acknowledge(self, state: str, officer: str | None) -> Dossier:
        """Say that it has come."""
        return self.do(AcknowledgeHandoff(state, _actor(officer), self.version))

    def accept(self, state: str, officer: str | None) -> Dossier:
        """Take it over."""
        return self.do(AcceptHandoff(state, _actor(officer), self.version))

    def give_back(self, state: str, officer: str | None, reasoned: bool = True) -> Dossier:
        """Return it."""
        return self.do(ReturnHandoff(state, _actor(officer), self.version, reasoned=reasoned))

    @property
    def held(self) -> str:
        """Who has custody."""
        assert self.dossier is not None
        return custodian(self.world.procedure, self.dossier).party

    @property
    def version(self) -> int:
        """What --expect compares."""
        return 0 if self.dossier is None else self.dossier.version


def _actor(officer: str | None) -> Actor:
    return APPLICANT_ACTOR if officer is None else actor_of(officer)


def posted() -> Play:
    """A result that is to go to the applicant by post."""
    play = Play()
    play.offered()
    for leaf, officer, then, by in (
        ("fire_check", "firefighter", "fire_ok", "firefighter"),
        ("back", "officer", "take_up", "officer"),
    ):
        play.accept(leaf, officer)
        play.fire(then, by)
    assert play.dossier is not None
    play.dossier = replace(play.dossier, facts={**play.dossier.facts, "objects": False})
    play.fire("decide", "head")
    play.fire("post", "counter")
    return play
