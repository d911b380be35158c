"""The Prefect flows as functions, without a server: they call the services, pass results on, and decide nothing."""

import asyncio
import inspect
import json
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from builders import apologising
from world import Office

from flows.deadlines import mend_wake_ups, sweep_deadlines
from flows.drill import replay_sample
from flows.outbox import relay_outbox
from flows.papers import draft_papers
from flows.portal import turn_to_portal
from flows.prefect_worker import POOL, deployments_file, read_deployments
from motcua.bootstrap import environment_of, read_settings
from motcua.services.auditing import reconcile, verify_store
from motcua.services.drilling import UnsoundSample, drill
from motcua.services.installation import VIRTUAL_TIME
from motcua.store.store import open_store

FLOWS = (sweep_deadlines, mend_wake_ups, relay_outbox, draft_papers, replay_sample, turn_to_portal)


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose dossiers have been late for days, on the database that the settings of this process name."""
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    monkeypatch.setenv("MOTCUA_DB", sqlite_url)
    store: Any = open_store(sqlite_url)
    office, numbers = Office(store=store), count(1)
    object.__setattr__(office.house, "new_id", lambda: sha256(str(next(numbers)).encode()).hexdigest()[:32])
    office.pass_time(minutes=1)  # of two versions the later one is in force
    office.publish(apologising())
    store.set_note("log", office.house.log)
    store.set_note(VIRTUAL_TIME, office.clock.at.isoformat())
    for _ in range(6):
        office.accepted()
    office.pass_time(days=12)
    office.open()  # virtual time of another process begins at the last record
    return office


def missed(office: Office, until: datetime) -> int:
    """How many rungs should have fired and did not."""
    return reconcile(office.house, until).missed


def test_the_parts_together_sweep_everything(office: Office) -> None:
    """One part leaves the dossiers of the other alone; after both nothing is due, and each rung fired once."""
    before = missed(office, office.clock.at)

    first = asyncio.run(sweep_deadlines.fn(shard=0, shards=2))
    between = missed(office, office.clock.at)
    second = asyncio.run(sweep_deadlines.fn(shard=1, shards=2))
    counted = reconcile(office.house, office.clock.at)

    assert 0 < between < before
    assert (before, 0, 0) == (first["rungs"] + second["rungs"], counted.missed, counted.doubled)
    assert 0 == asyncio.run(sweep_deadlines.fn())["rungs"]
    assert verify_store(office.house).ok


def test_the_relay_sends_what_the_sweep_owes(office: Office, tmp_path: Path) -> None:
    """Escalations leave by the relay, into the mailbox of the settings."""
    asyncio.run(sweep_deadlines.fn())
    waiting = len(office.store.waiting(1000))

    relayed = asyncio.run(relay_outbox.fn())

    assert 0 < waiting <= relayed["sent"] + relayed["retried"]
    assert relayed["sent"] == len({file.name for file in (tmp_path / "mailbox").rglob("*") if file.is_file()})


def test_what_the_sweep_drafted_becomes_a_numbered_paper(office: Office) -> None:
    """Each apology that a rung drafted is a paper for a person to sign; a second run has nothing to do."""
    asyncio.run(sweep_deadlines.fn())

    first, again = (asyncio.run(draft_papers.fn()) for _ in range(2))

    rows = [row for stored in office.store.iterate() for row in office.store.papers(stored.id)]
    assert ({"drafted": 6, "failed": {}}, {"drafted": 0, "failed": {}}) == (first, again)
    assert [("apology", n, None) for n in range(1, 7)] == [
        (row.draft.form, row.draft.number, row.signature)
        for row in sorted(rows, key=lambda row: row.draft.number)
    ]


def test_a_lost_wake_up_is_mended(office: Office, sqlite_url: str) -> None:
    """A wake-up that is gone from its table is set anew."""
    store: Any = office.store
    with store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM timers")

    assert 0 < asyncio.run(mend_wake_ups.fn())
    assert 0 < asyncio.run(sweep_deadlines.fn())["rungs"]


def test_a_drill_draws_the_same_sample_for_the_same_seed(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """The seed is logged and returned; with it the same dossiers are read again, and others with another one."""
    drawn = asyncio.run(replay_sample.fn(size=2))
    again = asyncio.run(replay_sample.fn(size=2, seed=drawn["seed"]))

    assert (drawn, 2) == (again, drawn["dossiers"])
    assert f"seed {drawn['seed']}" in caplog.text
    assert 7 == drill(office.house, 1000, 1).dossiers


def test_a_drill_that_finds_something_wrong_fails() -> None:
    """A stored state that no record explains fails the drill, whose message names the seed."""
    office = Office()
    office.accepted()
    assert 1 == drill(office.house, 10, 7).dossiers
    rows = office.rows(f"dossier:{1:032x}")
    rows.pop()

    with pytest.raises(UnsoundSample) as caught:
        drill(office.house, 10, 7)

    assert 7 == caught.value.facts["seed"]
    assert "head" in caught.value.message("vi")


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_a_flow_is_asynchronous_and_leaves_no_pickle(flow: Any) -> None:
    """A synchronous flow costs ten times as much; results are not kept, and would be JSON if they were."""
    assert inspect.iscoroutinefunction(flow.fn)
    assert (False, "json") == (flow.persist_result, flow.result_serializer)


def test_results_are_plain(office: Office) -> None:
    """What a flow returns goes through JSON unharmed."""
    swept = asyncio.run(sweep_deadlines.fn())

    assert swept == json.loads(json.dumps(swept))


def test_the_deployments_leave_no_dossier_out() -> None:
    """The parts are all parts of one cut, one deployment sweeps everything, and each flow has a schedule."""
    deployments = read_deployments(deployments_file())
    swept = [given.parameters for given in deployments if given.flow_name == sweep_deadlines.name]
    parts = [(given["shard"], given["shards"]) for given in swept if given]

    assert {} in swept
    assert [(index, len(parts)) for index in range(len(parts))] == sorted(parts)
    assert {flow.name for flow in FLOWS} == {given.flow_name for given in deployments}
    assert all(given.schedules and given.work_pool_name == POOL for given in deployments)


def test_a_run_in_any_folder_opens_the_same_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative names of database and home mean the worker's folder, though each run has a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOTCUA_HOME", "desk")
    here = environment_of(read_settings(), "office.db")
    for name, value in here.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir("/")

    assert here == environment_of(read_settings())
    assert here["MOTCUA_DB"].endswith(f"{tmp_path}/office.db")
