"""Two installations that serve each other's agencies: their own stores, logs and keys, joined by a wire of the test."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from threading import Thread
from typing import Any, TypeVar

from builders import OWN, Raw, label, move, procedure_mapping, state
from builders import clock as step
from handing_over import HANDED, handing, handing_ladders
from world import FIRE, LEAD, Office, actor_of

from audit.legality import check
from motcua.adapters.peer_server import Desk, serve
from motcua.adapters.peer_wire import HttpWire
from motcua.adapters.standard_webhooks import generate, read_private
from motcua.services.auditing import reconcile, verify_store
from motcua.services.handoffs import Asked
from motcua.services.installation import Worlds
from motcua.services.outbox import Relayed, deliver_pending
from motcua.services.ports import Peer, Peers
from states.chart import compile_table
from states.dossier import Dossier
from states.events import event_from_wire
from states.parsing import parse_procedure
from states.procedure import Procedure

SENDS, TAKES = "9.000003", "9.000004"
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
Found = TypeVar("Found")


@cache
def sending() -> Procedure:
    """The commune's: the fire police checks, and hands back."""
    return replace(handing(), code=SENDS)


@cache
def taking() -> Procedure:
    """The fire police's own: it begins with what it is offered."""
    mapping = procedure_mapping()
    mapping["procedure"]["code"] = TAKES
    handoff = {**HANDED, "returns": "send_back", **OWN}
    starts = {"starts": "begin", "stops": ["checked"]}
    return with_handoffs(
        {
            **mapping,
            "parties": [{**mapping["parties"][1], "resolve": "competent"}],
            "roles": [role for role in mapping["roles"] if role["party"] == "fire"],
            "separation_of_duties": [],
            "fees": [],
            "suspensions": [],
            "extensions": [],
            "clocks": {name: {**given, **starts} for name, given in mapping["clocks"].items()},
            "states": [
                state(
                    "offered", public=1, holder="fire_officer", initial=True, clock=step(8), handoff=handoff
                ),
                state("checking", public=4, holder="fire_officer", clock=step(8)),
                state("checked", public=10, final=True, outcome="fire_ok"),
                state("sent_back", public=7, final=True, outcome="returned"),
            ],
            "transitions": [
                move("begin", ["offered"], "checking", "fire_officer"),
                move("conclude", ["checking"], "checked", "fire_officer", inputs=["objects"]),
                move("send_back", ["offered"], "sent_back", "fire_officer", reason="required"),
            ],
        }
    )


def with_handoffs(mapping: Raw) -> Procedure:
    """A procedure as it is put in force, with the ladder of handoffs."""
    procedure = parse_procedure(mapping, handing_ladders(), "0" * 64)
    chart = compile_table(procedure.states, procedure.transitions, procedure.initial[0])
    return replace(procedure, initial=chart.initial, table=chart.table)


class Mailbox:
    """Takes everything that does not go to a peer."""

    name = "mailbox"

    def send(self, message: str, recipients: Any, text: str) -> None:
        """Take a message."""


@dataclass
class Side:
    """One installation, and its door."""

    office: Office
    desk: Desk
    public: str
    secret: str
    server: Any

    def relay(self) -> Relayed:
        """Send what is owed."""
        return deliver_pending(self.office.house, Mailbox())

    def dossier(self, code: str) -> Dossier:
        """Return a dossier as it stands."""
        return self.office.store.load(code).dossier

    def asked(self, code: str, state: str, officer: str = "firefighter") -> Asked:
        """What an officer asks of a handoff."""
        return Asked(code, state, actor_of(officer))

    def only(self, procedure: str) -> str:
        """Return the code of the one dossier of a procedure."""
        [code] = [s.dossier.code for s in self.office.store.iterate() if s.dossier.procedure == procedure]
        return code

    def sound(self) -> list[Any]:
        """Return what the auditor finds."""
        house, store = self.office.house, self.office.store
        illegal = [
            found
            for row in store.iterate()
            for found in check(self.office.records(row.dossier.code), self.office.rules)
        ]
        return [*verify_store(house).findings, *reconcile(house, self.office.clock.at).faults, *illegal]


@dataclass
class Houses:
    """The commune's and the fire police's."""

    commune: Side
    fire: Side
    now: Callable[[], datetime] = lambda: NOW
    _threads: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        """Open both doors."""
        for side in (self.commune, self.fire):
            thread = Thread(target=side.server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Shut them."""
        for side, thread in zip((self.commune, self.fire), self._threads, strict=True):
            side.server.shutdown()
            side.server.server_close()
            thread.join()

    def exchange(self) -> None:
        """Let both relay until nothing more can leave."""
        for _ in range(2):
            self.commune.relay()
            self.fire.relay()

    def offered(self) -> str:
        """A dossier of the commune that was offered to the fire police; nothing has left yet."""
        code = self.commune.office.accepted(SENDS)
        self.commune.office.send(code, "to_fire", "officer")
        return code


def _side(log: str, procedure: Procedure) -> Side:
    office = Office(log=log)
    office.publish(procedure)
    secret, public = generate()
    desk = Desk(office.house, read_private(secret), lambda: NOW)
    return Side(office, desk, public, secret, serve(desk))


def knows(side: Side, other: Side, name: str, agencies: tuple[str, ...], opens: dict[str, str]) -> None:
    """Let one side know the other, which serves some agencies and opens a procedure for what it is offered."""
    url = f"http://127.0.0.1:{other.server.server_address[1]}/peer"
    peer = Peer(name, other.office.house.log, url, (other.public,), agencies, opens)
    wire = HttpWire(side.office.house.log, read_private(side.secret), lambda: NOW)
    house = side.office.house
    side.office.house = replace(house, peers=Peers((peer,), wire), worlds=Worlds(side.office.store, agencies))
    object.__setattr__(side.desk, "house", side.office.house)


def two_houses(
    here: Procedure | None = None, there: Procedure | None = None, opens: dict[str, str] | None = None
) -> Houses:
    """Both installations, which know each other; their doors are shut. Each has the procedure given."""
    commune = _side("commune.example/log", here or sending())
    fire = _side("fire.example/log", there or taking())
    knows(commune, fire, "fire", (FIRE,), {})
    knows(fire, commune, "commune", (LEAD,), {SENDS: TAKES} if opens is None else opens)
    return Houses(commune, fire)


def events(side: Side, code: str, kind: type[Found]) -> list[Found]:
    """The events of a kind in a dossier's records."""
    all_of = (event_from_wire(event) for record in side.office.records(code) for event in record.events)
    return [event for event in all_of if isinstance(event, kind)]


def hashes(side: Side, code: str) -> set[str]:
    """The leaf hashes of a dossier's records."""
    return {row.leaf_hash for row in side.office.store.records(f"dossier:{side.office.store.load(code).id}")}


def code_of(body: bytes) -> str:
    """Return the code of the error that an answer tells of."""
    return str(json.loads(body)["error"]["code"])


__all__ = [
    "FIRE",
    "LEAD",
    "SENDS",
    "TAKES",
    "Houses",
    "Side",
    "code_of",
    "events",
    "hashes",
    "knows",
    "label",
    "two_houses",
]
