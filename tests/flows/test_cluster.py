"""The trial cluster: it stops what it started and nothing else; two engines on one database do everything once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from command_line import motcua
from world import Office, SetClock, definition

from flows.cluster.errors import NotOurs
from flows.cluster.processes import Process, birth, start, wait_until
from flows.cluster.trial import PARTS, Cluster
from motcua.adapters.clock import SystemClock
from motcua.bootstrap import environment_of
from motcua.services.adopting import adopt_calendar
from motcua.services.auditing import Reconciled, reconcile, verify_store
from motcua.settings import load_settings
from motcua.store.migrate import upgrade
from motcua.store.store import open_store
from states.calendar import CalendarYear

BOUND = 180
"""Seconds after which something that should happen counts as not happening, however busy the machine."""

OFTEN = """
deployments:
  - {name: one, entrypoint: flows.deadlines.sweep_deadlines, parameters: {shard: 0, shards: 2},
     work_pool: {name: motcua}, schedules: [{interval: 20}]}
  - {name: two, entrypoint: flows.deadlines.sweep_deadlines, parameters: {shard: 1, shards: 2},
     work_pool: {name: motcua}, schedules: [{interval: 20}]}
"""


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A cluster of this test alone, whose deployments run often; nothing of it is left."""
    monkeypatch.setenv("PREFECT_WORKER_QUERY_SECONDS", "1")
    often = tmp_path / "often.yaml"
    often.write_text(OFTEN, encoding="utf-8")
    made = Cluster(tmp_path / "cluster", load_settings({}, tmp_path), often)
    try:
        yield made
    finally:
        made.down(wipe=True)


@contextmanager
def late_office(url: str, now: datetime) -> Iterator[Office]:
    """An office whose clock stands on a Monday morning two weeks before *now*, on an empty database."""
    monday = now.date() - timedelta(days=14 + now.weekday())
    at = datetime.combine(monday, datetime.min.time(), now.tzinfo).replace(hour=1, minute=30)
    upgrade(url)
    store: Any = open_store(url)
    office = Office(store=store, clock=SetClock(at))
    office.house = replace(office.house, new_id=lambda: uuid4().hex)
    store.set_note("log", office.house.log)
    years = tuple(CalendarYear(year, "signed", ()) for year in range(at.year - 1, at.year + 3))
    adopt_calendar(office.house, replace(definition(), years=years), "admin")
    office.house.worlds.refresh()
    try:
        yield office
    finally:
        store.close()


