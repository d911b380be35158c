"""What tables repeat beside the trail, held against it: columns of dossiers and records, and approvals."""

import json
from collections.abc import Iterable, Iterator, Mapping

from audit.finding import Finding
from audit.verify import Claim
from motcua.services.appointments import figures_of, finish_of, promised
from motcua.services.installation import calendar_of
from motcua.services.ports import NewRecord, Row, Store, Wait
from motcua.services.waits import waits_of
from states.calendar import BusinessCalendar
from states.dossier import Dossier
from states.wire import instant_text

DOSSIER = "dossier:"
_AT, _LOG, _TYPE = '"at":"', '"log":"', '"type":"'


def dossier_rows(store: Store) -> Iterator[Finding]:
    """Find dossiers whose columns differ from their snapshot, such as two histories with their codes exchanged.

    So do those whose rows of what waits are missing, strange or changed.
    """
    calendars = {item.name: calendar_of(item.body) for item in store.adopted("calendar")}
    honest: dict[str, tuple[int, dict[str, object]]] = {}
    waiting: dict[tuple[str, str], Wait] = {}
    for stored in store.iterate():
        honest[stored.id] = stored.seq, _columns(stored.dossier, calendars)
        waiting |= {(wait.dossier_id, wait.id): wait for wait in waits_of(stored.id, stored.dossier)}
    yield from _waits(waiting, store.all_waits(), {id: seq for id, (seq, _) in honest.items()})
    for row in store.rows():
        seq, expected = honest[row.id]
        found = _found(row)
        for name, value in expected.items():
            if value != found[name]:
                yield Finding(f"{DOSSIER}{row.id}", seq, "row", f"{name} {value}", f"{name} {found[name]}")


def _waits(
    expected: dict[tuple[str, str], Wait], rows: Iterable[Wait], seqs: Mapping[str, int]
) -> Iterator[Finding]:
    found = {(row.dossier_id, row.id): row for row in rows}
    for place in sorted(expected.keys() | found.keys()):
        honest, row = expected.get(place), found.get(place)
        if honest != row:
            stream, seq = f"{DOSSIER}{place[0]}", seqs[place[0]]
            yield Finding(stream, seq, "row", _told(place[1], honest), _told(place[1], row))


def _told(name: str, wait: Wait | None) -> str:
    if wait is None:
        return f"{name} does not wait"
    due = "-" if wait.due is None else instant_text(wait.due)
    who = f"{wait.kind} {wait.number} of {wait.asker} to {wait.answerer}"
    return f"{name} {wait.status}, {who}, since {instant_text(wait.since)}, due {due}"


def _columns(dossier: Dossier, calendars: Mapping[str, BusinessCalendar]) -> dict[str, object]:
    clock = promised(dossier)
    finish = None if clock is None else finish_of(dossier, calendars[clock.calendar])
    return {
        **figures_of(dossier, finish),
        "code": dossier.code,
        "procedure": dossier.procedure,
        "agency": dossier.agency,
        "series": dossier.code,
        "version": dossier.version,
        "states": dossier.configuration,
        "public": dossier.public,
        "ended": dossier.ended,
    }


def _found(row: Row) -> dict[str, object]:
    return {
        **row.figures,
        "code": row.code,
        "procedure": row.procedure,
        "agency": row.lead or row.agency,
        "series": f"{row.agency}-{row.day:%y%m%d}-{row.number:04d}",
        "version": row.version,
        "states": row.configuration,
        "public": row.public,
        "ended": row.ended,
    }


def record_row(record: NewRecord, log: str) -> Iterator[Finding]:
    """Find a record whose columns differ from its text, or that another log made.

    In canonical text the record's own `at` and `log` are the first of their name, its `type` the last.
    """
    raw = record.raw
    columns = (
        ("row", f"{_AT}{instant_text(record.at)}", raw[raw.find(_AT) :][: len(_AT) + 27]),
        ("row", f'{_TYPE}{record.type}"', raw[raw.rfind(_TYPE) :][: len(_TYPE) + len(record.type) + 1]),
        ("log", f'{_LOG}{log}"', raw[raw.find(_LOG) :][: len(_LOG) + len(log) + 1]),
    )
    for code, expected, found in columns:
        if expected != found:
            yield Finding(record.stream, record.seq, code, expected, found)


def approvals(store: Store) -> Iterator[Finding]:
    """Find approvals of procedure versions that the trail tells otherwise: by whom, or whether at all."""
    versions = store.versions()
    told = {version.digest: version.approved_by for version in versions}
    for code in sorted({version.code for version in versions}):
        for record in store.records(f"procedure:{code}"):
            said = json.loads(record.raw)
            if [event["kind"] for event in said["events"]] != ["approved"]:
                continue
            if told.get(said["cfg"]) != said["actor"]:
                expected, found = f"approved by {said['actor']}", f"approved by {told.get(said['cfg'])}"
                yield Finding(record.stream, record.seq, "row", expected, found)


def order_claims(store: Store) -> Iterator[Claim]:
    """Return what the table of mass orders says happened."""
    for row in store.orders():
        yield Claim(f"order:{row.id}", "order_proposed", row.digest)
        if row.approved_at is not None:
            yield Claim(f"order:{row.id}", "order_approved", row.digest)
