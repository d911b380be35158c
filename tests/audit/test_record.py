"""Records of format 1: golden texts that never change, and everything a reader must refuse."""

import json
import runpy
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.canonical import canonical
from audit.record import (
    DOSSIER_TYPES,
    AuditRecord,
    Auth,
    InvalidRecord,
    RecordType,
    UnreadableRecord,
    format_instant,
    from_raw,
    parse_instant,
    to_raw,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "records"
LINES = (GOLDEN / "dossier.txt").read_text(encoding="utf-8").splitlines()
RAWS = [line.partition(" ")[2] for line in LINES]


def changed(**fields: object) -> str:
    """Return the first golden text with some of its fields replaced, canonical again."""
    return canonical(json.loads(RAWS[0]) | fields)


def test_the_generator_still_writes_the_golden_records() -> None:
    """The same records give the same bytes and hashes as on the day the format was fixed."""
    rows = runpy.run_path(str(GOLDEN / "generate.py"))["golden"]()

    assert LINES == [f"{row.leaf_hash} {row.raw}" for row in rows]


@pytest.mark.parametrize("raw", RAWS)
def test_a_golden_record_reads_and_writes_back(raw: str) -> None:
    """Reading loses nothing: the text written from the record is the text read."""
    assert raw == to_raw(from_raw(raw))


def test_a_golden_record_holds_what_its_text_says() -> None:
    """Instants, days, enumerations and lists come back as values of their types."""
    record = from_raw(RAWS[0])

    assert RecordType.OPENED is record.type
    assert datetime(2026, 11, 23, 4, 2, 25, 123456, tzinfo=UTC) == record.at
    assert date(2026, 11, 20) == record.legal_date
    assert Auth("oidc", "u:91") == record.auth
    assert ({"kind": "dossier_opened", "channel": "online"},) == record.events
    assert 2 == len(record.calendars)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(changed(v=2), "v", id="version-2"),
        pytest.param(changed(v=True), "v", id="version-true"),
        pytest.param(changed(v="1"), "v", id="version-text"),
        pytest.param("[]", "v", id="not-an-object"),
        pytest.param(changed(type="approved"), "type", id="unknown-type"),
        pytest.param(changed(type="published"), "type", id="type-of-another-stream"),
        pytest.param(changed(stream="system"), "type", id="stream-of-another-type"),
        pytest.param(changed(stream="dossier:"), "stream", id="stream-without-id"),
        pytest.param(changed(stream="dossier:a b"), "stream", id="stream-with-space"),
        pytest.param(changed(cause="chance"), "cause", id="unknown-cause"),
        pytest.param(changed(note="x"), "note", id="unknown-key"),
        pytest.param(canonical({"v": 1}), "actor", id="missing-keys"),
        pytest.param(changed(seq=0), "seq", id="seq-0"),
        pytest.param(changed(seq=True), "seq", id="seq-true"),
        pytest.param(changed(seq="1"), "seq", id="seq-text"),
        pytest.param(changed(prev="0" * 63), "prev", id="short-digest"),
        pytest.param(changed(cfg="A" * 64), "cfg", id="upper-case-digest"),
        pytest.param(changed(calendars=["x"]), "calendars", id="calendar-no-digest"),
        pytest.param(changed(calendars=[1]), "calendars", id="calendar-number"),
        pytest.param(changed(calendars=None), "calendars", id="calendars-null"),
        pytest.param(changed(at="2026-11-23T04:02:25Z"), "at", id="no-decimals"),
        pytest.param(changed(at="2026-11-23T11:02:25.123456+07:00"), "at", id="local-time"),
        pytest.param(changed(at="2026-W48-1T04:02:25.123456Z"), "at", id="week-date"),
        pytest.param(changed(at="2026-11-23 04:02:25.123456Z"), "at", id="space-for-T"),
        pytest.param(changed(at="2026-02-29T04:02:25.123456Z"), "at", id="no-such-day"),
        pytest.param(changed(legal_date=""), "legal_date", id="empty-date"),
        pytest.param(changed(legal_date="20261120"), "legal_date", id="basic-date"),
        pytest.param(changed(auth={}), "auth.acr", id="empty-auth"),
        pytest.param(changed(auth="root"), "auth", id="auth-text"),
        pytest.param(
            changed(auth={"idp": "guess", "user": "u", "acr": None, "sid_hash": None}),
            "auth",
            id="unknown-idp",
        ),
        pytest.param(
            changed(auth={"idp": "os", "user": None, "acr": None, "sid_hash": None}),
            "auth.user",
            id="no-user",
        ),
        pytest.param(changed(events=[1]), "events", id="event-number"),
        pytest.param(changed(events=[{}]), "events", id="event-without-kind"),
        pytest.param(changed(events={}), "events", id="events-object"),
        pytest.param(changed(command=[]), "command", id="command-list"),
        pytest.param(changed(corrects=1), "corrects", id="corrects-itself"),
        pytest.param(changed(command={"x": "x" * 65_535}), "/", id="too-long"),
        pytest.param(RAWS[0].replace('"seq":1', '"seq": 1'), "/", id="spaced"),
        pytest.param(RAWS[0].replace('"seq":1', '"seq":1,"seq":1'), "/", id="key-twice"),
        pytest.param(RAWS[0].replace('"seq":1', '"seq":1.0'), "/seq", id="float"),
        pytest.param(RAWS[0] + "\n", "/", id="line-end"),
        pytest.param(RAWS[0][:-1], "/", id="cut-off"),
        pytest.param("", "/", id="empty"),
    ],
)
def test_a_reader_refuses_what_is_not_format_1(text: str, what: str) -> None:
    """The refusal names the field, or the place in the JSON, that is not as the format says."""
    with pytest.raises(UnreadableRecord) as caught:
        from_raw(text)

    assert what == caught.value.facts["what"]
    assert f"«{what}»" in caught.value.message("vi")


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda record: replace(record, seq=0), id="seq"),
        pytest.param(lambda record: replace(record, type=RecordType.KEY), id="type"),
        pytest.param(lambda record: replace(record, legal_date=record.at), id="instant-as-day"),
        pytest.param(lambda record: replace(record, idem="x"), id="digest"),
        pytest.param(lambda record: replace(record, events=({"from": []},)), id="event"),
        pytest.param(lambda record: to_raw(replace(record, at=datetime(2026, 1, 1))), id="naive"),
        pytest.param(lambda record: to_raw(replace(record, command={"x": "x" * 65_535})), id="too-long"),
    ],
)
def test_a_writer_cannot_make_what_a_reader_refuses(make: Callable[[AuditRecord], Any]) -> None:
    """The same forms are asked of the writer, before anything is recorded."""
    with pytest.raises(InvalidRecord):
        make(from_raw(RAWS[0]))


def test_the_types_of_dossier_streams_are_the_first_twelve() -> None:
    """The list is closed: twelve types for dossiers, fourteen for all other streams."""
    assert (12, 26) == (len(DOSSIER_TYPES), len(RecordType))
    assert RecordType.MIGRATED in DOSSIER_TYPES
    assert RecordType.PUBLISHED not in DOSSIER_TYPES


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_reads_back_to_the_microsecond(instant: datetime) -> None:
    """Every instant has one text of 27 characters, and texts sort as the instants do."""
    text = format_instant(instant)

    assert (27, instant) == (len(text), parse_instant(text))


def test_an_instant_of_another_zone_is_refused() -> None:
    """A local time is never written, though it names the same instant."""
    hanoi = timezone(timedelta(hours=7))
    with pytest.raises(InvalidRecord):
        format_instant(datetime(2026, 11, 23, 11, 2, tzinfo=hanoi))