@contextmanager
def embedded_worker(url: str, home: Path) -> Iterator[None]:
    """An embedded worker that looks every second, until the test goes on without it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    environment |= environment_of(load_settings({"MOTCUA_HOME": str(home)}), url)
    with (home / "embedded.log").open("ab") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "motcua", "worker", "--engine", "embedded", "--every", "1"],
            stdout=words,
            stderr=words,
            env=environment,
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def counted(office: Office) -> Reconciled:
    """What was due until now, and what was done."""
    return reconcile(office.house, SystemClock().now())


def caught_up(office: Office) -> bool:
    """Whether nothing that is due is left undone."""
    return not office.store.due_ids(SystemClock().now(), 1)


def runs_done(cluster: Cluster) -> int:
    """How many flow runs the two Prefect workers brought to a good end."""
    logs = [cluster.folder / f"{name}.log" for name in PARTS if name.startswith("worker")]
    return sum(log.read_text(encoding="utf-8").count("Finished in state Completed()") for log in logs)


def both_engines_meet(cluster: Cluster, office: Office, home: Path) -> None:
    """Four workers on one database, while late dossiers keep coming in, until Prefect has swept twice."""

    def swept_again() -> bool:
        office.open()  # the counter is late with it already
        return 2 <= runs_done(cluster)

    with ExitStack() as side_by_side:
        for _ in range(2):
            side_by_side.enter_context(embedded_worker(str(cluster.database_url), home))
        assert wait_until(swept_again, BOUND, step=0.5)
        assert wait_until(lambda: caught_up(office), BOUND, step=0.5)


def prefect_is_away(cluster: Cluster, office: Office) -> None:
    """Dossiers become late while no run can start; when the server is back, Prefect alone has to catch up."""
    cluster.stop("prefect")
    for _ in range(8):
        office.accepted()
    assert 0 < counted(office).missed
    cluster.up()
    assert wait_until(lambda: caught_up(office), BOUND, step=0.5)


def test_two_engines_do_everything_once_and_catch_up_after_an_outage(
    cluster: Cluster, tmp_path: Path
) -> None:
    """Two Prefect and two embedded workers fire each rung once; what falls due while Prefect is down comes in order."""
    cluster.up(["postgres"])
    with late_office(str(cluster.database_url), SystemClock().now()) as office:
        cluster.up()
        assert all(part.running for part in cluster.parts)
        both_engines_meet(cluster, office, tmp_path)
        prefect_is_away(cluster, office)

        done = counted(office)
        assert (0, 0, {}, True) == (done.missed, done.doubled, done.counts, done.ok)
        assert verify_store(office.house).ok


def test_a_database_stays_when_the_cluster_goes_down(cluster: Cluster) -> None:
    """What was written is there after down and up; wiping removes it, secrets and logs included."""
    cluster.up(["postgres"])
    cluster.up(["postgres"])
    with psycopg.connect(str(cluster.database_url)) as connection:
        connection.execute("CREATE TABLE chao (xin text)")
    [server] = [part for part in cluster.parts if part.running]

    cluster.down()
    assert None is birth(server.pid or 0)
    cluster.up(["postgres"])
    with psycopg.connect(str(cluster.database_url)) as connection:
        assert [] == connection.execute("SELECT xin FROM chao").fetchall()

    cluster.down(wipe=True)
    assert not cluster.folder.exists()


def test_secrets_are_for_the_owner_only(cluster: Cluster) -> None:
    """The folder and the file with the password of the Prefect server are closed to everybody else."""
    cluster.up([])

    modes = [path.stat().st_mode & 0o777 for path in (cluster.folder, cluster.folder / "cluster.json")]
    assert [0o700, 0o600] == modes


def test_a_folder_that_holds_something_else_is_left_alone(cluster: Cluster) -> None:
    """A cluster does not move into a folder that is in use."""
    cluster.folder.mkdir()
    file = cluster.folder / "thesis.txt"
    file.touch()

    with pytest.raises(NotOurs):
        cluster.up([])
    file.unlink()


def test_a_stranger_with_the_same_number_is_not_stopped(tmp_path: Path) -> None:
    """A process is known by number and birth: another one that got its number later goes on running."""
    sleeper = start(["sleep", "600"], tmp_path / "log", os.environ)
    try:
        Process(sleeper.pid, "another birth").stop(signal.SIGKILL, patience=1)
        assert sleeper.alive
    finally:
        sleeper.stop(signal.SIGKILL, patience=5)
    assert not sleeper.alive


def test_one_that_does_not_listen_is_ended_with_what_it_started(tmp_path: Path) -> None:
    """A process that ignores the request ends after a while, and its children with it."""
    stubborn = start(["sh", "-c", "trap '' TERM; sleep 600 & echo $!; wait"], tmp_path / "log", os.environ)
    assert wait_until(lambda: (tmp_path / "log").read_text(encoding="utf-8") != "", 10)
    child = int((tmp_path / "log").read_text(encoding="utf-8"))

    stubborn.stop(signal.SIGTERM, patience=0.2)

    assert wait_until(lambda: birth(child) is None, 5)
    assert not stubborn.alive


def test_status_of_a_cluster_that_does_not_run(tmp_path: Path) -> None:
    """It says so part by part and exits with 8; taking it down again is no mistake."""
    said = motcua("cluster", "status", "--dir", tmp_path / "none", "--json")
    down = motcua("cluster", "down", "--dir", tmp_path / "none", "--json")

    assert (8, list(PARTS)) == (said.code, [part["name"] for part in said.json["parts"]])
    assert (0, {"stopped": [], "wiped": False}) == (down.code, json.loads(down.out))


def test_the_prefect_engine_wants_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the address of a server it says what is missing instead of keeping no deadlines at all."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)

    said = motcua("worker", "--engine", "prefect", "--json", MOTCUA_HOME=str(tmp_path))

    assert (8, "NoPrefectServer") == (said.code, said.error)
