"""Processes that outlive the command that started them, known by number and birth so that no other one is stopped."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STEP_SECONDS = 0.1
BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Process:
    """A process of ours, the leader of its own session.

    Attributes:
        born: What the system says about its start; another process with the same number has another one.
    """

    pid: int
    born: str

    @property
    def alive(self) -> bool:
        """Whether this very process still runs."""
        return birth(self.pid) == self.born

    def stop(self, number: int, patience: float) -> None:
        """Ask it to end; after *patience* seconds end it, and whatever of its session it left behind."""
        if not self.alive:
            return
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)
        wait_until(lambda: not self.alive, patience)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        wait_until(lambda: not self.alive, patience)


def start(command: Sequence[str], log: Path, env: Mapping[str, str], **how: Any) -> Process:
    """Start *command* in a session of its own, its words appended to *log*."""
    with log.open("ab") as words:
        started = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            env=dict(env),
            start_new_session=True,
            **how,
        )
    started.returncode = 0  # it outlives us; else Python warns that nobody waited for it
    return Process(started.pid, birth(started.pid) or "")


def birth(pid: int) -> str | None:
    """Return what the system says about the start of a process; None when it does not run, or has ended unmourned.

    A child of ours that ended is mourned before None is answered: until then its number stays taken, and a new
    PostgreSQL server holds the lock file of the dead one to be in force.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None if Path("/proc/self/stat").exists() else _birth_by_ps(pid)
    if fields[0] in "ZX":
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        return None
    return f"{BOOT.read_text(encoding='utf-8').strip()}/{fields[19]}"


def _birth_by_ps(pid: int) -> str | None:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    told = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or None


def wait_until(true: Callable[[], bool], patience: float, step: float = STEP_SECONDS) -> bool:
    """Look every *step* seconds until *true* is, at most *patience* seconds long; return whether it became so."""
    end, never = time.monotonic() + patience, threading.Event()
    while not (done := true()) and time.monotonic() < end:
        never.wait(step)  # another program's port or file sends no signal: there is only looking again
    return done
