"""Processes that outlive their starter are seen to end, and leave nothing in the table of processes."""

import os
import signal
import sys
from pathlib import Path

import pytest

from flows.cluster.processes import birth, start

PATIENCE = 60.0


@pytest.mark.parametrize("attempt", range(20))
def test_an_ended_child_frees_its_number_before_it_counts_as_ended(tmp_path: Path, attempt: int) -> None:
    """A zombie still holds its number, and with it the lock file of a killed server."""
    child = start((sys.executable, "-S", "-c", f"{attempt}"), tmp_path / "log", {})

    while birth(child.pid) is not None:
        pass

    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


def test_a_child_is_alive_until_it_is_stopped(tmp_path: Path) -> None:
    """Its birth is the same until then."""
    child = start((sys.executable, "-S", "-c", "while True: pass"), tmp_path / "log", {})

    before = child.alive
    child.stop(signal.SIGTERM, PATIENCE)

    assert (before, child.alive) == (True, False)
