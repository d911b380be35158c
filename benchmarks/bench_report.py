"""What the report of responsibility costs over 10,000 dossiers, nine in ten of them ended: counted anew, and kept."""

import argparse
import tempfile
import time
from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.house import build_house, officer, open_one
from motcua.adapters.clock import VirtualClock
from motcua.services.installation import Installation
from motcua.services.responsibility import Blames, blames
from motcua.services.transitions import Particulars, send
from states.commands import APPLICANT_ACTOR

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
COUNT, OPEN_ONE_IN = 10_000, 10
CODE = "1.001612"


def run(url: str | None = None, count: int = COUNT) -> Iterator[str]:
    """Yield the lines of the report, for SQLite in a folder of its own, or for the database named."""
    with tempfile.TemporaryDirectory() as folder:
        clock = VirtualClock(NOW)
        house = build_house(url or f"sqlite:///{Path(folder) / 'report.db'}", clock)
        _fill(house, clock, count)
        records = sum(1 for _ in house.store.all_records())
        yield f"report      {count} dossiers, {records} records"
        anew = yield from _timed("from records", house, True)
        first = yield from _timed("kept       ", house, False)
        again = yield from _timed("kept again ", house, False)
        yield f"equal       {anew == first == again}"


def _fill(house: Installation, clock: VirtualClock, count: int) -> None:
    """Hand all in, accept all an hour later, and let most be withdrawn after another three."""
    [procedure] = [house.worlds.procedure(v.digest) for v in house.store.versions(CODE)]
    opened = [open_one(house, procedure, place) for place in range(count)]
    clock.move(NOW + timedelta(hours=1))
    for stored in opened:
        by, paid = officer(house, stored, "counter", NOW.date()), Particulars(facts={"fee_paid": True})
        send(house, stored.dossier.code, "accept", by, None, paid)
    clock.move(NOW + timedelta(hours=4))
    for place, stored in enumerate(opened):
        if place % OPEN_ONE_IN:
            send(house, stored.dossier.code, "withdraw", APPLICANT_ACTOR, None, Particulars(reason="no"))


def _timed(name: str, house: Installation, anew: bool) -> Generator[str, None, Blames]:
    began = time.perf_counter()
    found = blames(house, anew=anew)
    yield f"{name} {time.perf_counter() - began:6.2f} s"
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", help="a fresh database; else SQLite in a temporary folder")
    parser.add_argument("--count", type=int, default=COUNT)
    given = parser.parse_args()
    for line in run(given.db, given.count):
        print(line, flush=True)
