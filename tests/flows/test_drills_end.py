"""A drill that is told to end takes everybody with it: clients, workers, sides and servers, however far it has come."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.cluster.processes import wait_until
from flows.cluster.signals import ended_in_order, undisturbed

PATIENCE = 120.0
KILL, HANDOFFS = ("kill", "--kills", "1000"), ("handoffs", "--count", "10000")


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where the drill makes its folders: a short name, for a server's socket lies in it."""
    made = Path(tempfile.mkdtemp(prefix="m-"))
    made.chmod(0o711)  # the server may run by another account
    yield made
    shutil.rmtree(made)


def started_in(folder: Path) -> list[str]:
    """The command lines of living processes that name a file of the drill's."""
    told = subprocess.run(
        ["ps", "-axww", "-o", "stat=,args="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return [line for line in told if folder.name in line and not line.startswith("Z")]


def _all_there(folder: Path, parts: tuple[str, ...]) -> bool:
    told = "\n".join(started_in(folder))
    return all(part in told for part in parts)


@pytest.mark.parametrize(
    ("what", "parts"),
    [
        (KILL, ("client-1", "client-2", " worker ")),
        ((*KILL, "--db", "postgresql"), ("client-1", " worker ", "postgres -D")),
        (HANDOFFS, ("a.jsonl", "b.jsonl")),
    ],
    ids=["kill", "kill with a server", "handoffs"],
)
def test_a_drill_that_is_told_to_end_leaves_nobody(
    folder: Path, what: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    """Once all of its processes run, SIGTERM ends it as Ctrl-C does, and none of them is alive."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    drill = subprocess.Popen(
        [sys.executable, "-m", "motcua", "drill", *what, "--seed", "7", "--json"],
        env={**environment, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(lambda: drill.poll() is not None or _all_there(folder, parts), PATIENCE)
        drill.send_signal(signal.SIGTERM)
        out, _ = drill.communicate(timeout=PATIENCE)
    finally:
        drill.kill()
        drill.communicate()

    assert (130, "", []) == (drill.returncode, out, started_in(folder))


def test_who_asks_again_does_not_break_off_what_is_put_in_order() -> None:
    """The first SIGTERM ends the block, a second one is not heard, and afterwards all is as before."""
    before, put_in_order = signal.getsignal(signal.SIGTERM), []

    with pytest.raises(KeyboardInterrupt), ended_in_order():
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGTERM)
            put_in_order.append("all")

    assert (["all"], before) == (put_in_order, signal.getsignal(signal.SIGTERM))


def test_a_process_is_written_down_before_the_end_is_heard() -> None:
    """What asks us to end waits for the end of the block."""
    written = []

    with pytest.raises(KeyboardInterrupt), ended_in_order(), undisturbed():
        signal.raise_signal(signal.SIGTERM)
        written.append("started")

    assert ["started"] == written
