"""The auditor's use cases: an honest house is sound; whatever a database administrator changes is found."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from world import PAUSING, Office, definition

from audit.canonical import canonical
from audit.chain import leaf_hash
from audit.verify import Level, Report
from motcua.services.adopting import adopt_calendar
from motcua.services.auditing import Reconciled, examine, reconcile, replay_all, replay_dossier, verify_store

FIRST, SECOND = f"dossier:{1:032x}", f"dossier:{2:032x}"


def busy() -> tuple[Office, list[str]]:
    """An office with two dossiers that were late, one of them lapsed."""
    office = Office()
    codes = [office.accepted(), office.accepted(PAUSING)]
    office.wait(hours=30)
    office.send(codes[0], "ask_more", "officer")
    office.wait(days=20)
    return office, codes


def found(report: Report) -> list[tuple[str, int, str]]:
    """Where and what: stream, seq and code of each finding."""
    return [(finding.stream, finding.seq, finding.code) for finding in report.findings]


def relink(office: Office, stream: str) -> None:
    """Compute a stream anew from its texts, and the head in the dossier's row with it, as an insider would."""
    rows, state = office.rows(stream), office.store._state
    newest = "0" * 64
    for index, row in enumerate(rows):
        raw = canonical({**json.loads(row.raw), "prev": newest, "seq": index + 1})
        newest = leaf_hash(raw)
        rows[index] = replace(row, raw=raw, leaf_hash=newest, seq=index + 1)
    if stream.startswith("dossier:"):
        dossier_id = stream.partition(":")[2]
        state.heads[dossier_id] = replace(state.heads[dossier_id], seq=len(rows), head=newest)


def test_an_honest_house_is_sound() -> None:
    """Chains, states, legality and escalations are all as they should be, whichever way they are asked for."""
    office, codes = busy()
    counted = reconcile(office.house, office.clock.at)
    examined = examine(office.house, office.clock.at, Level.LEGAL)

    assert verify_store(office.house).ok
    assert len(list(office.store.all_records())) == examined.report.records
    assert (2, {}) == (examined.replayed.equal, examined.replayed.different)
    assert (replay_all(office.house), counted) == (examined.replayed, examined.reconciled)
    assert counted.ok and counted.due == counted.fired > 0
    assert all(replay_dossier(office.house, code).equal for code in codes)


def _change_text(office: Office) -> None:
    rows = office.rows(FIRST)
    rows[2] = replace(rows[2], raw=rows[2].raw.replace("notify", "notice"))


def _cut_tail(office: Office) -> None:
    del office.rows(FIRST)[-1]


def _empty(office: Office) -> None:
    del office.store._state.streams[FIRST]


def _change_row(office: Office) -> None:
    heads = office.store._state.heads
    change = heads[FIRST.partition(":")[2]]
    heads[change.id] = replace(change, dossier=replace(change.dossier, public=10))


def _drop_row(office: Office) -> None:
    del office.store._state.heads[FIRST.partition(":")[2]]


def _forge_due(office: Office) -> None:
    rows = office.rows(FIRST)
    due = json.loads(rows[1].raw)["events"][3]["due"]
    rows[1] = replace(rows[1], raw=rows[1].raw.replace(due, due.replace(":00.", ":01.")))
    relink(office, FIRST)


def _forget_calendar(office: Office) -> None:
    del office.store._state.streams["calendar:vn-gov"]


def _forget_approval(office: Office) -> None:
    office.rows(f"procedure:{PAUSING}").pop()


TAMPERING: list[tuple[Callable[[Office], None], Level, str, int, str]] = [
    (_change_text, Level.CHAIN, FIRST, 3, "hash"),
    (_cut_tail, Level.CHAIN, FIRST, 5, "head"),
    (_empty, Level.CHAIN, FIRST, 0, "head"),
    (_drop_row, Level.CHAIN, FIRST, 1, "head"),
    (_change_row, Level.REPLAY, FIRST, 6, "snapshot"),
    (_forge_due, Level.LEGAL, FIRST, 2, "due"),
    (_forget_calendar, Level.CHAIN, "calendar:vn-gov", 0, "unrecorded"),
    (_forget_approval, Level.CHAIN, f"procedure:{PAUSING}", 0, "unrecorded"),
]


