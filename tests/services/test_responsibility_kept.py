"""The report of responsibility keeps what ended dossiers add, and says the same as one that counts everything."""

from datetime import date
from typing import Any

import pytest
from fakes import MemoryStore
from stores import each_store
from world import PAUSING, Office, definition

from motcua.services.adopting import adopt_calendar
from motcua.services.ports import Store
from motcua.services.responsibility import report

store = pytest.fixture(params=("memory", "sqlite"), name="store")(each_store)


class Counting(MemoryStore):
    """A store in memory that counts of how many streams the records were asked."""

    asked = 0

    def records(self, stream: str) -> Any:
        self.asked += 1
        return super().records(stream)


def worked(store: Any) -> Office:
    """Ended dossiers, late and in time, and open ones."""
    office = Office(store)
    for number in range(4):
        code = office.accepted(PAUSING if number % 2 else "9.000001")
        office.send(code, "withdraw", None)
    office.accepted()
    late = office.accepted(PAUSING)
    office.wait(days=30)
    office.send(late, "withdraw", None)
    return office


def test_what_is_kept_gives_the_same_report_as_the_records(store: Store) -> None:
    """At once, after time has passed, and after a calendar changed which working minutes follow from."""
    office = worked(store)
    found = [report(office.house), report(office.house), report(office.house, anew=True)]
    office.wait(days=3)
    later = report(office.house)
    adopt_calendar(office.house, definition(date(2026, 3, 2)), "admin")
    moved = report(office.house)

    assert found[0] == found[1] == found[2]
    assert moved == report(office.house, anew=True)
    assert later["microseconds"] > found[0]["microseconds"]
    assert later["parties"] != moved["parties"]


def test_a_second_report_reads_the_records_of_open_dossiers_alone() -> None:
    """And of an ended one that got another record; forged figures give way to a count from the records."""
    store = Counting()
    office, store.asked = worked(store), 0
    everything = report(office.house)
    first, store.asked = store.asked, 0
    report(office.house)
    second = store.asked
    for kept in list(store._state.shares.values()):
        store.keep_shares([type(kept)(kept.dossier_id, kept.head, kept.rules, _forged(kept.body))])

    assert (6, 1) == (first, second)
    assert everything != report(office.house)
    assert everything == report(office.house, anew=True) == report(office.house)


def _forged(body: str) -> str:
    return body.replace('"late":false', '"late":true')
