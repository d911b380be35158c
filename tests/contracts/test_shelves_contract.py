"""One contract for every store: outbox, streams, versions, adoptions, registers, notes, the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from changes import (
    DAY,
    START,
    after,
    dossier,
    key,
    moving,
    nonconformity,
    opening,
    record,
    value,
)
from stores import KINDS, each_store, everything

from motcua.services.ports import (
    Adopted,
    AlreadyApproved,
    Busy,
    NoteTaken,
    OlderVersion,
    PublishedVersion,
    Store,
    VersionNotFound,
    VersionTaken,
)

store = pytest.fixture(params=KINDS, name="store")(each_store)


def test_the_last_instant_is_that_of_a_dossier_or_of_the_system(store: Store) -> None:
    """The latest record of a dossier or of the system stream counts; an empty store has none."""
    assert None is store.last_instant()
    store.write([opening(1), opening(2)])
    store.write([moving(2, 2)])
    assert after(2) == store.last_instant()
    store.append([record("system", 1), record("system", 2), record("system", 3)])
    assert after(3) == store.last_instant()


def test_a_stream_is_read_in_order(store: Store) -> None:
    """A stream comes back byte for byte in order, its last record is its head."""
    store.write([opening(1)])
    store.write([moving(1, 3, expected_seq=1, records=tuple(record(f"dossier:{key(1)}", n) for n in (2, 3)))])
    stream = f"dossier:{key(1)}"
    assert [opening(1).records[0], record(stream, 2), record(stream, 3)] == store.records(stream)
    assert record(stream, 3) == store.head(stream)
    assert (None, []) == (store.head("system"), store.records("system"))


def test_a_taken_place_in_a_system_stream_is_busy(store: Store) -> None:
    """Appending at a number that is taken writes nothing."""
    store.append([record("system", 1)])
    with pytest.raises(Busy):
        store.append([record("system", 2), record("system", 1)])
    store.append([])
    assert [record("system", 1)] == store.records("system")


def version(number: str, digest: str, **changes: Any) -> PublishedVersion:
    """Return a proposal of an invented procedure."""
    proposed = PublishedVersion(
        digest,
        "9.000001",
        number,
        "{}",
        b"\x00id: x\n",
        DAY,
        None,
        "an",
        after(len(number) + int(digest, 16)),
    )
    return replace(proposed, **changes)


def test_a_version_is_proposed_then_approved(store: Store) -> None:
    """A proposal comes back as it was, then with who approved it; each leaves its record."""
    one = version("1.0.0", "1", effective_until=date(2027, 1, 1))
    stream = "procedure:9.000001"
    store.propose(one, record(stream, 1, "published"))
    store.propose(one, record(stream, 2, "published"))
    assert one == store.version("1")
    store.approve("1", "binh", after(9), record(stream, 2, "published"))
    approved = replace(one, approved_by="binh", approved_at=after(9))
    assert (approved, [approved], [approved]) == (
        store.version("1"),
        store.versions(),
        store.versions(one.code),
    )
    assert [1, 2] == [each.seq for each in store.records(stream)]
    assert (None, []) == (store.version("2"), store.versions("9.000002"))


def test_a_version_number_is_never_reused_nor_lowered(store: Store) -> None:
    """Other content under a known number, an older number, and a record's taken number are refused whole."""
    stream = "procedure:9.000001"
    store.propose(version("1.9.0", "1"), record(stream, 1, "published"))
    before = everything(store)
    with pytest.raises(VersionTaken):
        store.propose(version("1.9.0", "2"), record(stream, 2, "published"))
    with pytest.raises(OlderVersion):
        store.propose(version("1.8.0", "2"), record(stream, 2, "published"))
    with pytest.raises(Busy):
        store.propose(version("1.10.0", "2"), record(stream, 1, "published"))
    assert before == everything(store)
    store.propose(version("1.10.0", "2"), record(stream, 2, "published"))
    assert ["1.9.0", "1.10.0"] == [each.version for each in store.versions()]


def test_only_a_proposal_is_approved_and_only_once(store: Store) -> None:
    """An unknown digest and a second approval are refused whole."""
    stream = "procedure:9.000001"
    with pytest.raises(VersionNotFound):
        store.approve("1", "binh", after(9), record(stream, 1, "published"))
    store.propose(version("1.0.0", "1"), record(stream, 1, "published"))
    store.approve("1", "binh", after(9), record(stream, 2, "published"))
    with pytest.raises(AlreadyApproved):
        store.approve("1", "chi", after(10), record(stream, 3, "published"))
    assert 2 == len(store.records(stream))


def adopted(name: str, digest: str, hours: float) -> Adopted:
    """Return a calendar that was put in force."""
    return Adopted("calendar", name, digest, f"body of {digest}", "an", after(hours))


def test_the_newest_adoption_of_each_name_is_in_force(store: Store) -> None:
    """An older calendar may come back; every text ever adopted can still be read."""
    for number, one in enumerate(
        (adopted("vn", "a", 1), adopted("x", "c", 1), adopted("vn", "b", 2)), start=1
    ):
        store.adopt(one, record("calendar:vn", number, "calendar"))
    assert [adopted("vn", "b", 2), adopted("x", "c", 1)] == store.adopted("calendar")
    store.adopt(adopted("vn", "a", 3), record("calendar:vn", 4, "calendar"))
    assert adopted("vn", "a", 3) == store.adopted("calendar")[0]
    assert ("body of b", None, []) == (store.body("b"), store.body("z"), store.adopted("directory"))
    with pytest.raises(Busy):
        store.adopt(adopted("vn", "b", 4), record("calendar:vn", 4, "calendar"))
    assert adopted("vn", "a", 3) == store.adopted("calendar")[0]


def test_registers_keep_what_changes_bring(store: Store) -> None:
    """Nonconformities are listed oldest first, personal values by record and field."""
    store.write(
        [
            opening(
                1, nonconformities=(nonconformity("b", 1, 2),), values=(value(1, "phone"), value(1, "name"))
            ),
            opening(2, nonconformities=(nonconformity("a", 2, 1), nonconformity("c", 2, 2))),
        ]
    )
    assert [
        nonconformity("a", 2, 1),
        nonconformity("b", 1, 2),
        nonconformity("c", 2, 2),
    ] == store.nonconformities()
    assert [value(1, "name"), value(1, "phone")] == store.personal(key(1))
    assert [] == store.personal(key(2))


def test_a_note_lasts(store: Store) -> None:
    """A note is left once; saying the same again is no change, anything else is refused."""
    assert None is store.note("log")
    store.set_note("log", "example.vn/audit")
    store.set_note("log", "example.vn/audit")
    with pytest.raises(NoteTaken):
        store.set_note("log", "other.vn/audit")
    assert "example.vn/audit" == store.note("log")


def test_the_clock_of_the_database_is_told_where_it_has_one(store: Store) -> None:
    """PostgreSQL tells an aware instant in UTC that does not go back, with or without a load before."""
    store.write([opening(1)])
    told = [store.reading().now]
    store.load(dossier(1).code)
    told += [store.reading().now, store.reading().now]
    instants: list[datetime] = [at for at in told if at is not None]
    assert len(instants) in (0, 3)
    assert sorted(instants) == instants
    assert all(at.tzinfo is UTC and at > START for at in instants)
