"""What a mass order costs: suspend 10,000 dossiers and tell each applicant, send it again, take it back, exactly?"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.house import build_house, officer, open_one
from motcua.adapters.clock import VirtualClock
from motcua.services.installation import Installation
from motcua.services.ordering import approve_order, carry_out, propose_order
from motcua.services.transitions import Particulars, send
from states.commands import Actor
from states.order import Instrument, Order, OrderFilter, OrderKind, Past
from states.procedure import Label

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
COUNT = 10_000
PAPER = Instrument("15/QĐ", NOW.date(), "signer", "law", "gazette", False)
STORM = Order(
    "storm", OrderKind.SUSPEND, PAPER, Label("Bão", "Storm"), NOW - timedelta(hours=1), None, None,
    ("committed", "legal", "steps"), True, OrderFilter(), None, None, tell=True,
)  # fmt: skip
BACK = replace(
    STORM, id="back", kind=OrderKind.REVERSE, since=NOW, clocks=(), later=False, reverses="storm",
    past=Past.WITHDRAWN,
)  # fmt: skip


def run(url: str | None = None, count: int = COUNT) -> Iterator[str]:
    """Yield the lines of the report, for SQLite in a folder of its own, or for the database named."""
    with tempfile.TemporaryDirectory() as folder:
        house = replace(
            build_house(url or f"sqlite:///{Path(folder) / 'order.db'}"),
            clock=VirtualClock(NOW),
            virtual=True,
        )
        _fill(house, count)
        before = _times(house)
        yield f"order       {count} dossiers accepted"
        yield f"apply       {_carried(house, STORM)}"
        held = _times(house)
        yield f"again       {_again(house, 'storm')}; unchanged: {held == _times(house)}"
        yield f"reverse     {_carried(house, BACK)}"
        yield f"again       {_again(house, 'back')}"
        after = _times(house)
        moved = sum(before[code] != after[code] for code in before)
        yield f"exact       {len(before) - moved} of {len(before)} dossiers with every due instant as before"


def _fill(house: Installation, count: int) -> None:
    procedures = {version.code for version in house.store.versions()}
    code = "1.001612" if "1.001612" in procedures else min(procedures)
    [procedure] = [house.worlds.procedure(v.digest) for v in house.store.versions(code)]
    for place in range(count):
        stored = open_one(house, procedure, place)
        by: Actor = officer(house, stored, "counter", NOW.date())
        send(house, stored.dossier.code, "accept", by, None, Particulars(facts={"fee_paid": True}))


def _carried(house: Installation, order: Order) -> str:
    row = propose_order(house, order, "an")
    approve_order(house, row.digest, "binh")
    return _again(house, row.digest)


def _again(house: Installation, name: str) -> str:
    began = time.perf_counter()
    done = carry_out(house, name)
    took = time.perf_counter() - began
    counts = f"applied {done.applied}, already {done.already}, outrun {done.outrun}"
    return f"{took:6.2f} s  matched {done.matched}, {counts}"


def _times(house: Installation) -> dict[str, Any]:
    return {
        stored.dossier.code: [(c.id, c.due, c.remaining, c.state) for c in stored.dossier.clocks.values()]
        for stored in house.store.iterate()
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", help="a fresh database; else SQLite in a temporary folder")
    parser.add_argument("--count", type=int, default=COUNT)
    given = parser.parse_args()
    for line in run(given.db, given.count):
        print(line, flush=True)
