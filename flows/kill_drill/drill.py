"""Holds a drill: kills at random, looks at what is left, and says how long it took until work went on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic

from flows.cluster.processes import wait_until
from flows.embedded import run_round
from flows.kill_drill.crew import CLIENTS, WORKERS, Crew, at_work
from flows.kill_drill.errors import NoRecovery
from flows.kill_drill.server import Server, server_at, trial_server
from motcua.bootstrap import notice_channel, open_house, paper_press
from motcua.bootstrap.kill_drill import PACE, drill_settings, prepare, server_folder
from motcua.services.drilling import drill as draw
from motcua.services.installation import VIRTUAL_END
from motcua.services.outbox import LEASE
from motcua.services.surviving import Losses, look, look_closely, stale_twin
from motcua.settings import Settings
from states.errors import DomainError

BETWEEN = 20
"""At least so many commands are acknowledged between two kills."""

PATIENCE = 60.0
"""Within so many seconds after a recovery everything that was due has happened."""

LONGEST_PAUSE = 0.3
SAMPLE = 5
TRIAL = "postgresql"
SERVER = "server"


@dataclass(slots=True)
class Held:
    """What a drill found.

    Attributes:
        recovery_seconds: For each kill, from the restart to the first command acknowledged after it, by the client
            itself where a client was killed; a minute where there was none, which ends the killing.
        refused: Rungs that the stale twin was kept from firing again.
    """

    acknowledged: int = 0
    recovery_seconds: list[float] = field(default_factory=list)
    refused: int = 0
    losses: Losses = field(default_factory=Losses)


def hold(
    kills: int, db: str | None, seed: int, settings: Settings, folder: Path, told: Callable[[], None]
) -> Held:
    """Hold a drill on a database of its own.

    Args:
        kills: How many.
        db: URL of an empty database; `postgresql` for a trial server; None for an SQLite file in *folder*.
        seed: Decides who is killed, when, and what clients ask; not how the machine schedules it.
        settings: Whose templates are used; all else is the drill's own.
        folder: Empty; ledgers, mailbox and logs are left in it.
        told: Called after each kill that was survived.

    Raises:
        DatabaseNotEmpty: The database holds dossiers or records.
        ServerElsewhere: Its server cannot be killed from here.
    """
    with _database(db, folder) as url:
        place = server_folder(url)
        server = None if place is None else server_at(place, folder / "postgres.log")
        ours = drill_settings(settings, folder)
        prepare(url, ours)
        with at_work(Crew(folder, url, ours, seed)) as crew:
            drill = _Drill(url, ours, crew, server, folder, Random(seed))
            try:
                for victim in _victims(kills, drill.random, server is not None):
                    drill.survive(victim)
                    told()
            except NoRecovery as gone:
                drill.held.recovery_seconds.append(PATIENCE)
                drill.held.losses.unsound.add(str(gone))
            return drill.finish()


@contextmanager
def _database(db: str | None, folder: Path) -> Iterator[str]:
    if db != TRIAL:
        yield db or f"sqlite:///{folder / 'motcua.db'}"
        return
    with trial_server(folder / "postgres.log") as url:
        yield url


def _victims(kills: int, random: Random, with_server: bool) -> Iterator[str]:
    """Yield who is killed: clients, workers and the server in turn, in an order that chance decides."""
    kinds = [CLIENTS, WORKERS, *([(SERVER,)] if with_server else [])]
    random.shuffle(kinds)
    for number in range(kills):
        yield random.choice(kinds[number % len(kinds)])


@dataclass(slots=True)
class _Drill:
    url: str
    settings: Settings
    crew: Crew
    server: Server | None
    folder: Path
    random: Random
    held: Held = field(default_factory=Held)

    def survive(self, victim: str) -> None:
        """Let them work, kill one, look, start it again, and see that all goes on."""
        self._await_work("the start" if not self.held.recovery_seconds else "the last recovery", BETWEEN)
        Event().wait(self.random.uniform(0, LONGEST_PAUSE))
        began = self._killed(victim)
        recovered = self._await_work(f"the death of {victim}", 1, victim)
        self.held.recovery_seconds.append(recovered - began)
        self._await_deadlines()
        self._look()
        self._try_twins()
        with open_house(self.url, settings=self.settings) as house, self._doubting():
            draw(house, SAMPLE, self.random.randrange(2**31))

    def finish(self) -> Held:
        """Let clients go home and the workers catch up, stop the clock, and have the auditor look at everything."""
        self.crew.dismiss(*CLIENTS)
        self._await_deadlines()
        self.crew.dismiss(*WORKERS)
        Event().wait(LEASE.total_seconds() / PACE)  # so that nothing is still claimed by who is gone
        with open_house(self.url, settings=self.settings) as house:
            house.store.set_note(VIRTUAL_END, (ended := house.now()).isoformat())
        with open_house(self.url, settings=self.settings) as house:
            with self._doubting():
                run_round(house, paper_press(self.settings), notice_channel(house, self.settings))
            with self._doubting():
                self.held.refused += stale_twin(house, self.held.losses)
            self._look()
            with self._doubting():
                look_closely(house, _left(self.settings.mailbox_dir), ended, self.held.losses)
        for reader in self.crew.readers.values():
            self.held.losses.unsound |= {f"refused {reason}" for reason in reader.refused}
        self.held.acknowledged = self.crew.catch_up()
        return self.held

    def _try_twins(self) -> None:
        """Try to fire rungs twice; wait until there is one to try it with: to try nothing would prove nothing."""
        with open_house(self.url, settings=self.settings) as house:

            def tried() -> bool:
                self.crew.mend()
                with self._doubting():
                    self.held.refused += stale_twin(house, self.held.losses)
                return self.held.refused > 0 or not self.held.losses.none

            if not wait_until(tried, PATIENCE):
                self.held.losses.unsound.add("no rung had fired that could be tried twice")

    @contextmanager
    def _doubting(self) -> Iterator[None]:
        """Take what cannot be made sense of for a finding: a sabotaged trail may be damaged in any way."""
        try:
            yield
        except (DomainError, KeyError, ValueError) as error:
            self.held.losses.unsound.add(f"{type(error).__name__} {error}")

    def _killed(self, victim: str) -> float:
        """Kill, look while the victim is down where that can be done, and start it again; return when that began."""
        if victim == SERVER and self.server is not None:
            self.server.kill()
            began = monotonic()
            self.server.start()
        else:
            self.crew.kill(victim)
            self._look()
            began = monotonic()
        self.crew.catch_up()  # what was told before does not count as recovery
        return began

    def _await_work(self, after: str, more: int, of: str = "") -> float:
        """Wait for *more* acknowledgements, of one client where it is named; return when they were there."""
        readers = [self.crew.readers[of]] if of in CLIENTS else list(self.crew.readers.values())
        wanted = sum(reader.catch_up() for reader in readers) + more

        def enough() -> bool:
            self.crew.mend()
            return sum(reader.catch_up() for reader in readers) >= wanted

        if not wait_until(enough, PATIENCE):
            raise NoRecovery(what=after, seconds=int(PATIENCE), folder=self.folder)
        return monotonic()

    def _await_deadlines(self) -> None:
        """Wait until all that is due by now has happened, at most a minute; what has not is missed."""
        with open_house(self.url, settings=self.settings) as house:
            now = house.now()

            def done() -> bool:
                self.crew.mend()
                return not house.store.due_ids(now, 1)

            if not wait_until(done, PATIENCE):
                late = house.store.due_ids(now, 1_000_000)
                self.held.losses.missed |= {f"what was due on {dossier} at {now}" for dossier in late}

    def _look(self) -> None:
        """Look at ledgers and mailbox first, then at the trail: it must bear out what was there before."""
        self.crew.catch_up()
        known = [one for reader in self.crew.readers.values() for one in reader.acknowledged]
        left = _left(self.settings.mailbox_dir)
        with open_house(self.url, settings=self.settings) as house:
            look(house, known, left, self.held.losses)


def _left(mailbox: Path) -> set[str]:
    """Return the names of the messages that have left."""
    return {path.stem for path in mailbox.glob("*/*.txt")}
