"""Holds a drill of handoffs: both sides work, wire and portal misbehave, sides die one by one; then all heals."""

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from time import monotonic

from flows.cluster.processes import Process, start, wait_until
from flows.cluster.signals import undisturbed
from flows.handoff_drill.heard import Heard, held_against
from flows.handoff_drill.merged import Trail, Verdict, compare, read_trail
from flows.handoff_drill.wire import Wire
from flows.kill_drill.errors import NoRecovery
from flows.kill_drill.ledger import Reader, Told, read_lines
from motcua.bootstrap import environment_of, needed_portal, open_house
from motcua.bootstrap.handoff_drill import Place, TroubledPortal, prepare, troubled_portal, two_places
from motcua.services.auditing import verify_store
from motcua.services.portal import reconcile
from motcua.settings import Settings

PATIENCE = 180.0
"""Within so many seconds something must have been finished, or the drill gives up."""
DEATHS = 12
"""So many times somebody dies, as good as evenly over the work."""
LONGEST_PAUSE = 1.0
SAMPLED = 0.5
EVER = timedelta(days=3650)


@dataclass(slots=True)
class Held:
    """What a drill found.

    Attributes:
        unsound: What is wrong with either trail by itself.
    """

    verdict: Verdict
    heard: Heard
    deaths: int = 0
    carried: int = 0
    troubled: int = 0
    unsound: list[str] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """Whether both trails are sound, name each other, and the portal says the same as they."""
        return not self.unsound and not self.verdict.unnamed and self.heard.good

    @property
    def good(self) -> bool:
        """Whether nothing went wrong."""
        verdict = self.verdict
        return self.verified and not (verdict.lost or verdict.double or verdict.conflicts)


