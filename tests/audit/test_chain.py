"""The chain of a stream: whatever is changed, cut, moved, doubled or slipped in is found, and where."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.canonical import canonical, parse
from audit.chain import (
    GENESIS,
    Break,
    BrokenLink,
    Flaw,
    Report,
    StoredRecord,
    first_break,
    leaf_hash,
    link,
    verify_streams,
)
from audit.record import AuditRecord, Cause, RecordType, from_raw

LINES = (
    (Path(__file__).parents[1] / "golden" / "records" / "dossier.txt")
    .read_text(encoding="utf-8")
    .splitlines()
)
STREAM = "dossier:01J9Z8Q7"
GOLDEN = [
    StoredRecord(STREAM, seq, raw, leaf)
    for seq, (leaf, _, raw) in enumerate((line.partition(" ") for line in LINES), start=1)
]
HEAD = (GOLDEN[-1].seq, GOLDEN[-1].leaf_hash)
START = datetime(2026, 11, 23, 4, tzinfo=UTC)


def chain(stream: str, length: int) -> list[StoredRecord]:
    """Build an honest stream of monitor or task records, a second apart."""
    rows: list[StoredRecord] = []
    head = (0, GENESIS)
    kind = RecordType.TASK if stream.startswith("dossier:") else RecordType.MONITOR
    for seq in range(1, length + 1):
        at = START + timedelta(seconds=seq)
        record = AuditRecord(
            type=kind, log="log1", stream=stream, seq=seq, prev=head[1], at=at, cause=Cause.SYSTEM
        )
        rows.append(link(head, record))
        head = (seq, rows[-1].leaf_hash)
    return rows


def rewritten(row: StoredRecord, **fields: object) -> StoredRecord:
    """Change fields of a record as a database administrator would: text and stored hash together."""
    raw = canonical(parse(row.raw) | fields)
    return replace(row, raw=raw, leaf_hash=leaf_hash(raw))


def test_an_honest_chain_is_whole() -> None:
    """The golden stream has no break, with and without its head."""
    assert first_break(STREAM, GOLDEN) is None
    assert first_break(STREAM, GOLDEN, HEAD) is None


def test_a_leaf_is_the_leaf_of_rfc_6962() -> None:
    """Known answers: the empty leaf, and the one-line example of the standard's test vectors."""
    assert "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" == leaf_hash("")
    assert leaf_hash("L123456").startswith("395aa064")


@pytest.mark.parametrize("index", range(len(GOLDEN)))
def test_every_changed_byte_of_a_record_is_found_where_it_is(index: int) -> None:
    """Each byte of each golden record, changed in three ways: the break is at that record."""
    row = GOLDEN[index]
    data = row.raw.encode()
    missed = []
    for position in range(len(data)):
        for flip in (0x01, 0x20, 0x80):
            bad = bytearray(data)
            bad[position] ^= flip
            raw = bad.decode(errors="surrogateescape")
            found = first_break(STREAM, [replace(row, raw=raw)])
            if found is None or (row.seq, Flaw.HASH) != (found.seq, found.reason_code):
                missed.append((position, flip))

    assert [] == missed


@pytest.mark.parametrize("index", range(len(GOLDEN)))
def test_a_changed_byte_is_found_even_when_the_stored_hash_is_made_to_fit(index: int) -> None:
    """With the hash rewritten too, the record itself, the next one or the head tells."""
    row = GOLDEN[index]
    data = row.raw.encode()
    missed = []
    for position in range(len(data)):
        bad = bytearray(data)
        bad[position] ^= 0x01
        raw = bad.decode(errors="replace")
        rows = [*GOLDEN[:index], replace(row, raw=raw, leaf_hash=leaf_hash(raw)), *GOLDEN[index + 1 :]]
        found = first_break(STREAM, rows, HEAD)
        if found is None or found.seq not in (row.seq, row.seq + 1):
            missed.append(position)

    assert [] == missed


@pytest.mark.parametrize("index", range(len(GOLDEN)))
def test_every_changed_character_of_a_stored_hash_is_found_where_it_is(index: int) -> None:
    """Also a mere change of case in a hash is a break at that record."""
    row = GOLDEN[index]
    for position, char in enumerate(row.leaf_hash):
        for other in {*"09af", char.upper()} - {char}:
            bad = row.leaf_hash[:position] + other + row.leaf_hash[position + 1 :]
            found = first_break(STREAM, [*GOLDEN[:index], replace(row, leaf_hash=bad)])

            assert found == Break(STREAM, row.seq, Flaw.HASH, row.leaf_hash, bad)


