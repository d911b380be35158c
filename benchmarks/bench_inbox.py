"""What an inbox costs where five million dossiers are open: the page and the counts of its queues, on PostgreSQL.

Some hundreds of real dossiers are handed in and taken to different states; the database then copies each of them many
times over, with ids, codes and urgencies of their own, spread over its agency's desks as they lie. Copies have no
records and no wake-ups: an inbox reads none. The server is one of our own, with its default memory.
"""

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from statistics import median

import psycopg
from postgres_server import running_server

from benchmarks.house import build_house, officer, open_one, shipped
from motcua.adapters.clock import VirtualClock
from motcua.services.inbox import inbox
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from motcua.services.transitions import Particulars, send
from states.commands import Actor

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
COUNT, SEEDS, LOOKS = 5_000_000, 400, 200
BAR = 60
PROCEDURE = "1.001612"
WAY: tuple[tuple[str, str, dict[str, bool | int | str]], ...] = (
    ("accept", "counter", {"fee_paid": True}),
    ("propose", "officer", {"proposal": "grant"}),
    ("return_tax_code", "tax_officer", {}),
    ("sign", "leader", {}),
    ("issue", "clerk", {}),
)
COPIED = ("dossiers", "tasks")
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename = ANY (%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
SPREAD = "to_char(now() + (random() - 0.1) * interval '60 days', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
OWN = {
    "id": "t.id || '-' || n",
    "code": "t.code || '-' || n",
    "number": "t.number + n * 100000",
    "dossier_id": "t.dossier_id || '-' || n",
    "urgency": SPREAD,
    "wake_at": SPREAD,
}


def run(count: int = COUNT) -> Iterator[str]:
    """Yield the lines of the report."""
    with running_server() as server:
        url = server.create("crowd")
        house = build_house(url, VirtualClock(NOW))
        began = time.perf_counter()
        _seed(house)
        crowd = _copy(url.replace("+psycopg", "", 1), -(-count // SEEDS) - 1)
        yield f"inbox       {crowd:,} open dossiers, made in {time.perf_counter() - began:.0f} s"
        people = _people(house)
        for _ in range(2):  # the first round warms the server
            costs = [_cost(house, person) for person in people]
        share = sorted(costs)[int(len(costs) * 0.95)]
        told = f"(bar {BAR} ms; {len(costs)} officers)"
        yield f"page        median {median(costs):6.1f} ms   95 % {share:6.1f} ms   {told}"


def _seed(house: Installation) -> None:
    """Hand in real dossiers and take them one to five steps on their way."""
    procedure = next(p for p, _ in shipped() if p.code == PROCEDURE)
    for place in range(SEEDS):
        stored = open_one(house, procedure, place)
        for transition, role, facts in WAY[: place % (len(WAY) + 1)]:
            by = _actor(house, stored, role)
            stored = send(house, stored.dossier.code, transition, by, None, Particulars(facts=facts))


def _actor(house: Installation, stored: Stored, role: str) -> Actor:
    """Return who has the role's task in hand, else the first who may take it."""
    by = officer(house, stored, role, stored.at.date())
    held = next((task.assignee for task in stored.dossier.tasks if task.role == role), None)
    return by if held is None else replace(by, person=held)


def _copy(url: str, times: int) -> int:
    """Copy every row of a dossier *times* times; returns how many dossiers there are then.

    Indexes that are no constraint are made when the rows are there: that takes half the time.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        laid_aside = connection.execute(INDEXES, (list(COPIED),)).fetchall()
        for name, _ in laid_aside:
            connection.execute(f"DROP INDEX {name}")
        for table in COPIED:
            names = [row[0] for row in connection.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
                (table,),
            )]  # fmt: skip
            own = dict(OWN, id="t.id") if table == "tasks" else OWN
            values = ", ".join(own.get(name, f"t.{name}") for name in names)
            connection.execute(
                f"INSERT INTO {table} ({', '.join(names)}) "
                f"SELECT {values} FROM {table} t, generate_series(1, {times}) n"
            )
        for _, definition in laid_aside:
            connection.execute(definition)
        connection.execute("VACUUM ANALYZE")
        [found] = connection.execute("SELECT count(*) FROM dossiers WHERE NOT ended")
        return int(found[0])


def _people(house: Installation) -> list[str]:
    """Return officers drawn at random among those who have work of the procedure."""
    day = date(2026, 3, 2)
    desks = sorted({(row.task.agency, row.task.position) for row in house.store.tasks(limit=SEEDS)})
    people = {one for desk in desks for one in house.worlds.directory.holders(*desk, day)}
    return random.Random(1).choices(sorted(people), k=LOOKS)


def _cost(house: Installation, person: str) -> float:
    began = time.perf_counter()
    inbox(house, person)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    for line in run(parser.parse_args().count):
        print(line, flush=True)
