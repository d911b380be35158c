"""The drill of sudden death: a sound program survives it on both engines, and sabotaged ones are found out."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from command_line import motcua
from sabotage import ROOT, Patches, sabotaged

from flows.kill_drill.errors import ServerElsewhere
from flows.kill_drill.ledger import Asked, Ledger, Reader, Told, read_lines
from flows.kill_drill.server import server_at

FIGURES = ["kills", "acknowledged", "lost", "doubled", "missed", "recovery_seconds_max"]

WRITE = "    accepted = house.store.write(changes)\n"
SEND_EARLY = """
    import os, pathlib, signal, threading, time
    from motcua.adapters.channels import MailboxFolder
    told = [notice for change in changes for notice in change.notices]
    if told and "MOTCUA_MAILBOX" in os.environ and threading.current_thread() is threading.main_thread():
        box = pathlib.Path(os.environ["MOTCUA_MAILBOX"])
        for notice in told:
            MailboxFolder(box).send(notice.id, notice.recipients, "early")
        try:
            (box.parent / "stalled").touch(exist_ok=False)
        except FileExistsError:
            pass
        else:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            time.sleep(600)  # in the sabotaged client only: it stalls until it is killed
"""
EARLY_NOTICES = {"motcua/services/recording.py": [(WRITE, SEND_EARLY + WRITE)]}
"""What is owed leaves before the commit that owes it, and the first client to do so stalls between the two."""

NO_KEY_OF_RUNGS = {
    "motcua/store/migrations/versions/m0001_first_schema.py": [
        ('"clock", "epoch", "rung", name=', '"clock", "epoch", "rung", "at", name='),
        ('("dossier_id", "clock", "epoch", "rung")', '("dossier_id", "clock", "epoch", "rung", "at")'),
    ]
}
"""A rung may be fired again at another instant."""

BEGIN = '    driver.execute("BEGIN IMMEDIATE")\n'
CATCH_UP = """
    late, _LATE[:] = list(_LATE), []
    driver.executemany(_INSERTS["records"], late)
"""
COMMIT = """        _write_children(driver, accepted)
        driver.execute("COMMIT")
"""
COMMIT_WITHOUT = """        late = _write_children(driver, accepted)
        driver.execute("COMMIT")
        _LATE.extend(late)
"""
INSERT = """    for table, found in rows.items():
        driver.executemany(_INSERTS[table], found)
"""
LATE_RECORDS = {
    "motcua/store/sqlite_write.py": [
        (BEGIN, CATCH_UP + BEGIN),
        (COMMIT, COMMIT_WITHOUT),
        (INSERT, '    late = rows.pop("records", [])\n' + INSERT + "    return late\n"),
        ("_PENDING = ", "_LATE: list[Row] = []\n_PENDING = "),
    ]
}
"""The record follows outside the transaction, when the next one is about to begin."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill in a process of its own answered."""

    code: int
    figures: dict[str, Any]
    said: str


def drill(tree: Path, kills: int, *options: str, **more: str) -> Drilled:
    """Hold a drill with the program in *tree*, and with some more of an environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "motcua",
            "drill",
            "kill",
            "--kills",
            str(kills),
            "--seed",
            "7",
            "--json",
            *options,
        ],
        cwd=tree,
        env={**environment, "PYTHONPATH": str(tree), "MOTCUA_LANG": "en", **more},
        capture_output=True,
        text=True,
        check=False,
    )
    return Drilled(done.returncode, json.loads(done.stdout or "{}"), done.stderr)


@pytest.mark.parametrize("where", [[], ["--db", "postgresql"]], ids=["sqlite", "postgres"])
def test_a_sound_program_survives(where: list[str]) -> None:
    """Whoever is killed, on PostgreSQL the whole server too: nothing is lost, doubled or missed."""
    kills = 3 if where else 2
    held = drill(ROOT, kills, *where)

    assert (0, FIGURES) == (held.code, list(held.figures)), held.said
    assert [kills, 0, 0, 0] == [held.figures[name] for name in ("kills", "lost", "doubled", "missed")]
    assert 20 * kills <= held.figures["acknowledged"]
    assert "Seed: 7" in held.said


@pytest.mark.parametrize(
    ("patches", "figure"),
    [(EARLY_NOTICES, "lost"), (NO_KEY_OF_RUNGS, "doubled"), (LATE_RECORDS, "lost")],
    ids=["effects before the commit", "no key of rungs", "record outside the transaction"],
)
def test_a_sabotaged_program_is_found_out(tmp_path: Path, patches: Patches, figure: str) -> None:
    """The figure that should rise does, and the exit code says so."""
    left = tmp_path / "left"
    left.mkdir()
    held = drill(sabotaged(tmp_path / "tree", patches), 1, TMPDIR=str(left))

    assert 6 == held.code, held.said
    assert 0 < held.figures[figure], held.said


def test_a_database_in_use_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    """A drill kills and makes up dossiers: it never touches a database that holds records."""
    motcua("db", "upgrade", "--db", sqlite_url, MOTCUA_HOME=str(tmp_path))

    said = motcua("drill", "kill", "--db", sqlite_url, "--json", MOTCUA_HOME=str(tmp_path))

    assert (5, "DatabaseNotEmpty") == (said.code, json.loads(said.err.splitlines()[-1])["error"]["code"])


def test_a_server_that_is_not_here_is_refused(tmp_path: Path) -> None:
    """Without a running server in the folder there is nothing that could be killed."""
    with pytest.raises(ServerElsewhere) as refused:
        server_at(tmp_path / "nowhere", tmp_path / "log")

    assert refused.value.message("en") != refused.value.message("vi")


def test_a_ledger_survives_its_client(tmp_path: Path) -> None:
    """A line that was torn by a kill says nothing, and does not spoil those around it."""
    path = tmp_path / "client.jsonl"
    told = Told("k-1", "a" * 64, "d", 1, "H98.01-260302-0001", 1)
    Ledger(path).ask(Asked("k-1", ""))
    with path.open("ab") as torn:
        torn.write(b'{"told": {"key": "k-')
    reader = Reader(path, [], [])
    assert 0 == reader.catch_up()

    ledger = Ledger(path)
    ledger.acknowledge(told)
    ledger.refuse("k-2", "no")

    assert (1, ["k-2: no"]) == (reader.catch_up(), reader.refused)
    assert [("a" * 64, "d", 1)] == reader.acknowledged
    assert ["asked", "told", "refused"] == [next(iter(line)) for line in read_lines(path)[0]]