@pytest.mark.parametrize(("tamper", "level", "stream", "seq", "code"), TAMPERING)
def test_tampering_is_found_where_it_was_done(
    tamper: Callable[[Office], None], level: Level, stream: str, seq: int, code: str
) -> None:
    """The first finding names stream, record and kind of what was changed behind our back."""
    office, _ = busy()
    tamper(office)

    first = verify_store(office.house, level).first

    assert first is not None
    assert (stream, seq, code) == (first.stream, first.seq, first.code)
    assert first.vi and first.en


def test_rules_that_nobody_put_in_force_are_found_where_they_were_used() -> None:
    """With row and record of an approval both gone, the dossiers that cite the version give it away."""
    office, _ = busy()
    _forget_approval(office)
    versions = office.store._state.versions
    for digest, version in list(versions.items()):
        if version.code == PAUSING:
            versions[digest] = replace(version, approved_at=None, approved_by=None)

    assert [(SECOND, 1, "unpublished")] == found(verify_store(office.house, Level.CHAIN))


def test_a_changed_calendar_is_part_of_a_sound_trail() -> None:
    """Old records keep the old calendar, new ones cite the new, and both are found published."""
    office, _ = busy()
    adopted_after = office.clock.at.date() + timedelta(days=1)
    adopt_calendar(office.house, definition(adopted_after), "admin")
    office.wait(days=10)

    assert verify_store(office.house).ok
    assert reconcile(office.house, office.clock.at).ok


def test_a_state_that_was_changed_is_reported_by_replay() -> None:
    """A dossier row that says something else than its records is different, and the other one still equal."""
    office, codes = busy()
    _change_row(office)

    replayed = replay_all(office.house)

    assert (1, [FIRST]) == (replayed.equal, list(replayed.different))
    assert [False, True] == [replay_dossier(office.house, code).equal for code in codes]
    assert [FIRST] == list(examine(office.house, office.clock.at).replayed.different)


def test_a_dossier_without_records_is_reported_by_replay() -> None:
    """A row that no record supports is different too."""
    office, _ = busy()
    _empty(office)

    assert {FIRST: "it has no record"} == replay_all(office.house).different


def _without(office: Office, word: str) -> None:
    """Drop the records of a dossier's rungs of one name, and mend the chain over the gap."""
    office.rows(FIRST)[:] = [row for row in office.rows(FIRST) if f'"rung":"{word}"' not in row.raw]
    relink(office, FIRST)


def test_a_rung_that_was_erased_with_its_traces_is_recounted() -> None:
    """A chain computed anew hides a dropped rung from the chain, not from the recount."""
    office, _ = busy()
    _without(office, "warn")

    counted = reconcile(office.house, office.clock.at)

    missed = [(fault.stream, fault.rung) for fault in counted.faults if fault.kind == "missed"]
    assert [(FIRST, "warn")] == missed
    assert (1, 0, False) == (counted.missed, counted.doubled, counted.ok)
    assert counted.due == counted.fired + 1


def test_a_stopped_worker_is_seen_by_the_recount() -> None:
    """Without a sweep what falls due is missed; after one it is not."""
    office, _ = busy()
    office.accepted()
    office.pass_time(days=3)

    missed = reconcile(office.house, office.clock.at).missed
    office.sweep()

    assert (True, True) == (missed > 0, reconcile(office.house, office.clock.at).ok)


def test_records_that_cannot_be_read_are_told_and_not_counted() -> None:
    """A dossier whose records are no records is named; the others are counted all the same."""
    office, _ = busy()
    rows = office.rows(FIRST)
    rows[0] = replace(rows[0], raw="{}")

    counted: Reconciled = reconcile(office.house, office.clock.at)

    assert ([FIRST], True) == (list(counted.unreadable), counted.due > 0)


def test_progress_is_told() -> None:
    """A long check says how far it is."""
    office, _ = busy()
    records, dossiers = list[int](), list[int]()

    verify_store(office.house, Level.CHAIN, records.append)
    replay_all(office.house, dossiers.append)

    assert list(range(1, len(list(office.store.all_records())) + 1)) == records
    assert [1, 2] == dossiers


def test_a_replay_of_a_broken_chain_is_not_equal() -> None:
    """One changed byte that no state shows still makes the replay a failure, not a reassurance."""
    office, codes = busy()
    assert replay_dossier(office.house, codes[0]).equal
    rows = office.rows(FIRST)
    rows[2] = replace(rows[2], raw=rows[2].raw.replace('"seq":3', '"seq":4', 1))
    assert not replay_dossier(office.house, codes[0]).equal