@pytest.mark.parametrize(
    ("tamper", "seq", "flaw"),
    [
        pytest.param(lambda rows: rows[1:], 2, Flaw.SEQ, id="first-deleted"),
        pytest.param(lambda rows: rows[:2] + rows[3:], 4, Flaw.SEQ, id="middle-deleted"),
        pytest.param(lambda rows: rows[:-1], 5, Flaw.HEAD, id="tail-deleted"),
        pytest.param(lambda rows: [], 0, Flaw.HEAD, id="all-deleted"),
        pytest.param(lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], 3, Flaw.SEQ, id="reordered"),
        pytest.param(lambda rows: [*rows[:2], rows[1], *rows[2:]], 2, Flaw.SEQ, id="duplicated"),
        pytest.param(
            lambda rows: [*rows[:2], rewritten(rows[2], actor="x"), *rows[3:]], 4, Flaw.PREV, id="rewritten"
        ),
        pytest.param(
            lambda rows: [*rows[:5], rewritten(rows[5], actor="x")], 6, Flaw.HEAD, id="last-rewritten"
        ),
        pytest.param(
            lambda rows: [*rows[:2], replace(rows[3], seq=3), *rows[4:]],
            3,
            Flaw.SEQ,
            id="deleted-and-renumbered",
        ),
        pytest.param(
            lambda rows: [*rows[:5], rewritten(rows[5], at="2026-11-23T04:02:00.000000Z")],
            6,
            Flaw.AT,
            id="back-dated",
        ),
        pytest.param(
            lambda rows: [rewritten(rows[0], stream="dossier:x"), *rows[1:]],
            1,
            Flaw.STREAM,
            id="other-stream",
        ),
        pytest.param(
            lambda rows: [replace(rows[0], stream="dossier:x"), *rows[1:]],
            1,
            Flaw.STREAM,
            id="row-of-another-stream",
        ),
        pytest.param(
            lambda rows: [rewritten(rows[0], v=2), *rows[1:]], 1, Flaw.UNREADABLE, id="unknown-format"
        ),
    ],
)
def test_tampering_is_found_and_located(
    tamper: Callable[[list[StoredRecord]], list[StoredRecord]], seq: int, flaw: Flaw
) -> None:
    """Each way to falsify a stream gives its own reason, at the first row that is wrong."""
    found = first_break(STREAM, tamper(GOLDEN), HEAD)

    assert found is not None
    assert (STREAM, seq, flaw) == (found.stream, found.seq, found.reason_code)


def test_only_the_head_reveals_a_cut_tail() -> None:
    """A chain cannot know how long it should be: the head kept elsewhere can."""
    assert first_break(STREAM, GOLDEN[:-1]) is None
    assert first_break(STREAM, GOLDEN[:-1], HEAD) == Break(
        STREAM, 5, Flaw.HEAD, f"6 {HEAD[1]}", f"5 {GOLDEN[4].leaf_hash}"
    )


def test_link_refuses_a_record_made_for_another_head() -> None:
    """Two writers who read the same head cannot both go on from it."""
    record = from_raw(GOLDEN[2].raw)

    assert GOLDEN[2] == link((2, GOLDEN[1].leaf_hash), record)
    for head in [(1, GOLDEN[1].leaf_hash), (2, GOLDEN[0].leaf_hash), (0, GENESIS)]:
        with pytest.raises(BrokenLink):
            link(head, record)


def test_many_streams_are_checked_in_one_pass() -> None:
    """The report counts rows and streams and names the first break of each broken stream only."""
    rows = [*chain("dossier:a", 3), *chain("dossier:b", 4)[1:], *chain("system", 2)]
    seen: list[int] = []

    report = verify_streams(iter(rows), on_record=seen.append)

    assert Report(8, 3, (Break("dossier:b", 2, Flaw.SEQ, "1", "2"),)) == report
    assert not report.ok
    assert list(range(1, 9)) == seen


def test_heads_reveal_a_lost_an_unknown_and_a_doubled_stream() -> None:
    """With the heads of all streams, none can vanish, appear or come twice."""
    a, b = chain("dossier:a", 2), chain("dossier:b", 1)
    heads = {"dossier:a": (2, a[-1].leaf_hash), "dossier:b": (1, b[-1].leaf_hash)}

    assert verify_streams([*b, *a], heads).ok
    assert [("dossier:b", 0)] == [(each.stream, each.seq) for each in verify_streams(a, heads).breaks]
    assert ["dossier:c"] == [
        each.stream for each in verify_streams([*a, *b, *chain("dossier:c", 1)], heads).breaks
    ]
    assert ["dossier:a"] == [each.stream for each in verify_streams([*a, *b, *a], heads).breaks]
    assert verify_streams([]) == Report(0, 0, ())


@given(st.data())
def test_any_random_mutation_is_found(data: st.DataObject) -> None:
    """Edit, delete, insert, swap or duplicate at random, hashes made to fit or not: the heads tell."""
    rows = chain("dossier:a", data.draw(st.integers(2, 6)))
    heads = {"dossier:a": (rows[-1].seq, rows[-1].leaf_hash)}
    at = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(st.integers(0, len(rows) - 1).filter(lambda index: index != at))
    edited = rewritten(rows[at], actor=data.draw(st.text("abc", min_size=1)))
    mutants: dict[str, list[StoredRecord]] = {
        "edit": [*rows[:at], edited, *rows[at + 1 :]],
        "edit text only": [*rows[:at], replace(edited, leaf_hash=rows[at].leaf_hash), *rows[at + 1 :]],
        "delete": rows[:at] + rows[at + 1 :],
        "insert": [*rows[:at], edited, *rows[at:]],
        "duplicate": [*rows[:at], rows[at], *rows[at:]],
        "swap": [rows[{at: other, other: at}.get(index, index)] for index in range(len(rows))],
    }
    mutant = mutants[data.draw(st.sampled_from(sorted(mutants)))]

    assert verify_streams(rows, heads).ok
    assert not verify_streams(mutant, heads).ok
