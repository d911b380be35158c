"""Brings a cluster up part by part, says how it is, and takes down exactly what it started."""

import json
import os
import shutil
import signal
import sys
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from flows.cluster.errors import NotStarted
from flows.cluster.postgres import Postgres
from flows.cluster.processes import Process, start, wait_until
from flows.cluster.state import State, closed_folder, load, make, save
from motcua.bootstrap import environment_of, upgrade
from motcua.settings import Settings

POSTGRES, PREFECT, WORKERS = "postgres", "prefect", ("worker-1", "worker-2")
PARTS = (POSTGRES, PREFECT, *WORKERS)
PATIENCE = 120.0
BREATH = 0.4
"""Seconds between two looks: most of them ask a server that is still starting, and each question holds that up."""
LAST_WORDS = 600

SILENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
}
"""Nothing is told to anybody outside."""

DEFAULTS = {
    "PREFECT_WORKER_QUERY_SECONDS": "5",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT5M",  # so that few late runs wait after an outage
    "PREFECT_LOGGING_TO_CONSOLE": "true",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A process of the cluster; `pid` is None when it was never started."""

    name: str
    pid: int | None
    running: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cluster whose numbers, secrets and logs lie in *folder*.

    Attributes:
        folder: Absolute; closed to others.
        settings: Of the installation; its database and mailbox are replaced by the cluster's own.
        deployments: A prefect.yaml with other schedules; absolute.
    """

    folder: Path
    settings: Settings
    deployments: Path | None = None

    def up(self, parts: Sequence[str] = PARTS) -> None:
        """Start what does not run yet of *parts*, and return when it is of use; data of an earlier time are kept.

        Raises:
            NotOurs: The folder is somebody else's.
            NoPostgres: No database server can be found.
            NotStarted: A part ended or was not ready within two minutes; what had started goes on running.
        """
        with closed_folder(self.folder):
            state = load(self.folder) or make(self.folder)
            save(self.folder, state)
            for name in (PREFECT, POSTGRES, *WORKERS):  # the slowest first
                if name in parts and not _running(state, name):
                    if name == WORKERS[0]:
                        upgrade(_database(state), settings=self.settings)
                    self._start(state, name)
            self._await(state, [name for name in parts if name != POSTGRES])

    def down(self, *, wipe: bool = False) -> None:
        """Stop what this cluster started and still runs; with *wipe* remove its data, secrets and logs too."""
        with closed_folder(self.folder):
            state = load(self.folder)
            if state is None:
                return
            for name in reversed(PARTS):
                self._stop(state, name)
            if wipe:
                shutil.rmtree(state.postgres, ignore_errors=True)
                shutil.rmtree(self.folder)

    def stop(self, name: str) -> None:
        """Stop one part; `up` starts it again."""
        with closed_folder(self.folder):
            state = load(self.folder)
            if state is not None:
                self._stop(state, name)

    @property
    def parts(self) -> list[Part]:
        """Each part and whether it runs."""
        state = load(self.folder)
        known = {} if state is None else state.processes
        return [
            Part(name, known[name].pid, known[name].alive) if name in known else Part(name, None, False)
            for name in PARTS
        ]

    @property
    def database_url(self) -> str | None:
        """URL of the cluster's database; None when no cluster was made yet."""
        state = load(self.folder)
        return None if state is None else _database(state)

    @property
    def api_url(self) -> str | None:
        """Where the Prefect server answers; None when no cluster was made yet."""
        state = load(self.folder)
        return None if state is None else state.api_url

    def _start(self, state: State, name: str) -> None:
        command, how = self._command(state, name)
        process = start(command, self._log(name), **{"env": self._environment(state), **how})
        state.processes[name] = process
        save(self.folder, state)
        if name == POSTGRES:
            self._wait(state, name, lambda: Postgres(Path(state.postgres)).ready(process.pid))

    def _command(self, state: State, name: str) -> tuple[list[str], dict[str, Any]]:
        if name == POSTGRES:
            return Postgres(Path(state.postgres)).command("motcua")
        if name == PREFECT:
            address = ["--host", "127.0.0.1", "--port", str(state.port)]
            return [sys.executable, "-m", "flows.prefect_server", *address, "--no-ui"], {}
        given = [] if self.deployments is None else ["--deployments", str(self.deployments)]
        return [sys.executable, "-m", "motcua", "worker", "--engine", "prefect", "--name", name, *given], {}

    def _environment(self, state: State) -> dict[str, str]:
        ours = replace(self.settings, home=self.folder, mailbox_dir=self.folder / "mailbox")
        return {
            **DEFAULTS,
            **os.environ,
            **SILENT,
            "PREFECT_HOME": str(self.folder / "prefect"),
            "PREFECT_SERVER_API_AUTH_STRING": state.auth,
            "PREFECT_API_AUTH_STRING": state.auth,
            "PREFECT_API_URL": state.api_url,
            **environment_of(ours, _database(state)),
        }

    def _await(self, state: State, names: Sequence[str]) -> None:
        if PREFECT in names:
            self._wait(state, PREFECT, lambda: _ask(state, "/health") is not None)
        for name in names:
            if name != PREFECT:
                self._wait(state, name, partial(_is_online, state, name))

    def _wait(self, state: State, name: str, ready: Callable[[], bool]) -> None:
        process = state.processes[name]
        wait_until(lambda: not process.alive or ready(), PATIENCE, BREATH)
        if not process.alive or not ready():
            words = self._log(name).read_text(encoding="utf-8", errors="replace")[-LAST_WORDS:]
            raise NotStarted(part=name, reason=" ".join(words.split()) or "-")

    def _stop(self, state: State, name: str) -> None:
        process: Process | None = state.processes.pop(name, None)
        if process is not None:
            process.stop(signal.SIGINT if name == POSTGRES else signal.SIGTERM, patience=20.0)
            save(self.folder, state)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def _running(state: State, name: str) -> bool:
    return name in state.processes and state.processes[name].alive


def _database(state: State) -> str:
    return Postgres(Path(state.postgres)).url("motcua")


def _is_online(state: State, name: str) -> bool:
    workers = _ask(state, "/work_pools/motcua/workers/filter", {}) or []
    return any((worker["name"], worker["status"]) == (name, "ONLINE") for worker in workers)


def _ask(state: State, path: str, body: Any = None) -> Any:
    """Return what the Prefect server answers; None when it does not."""
    headers = {
        "Authorization": f"Basic {b64encode(state.auth.encode()).decode()}",
        "Content-Type": "application/json",
    }
    data = None if body is None else json.dumps(body).encode()
    try:
        with urlopen(Request(state.api_url + path, data, headers), timeout=5) as answer:
            return json.load(answer)
    except (URLError, OSError, ValueError):
        return None