def hold(count: int, seed: int, settings: Settings, folder: Path, told: Callable[[int], None]) -> Held:
    """Hold a drill.

    Args:
        count: How many dossiers are handed over, half of them by each side.
        seed: Decides who dies, when, and which messages go astray; not how the machine schedules it.
        settings: Whose templates are used; all else is the drill's own.
        folder: Empty; databases, ledgers and logs are left in it.
        told: Called with how many more dossiers have ended.

    Raises:
        NoRecovery: Nothing more was finished for minutes.
    """
    ports = dict(zip("ab", _free_ports(2), strict=True))
    with _wires(ports, seed) as wires, troubled_portal(seed) as portal:
        places = two_places(settings, folder, ports, portal.url)
        prepare(places, {name: wire.port for name, wire in wires.items()})
        wanted = dict(zip("ab", (count - count // 2, count // 2), strict=True))
        drill = _Drill(places, wires, portal, wanted, Random(seed), folder, told)
        try:
            drill.run(count)
        finally:
            drill.dismiss()
        return drill.judge()


@contextmanager
def _wires(ports: dict[str, int], seed: int) -> Iterator[dict[str, Wire]]:
    wires = {name: Wire(port, Random(f"{seed}{name}")) for name, port in ports.items()}
    try:
        yield wires
    finally:
        for wire in wires.values():
            wire.close()


def _free_ports(count: int) -> list[int]:
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(door.getsockname()[1]) for door in doors]
    for door in doors:
        door.close()
    return ports


@dataclass
class _Drill:
    places: tuple[Place, Place]
    wires: dict[str, Wire]
    portal: TroubledPortal
    wanted: dict[str, int]
    random: Random
    folder: Path
    told: Callable[[int], None]
    deaths: int = 0
    _at_work: dict[str, Process] = field(default_factory=dict)
    _readers: dict[str, Reader] = field(init=False)

    def __post_init__(self) -> None:
        self._readers = {place.name: Reader(self._ledger(place), [], []) for place in self.places}

    def run(self, count: int) -> None:
        """Let them work and die until most of what was asked for is finished; then heal, and wait for the rest."""
        next_death, seen, since = count / DEATHS, 0, monotonic()
        while (ended := self._ended()) < count:
            if ended > seen:
                self.told(ended - seen)
                seen, since = ended, monotonic()
            if monotonic() - since > PATIENCE:
                raise NoRecovery(what=f"{ended} of {count}", seconds=int(PATIENCE), folder=self.folder)
            if not self._healing(ended, count) and ended >= next_death:
                wait_until(lambda: False, self.random.uniform(0, LONGEST_PAUSE))
                self._kill(self.random.choice(self.places))
                next_death = ended + count / DEATHS
            self._mend()
            wait_until(lambda: False, SAMPLED)
        self._heal()  # the last tenth may have ended between two looks
        self.told(count - seen)
        if not wait_until(self._silent, PATIENCE):
            raise NoRecovery(what="the last dossier", seconds=int(PATIENCE), folder=self.folder)

    def _healing(self, ended: int, count: int) -> bool:
        """From nine tenths on nobody dies any more, if somebody has, and wire and portal are honest."""
        if self.deaths < len(self.places) or ended < count * 9 // 10:
            return False
        self._heal()
        return True

    def _heal(self) -> None:
        for wire in self.wires.values():
            wire.honest.set()
        self.portal.heal()

    def _mend(self) -> None:
        for place in self.places:
            if place.name not in self._at_work or not self._at_work[place.name].alive:
                log = self.folder / f"{place.name}.log"
                environment = {**os.environ, **environment_of(place.settings), "MOTCUA_LANG": "en"}
                with undisturbed():
                    self._at_work[place.name] = start(self._command(place), log, environment)

    def _command(self, place: Place) -> list[str]:
        told = str(self._ledger(place)), str(place.port), place.procedure, place.agency
        how = str(self.wanted[place.name]), str(self.random.randrange(10**6))
        return [sys.executable, "-m", "flows.handoff_drill.side", *told, *how]

    def _ledger(self, place: Place) -> Path:
        return self.folder / f"{place.name}.jsonl"

    def _kill(self, place: Place) -> None:
        process = self._at_work.pop(place.name)
        os.kill(process.pid, signal.SIGKILL)
        wait_until(lambda: not process.alive, PATIENCE)
        self.deaths += 1

    def dismiss(self) -> None:
        """Let both finish what they do, and end."""
        for process in self._at_work.values():
            process.stop(signal.SIGTERM, PATIENCE)
        self._at_work.clear()

    def _ended(self) -> int:
        """Count the dossiers of either side that have ended: those that somebody was told of, less the open ones."""
        ended = 0
        for place in self.places:
            told = self._readers[place.name].catch_up()
            with open_house(settings=place.settings) as house:
                still = sum(stored.dossier.origin is None for stored in house.store.iterate(open_only=True))
            ended += max(0, told - still)
        return ended

    def _silent(self) -> bool:
        """Tell whether neither side owes anybody anything."""
        self._mend()
        owed = 0
        for place in self.places:
            with open_house(settings=place.settings) as house:
                state = house.store.outbox_state()
                owed += state.waiting + state.dead
        return not owed

    def judge(self) -> Held:
        """Have both trails verified, and compare them with each other and with what the portal says."""
        trails, unsound, found = [], [], []
        for place in self.places:
            with open_house(settings=place.settings) as house:
                trails.append(read_trail(place.log, house.store.all_records()))
                unsound += [f"{place.name}: {finding}" for finding in verify_store(house).findings]
                found.append(reconcile(house, needed_portal(place.settings), EVER))
        carried = sum(wire.carried for wire in self.wires.values())
        troubled = sum(wire.troubled for wire in self.wires.values())
        ledger = self.portal.ledger
        heard = Heard(len(ledger.dossiers), asked=self.portal.asked, troubled=self.portal.troubled)
        moved = trails[0].steps + trails[1].steps
        held_against(heard, found, moved, (step["MaHoSo"] for step in ledger.progress))
        return Held(self._compared(*trails), heard, self.deaths, carried, troubled, unsound)

    def _compared(self, one: Trail, other: Trail) -> Verdict:
        told = [
            Told(**line["told"]).code
            for place in self.places
            for line in read_lines(self._ledger(place))[0]
            if "told" in line
        ]
        return compare(told, one, other)
