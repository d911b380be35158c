"""The PostgreSQL server of a drill: killed as a whole, and started again as it was started before."""

import os
import shlex
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.cluster.errors import NotStarted
from flows.cluster.postgres import ENVIRONMENT, Postgres
from flows.cluster.processes import Process, birth, start, wait_until
from flows.cluster.signals import undisturbed
from flows.kill_drill.errors import ServerElsewhere

PATIENCE = 60.0
DATABASE = "motcua"


@dataclass(frozen=True, slots=True)
class Server:
    """A server of this machine, by the folder of its data.

    Attributes:
        data: What `SHOW data_directory` says.
        command: What it was started with; the first word is the program.
        log: Where it speaks to once it was started anew.
    """

    data: Path
    command: tuple[str, ...]
    log: Path

    def kill(self) -> None:
        """End the postmaster at once, as a power cut would; its children follow when they notice.

        Raises:
            ProcessLookupError: It does not run.
        """
        pid = int(_note(self.data)[0])
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: birth(pid) is None, PATIENCE)

    def start(self) -> Process:
        """Start it and return once it takes connections.

        The children of the killed one may still hold its memory for a moment; then it is tried again.

        Raises:
            NotStarted: It did not within a minute.
        """
        started: list[Process] = []

        def ready() -> bool:
            if not started or not started[-1].alive:
                started.append(start(self.command, self.log, **self._how()))
            return _ready(self.data, started[-1].pid)

        with undisturbed():  # until it stands there is no note by which it could be found and stopped
            stands = wait_until(ready, PATIENCE)
        if not stands:
            raise NotStarted(part="PostgreSQL", reason=f"{self.log}")
        return started[-1]

    def _how(self) -> dict[str, Any]:
        owner = self.data.stat()
        how: dict[str, Any] = {"cwd": self.data, "env": {**ENVIRONMENT, "PGDATA": str(self.data)}}
        if os.geteuid() == 0 and owner.st_uid != 0:
            how |= {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        return how


def server_at(data: Path, log: Path) -> Server:
    """Return the running server with its data in *data*.

    Raises:
        ServerElsewhere: It runs on another machine, or belongs to somebody else.
    """
    try:
        pid, opts = int(_note(data)[0]), (data / "postmaster.opts").read_text(encoding="utf-8")
        os.kill(pid, 0)
    except (FileNotFoundError, NotADirectoryError, ProcessLookupError):
        raise ServerElsewhere(
            folder=data, reason="it does not run on this machine", reason_vi="không chạy trên máy này"
        ) from None
    except PermissionError:
        raise ServerElsewhere(
            folder=data, reason="it belongs to somebody else", reason_vi="thuộc về người dùng khác"
        ) from None
    return Server(data, tuple(shlex.split(opts)), log)


@contextmanager
def trial_server(log: Path) -> Iterator[str]:
    """Lend the URL of a database on a server of our own; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-drill-"))
    try:
        command, how = Postgres(folder).command(DATABASE)
        with undisturbed():
            process = start(command, log, **how)
            stands = wait_until(lambda: not process.alive or _ready(folder / "data", process.pid), PATIENCE)
        if not stands:
            raise NotStarted(part="PostgreSQL", reason=f"{log}")
        yield Postgres(folder).url(DATABASE)
    finally:
        _stop(folder / "data")
        shutil.rmtree(folder, ignore_errors=True)


def _stop(data: Path) -> None:
    with suppress(OSError, ValueError):
        pid = int(_note(data)[0])
        os.kill(pid, signal.SIGINT)
        wait_until(lambda: birth(pid) is None, PATIENCE)


def _note(data: Path) -> list[str]:
    return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()


def _ready(data: Path, pid: int) -> bool:
    with suppress(FileNotFoundError):
        note = _note(data)
        return bool(note) and note[0] == str(pid) and any(line.startswith("ready") for line in note)
    return False
