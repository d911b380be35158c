"""Everybody who works during a drill, as processes of their own: clients that ask, workers that keep the deadlines."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.cluster.processes import Process, start, wait_until
from flows.cluster.signals import undisturbed
from flows.kill_drill.ledger import Reader
from motcua.bootstrap import environment_of
from motcua.settings import Settings

CLIENTS = ("client-1", "client-2")
WORKERS = ("worker-1", "worker-2")
PATIENCE = 20.0


class Crew:
    """The processes of one drill; whoever dies is started anew by `mend`, as a supervisor of services would."""

    def __init__(self, folder: Path, url: str, settings: Settings, seed: int) -> None:
        """Prepare the crew; nobody works yet. Ledgers and logs lie in *folder*."""
        self.readers = {name: Reader(folder / f"{name}.jsonl", [], []) for name in CLIENTS}
        self._folder, self._url, self._seed = folder, url, seed
        self._environment = {**os.environ, **environment_of(settings, url), "MOTCUA_LANG": "en"}
        self._wanted = [*CLIENTS, *WORKERS]
        self._at_work: dict[str, Process] = {}

    def catch_up(self) -> int:
        """Read what the clients wrote since the last look; return how many commands they were told are done."""
        return sum(reader.catch_up() for reader in self.readers.values())

    def mend(self) -> None:
        """Start whoever should be at work and is not."""
        for name in self._wanted:
            if name not in self._at_work or not self._at_work[name].alive:
                with undisturbed():
                    self._at_work[name] = start(self._command(name), self._log(name), self._environment)

    def kill(self, name: str) -> None:
        """End one of them at once."""
        process = self._at_work.pop(name)
        os.kill(process.pid, signal.SIGKILL)
        wait_until(lambda: not process.alive, PATIENCE)

    def dismiss(self, *names: str) -> None:
        """Let some of them finish what they do, and end."""
        for name in names:
            if name in self._wanted:
                self._wanted.remove(name)
            if name in self._at_work:
                self._at_work.pop(name).stop(signal.SIGTERM, PATIENCE)

    def _command(self, name: str) -> list[str]:
        if name in WORKERS:
            return [sys.executable, "-m", "motcua", "worker", "--db", self._url, "--every", "1"]
        ledger, seed = self.readers[name].path, self._seed + CLIENTS.index(name)
        return [sys.executable, "-m", "flows.kill_drill.client", str(ledger), str(seed)]

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"


@contextmanager
def at_work(crew: Crew) -> Iterator[Crew]:
    """Lend a crew that works; nobody of it is left afterwards."""
    try:
        crew.mend()
        yield crew
    finally:
        crew.dismiss(*CLIENTS, *WORKERS)
