"""The law of the trail: any changed byte of any record is found, and so is any cut, and where."""

from dataclasses import replace
from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from world import PAUSING, Office

from audit.chain import StoredRecord, leaf_hash
from audit.verify import Level, Report, verify

Heads = dict[str, tuple[int, str]]


@cache
def trail() -> tuple[tuple[StoredRecord, ...], Heads]:
    """The records and heads of an office with two dossiers and its streams of rules."""
    office = Office()
    first, second = office.accepted(), office.accepted(PAUSING)
    office.wait(hours=20)
    office.send(first, "ask_more", "officer")
    office.send(second, "appraise", "officer")
    office.wait(days=20)
    rows = tuple(StoredRecord(r.stream, r.seq, r.raw, r.leaf_hash) for r in office.store.all_records())
    return rows, {stream: (seq, head) for stream, seq, head in office.store.heads()}


def judged(rows: list[StoredRecord]) -> Report:
    """The verdict on some rows, by the honest heads."""
    return verify(rows, trail()[1], level=Level.REPLAY)


PLACES = st.integers(0, len(trail()[0]) - 1)


def flipped(text: str, place: int, change: int) -> str:
    """Change one byte of a text; bytes that are no text any more stand for what a database would hand over."""
    data = bytearray(text.encode())
    data[place % len(data)] ^= change
    return data.decode(errors="surrogateescape")


def test_the_honest_trail_is_sound() -> None:
    """The trail that is tampered with here is sound to begin with."""
    assert () == judged(list(trail()[0])).findings


@given(PLACES, st.integers(0, 10_000), st.integers(1, 255))
def test_any_changed_byte_of_a_record_is_found(place: int, byte: int, change: int) -> None:
    """One byte of one text, changed into any other, is found at that record."""
    rows = list(trail()[0])
    rows[place] = replace(rows[place], raw=flipped(rows[place].raw, byte, change))

    first = judged(rows).first

    assert first is not None
    assert (rows[place].stream, rows[place].seq, "hash") == (first.stream, first.seq, first.code)


@given(PLACES, st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_with_a_new_hash_is_found(place: int, byte: int, change: int) -> None:
    """Whoever computes the hash of the changed record anew is found there, or where the next one is linked."""
    rows = list(trail()[0])
    raw = flipped(rows[place].raw, byte, change).encode(errors="replace").decode()
    rows[place] = replace(rows[place], raw=raw, leaf_hash=leaf_hash(raw))

    first = judged(rows).first

    assert first is not None
    assert first.stream == rows[place].stream
    assert first.seq in (rows[place].seq, rows[place].seq + 1)


@given(PLACES, st.integers(0, 63), st.sampled_from("0123456789abcdef"))
def test_any_changed_digit_of_a_stored_hash_is_found(place: int, digit: int, other: str) -> None:
    """The stored hash of a record is part of what is protected."""
    rows = list(trail()[0])
    known = rows[place].leaf_hash
    rows[place] = replace(rows[place], leaf_hash=known[:digit] + other + known[digit + 1 :])

    assert (known[digit] == other) == judged(rows).ok


@given(PLACES)
def test_any_missing_record_is_found(place: int) -> None:
    """A record that was taken out, the last ones of a stream included, is found in its stream."""
    rows = list(trail()[0])
    gone = rows.pop(place)

    assert gone.stream in {finding.stream for finding in judged(rows).findings}


@given(PLACES, PLACES)
def test_any_record_that_stands_twice_or_elsewhere_is_found(place: int, elsewhere: int) -> None:
    """A copy of a record, put anywhere, is found."""
    rows = list(trail()[0])
    rows.insert(elsewhere, rows[place])

    assert not judged(rows).ok
