"""The hash chain of one stream: how a record is linked to the one before, and where a chain is broken."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from audit.record import AuditRecord, UnreadableRecord, format_instant, from_raw, to_raw
from states.errors import DomainError, Kind

GENESIS = "0" * 64

Heads = Mapping[str, tuple[int, str]]


class BrokenLink(DomainError):
    """Stream {stream} does not go on with {what} {found} but with {expected}. Read its head again."""

    kind = Kind.CONFLICT
    vi = "Chuỗi {stream} không nối tiếp bằng {what} {found} mà bằng {expected}. Hãy đọc lại đầu chuỗi."


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One row of the audit log, as the database gave it: nothing about it is trusted.

    Attributes:
        raw: The canonical text, exactly as stored.
        leaf_hash: What the database says the hash of `raw` is.
    """

    stream: str
    seq: int
    raw: str
    leaf_hash: str


class Flaw(StrEnum):
    """How a chain can be broken."""

    HASH = "hash"
    UNREADABLE = "unreadable"
    STREAM = "stream"
    SEQ = "seq"
    PREV = "prev"
    AT = "at"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a stream is not what it should be.

    Attributes:
        seq: `seq` of the stored row; 0 when the stream has no rows at all.
        expected: What an unbroken chain would hold there.
        found: What is there.
    """

    stream: str
    seq: int
    reason_code: Flaw
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Report:
    """What checking many streams found.

    Attributes:
        records: Rows read.
        streams: Streams read, broken ones included.
        breaks: The first break of each broken stream, in the order of reading.
    """

    records: int
    streams: int
    breaks: tuple[Break, ...]

    @property
    def ok(self) -> bool:
        """Tell whether every stream is whole."""
        return not self.breaks


def leaf_hash(raw: str) -> str:
    """Return SHA-256(0x00 || UTF-8 of *raw*) in hex: the leaf of RFC 6962, and the `prev` of the next record.

    Raises:
        UnicodeEncodeError: *raw* holds a lone surrogate.
    """
    return hashlib.sha256(b"\x00" + raw.encode()).hexdigest()


def link(head: tuple[int, str], record: AuditRecord) -> StoredRecord:
    """Return the row that puts *record* at the end of its stream.

    Args:
        head: `seq` and leaf hash of the newest record of the stream; `(0, GENESIS)` for a new one.
        record: Made with `seq` one above the head's and with `prev` its leaf hash.

    Raises:
        BrokenLink: The record was made for another head.
        NotCanonical, InvalidRecord: The record has no text.
    """
    seq, newest = head
    for what, expected, found in (("seq", seq + 1, record.seq), ("prev", newest, record.prev)):
        if expected != found:
            raise BrokenLink(stream=record.stream, what=what, expected=expected, found=found)
    raw = to_raw(record)
    return StoredRecord(record.stream, record.seq, raw, leaf_hash(raw))


def first_break(
    stream: str,
    rows: Iterable[StoredRecord],
    head: tuple[int, str] | None = None,
    on_read: Callable[[AuditRecord], None] | None = None,
) -> Break | None:
    """Return the first place where the rows of *stream*, in the order given, are not one whole chain.

    Args:
        stream: Its name; rows of another are a break.
        rows: All rows of the stream, first to last; read only up to the break.
        head: `seq` and leaf hash of the last record, kept elsewhere. Without it a cut-off tail goes unseen.
        on_read: Called with each record in its place, so that whoever needs it need not read it again.
    """
    previous: AuditRecord | None = None
    seq, newest = 0, GENESIS
    for row in rows:
        checked = _check_row(row, stream, previous, (seq + 1, newest))
        if isinstance(checked, Break):
            return checked
        previous, seq, newest = checked, row.seq, row.leaf_hash
        if on_read is not None:
            on_read(checked)
    if head is not None and head != (seq, newest):
        return Break(stream, seq, Flaw.HEAD, _head_text(head), _head_text((seq, newest)))
    return None


def verify_streams(
    rows: Iterable[StoredRecord],
    heads: Heads | None = None,
    on_record: Callable[[int], None] | None = None,
) -> Report:
    """Check every stream, in one pass and in memory that does not grow with the number of rows.

    Args:
        rows: Ordered by stream, then `seq`; the order among streams does not matter.
        heads: Head of every stream, kept elsewhere. When given, a stream that it does not name, or that
            has no rows, or that comes twice, is a break.
        on_record: Called with the number of rows read so far, after each: for a progress bar.
    """
    counter = _Counter(rows, on_record)
    unseen = dict(heads or {})
    breaks: list[Break] = []
    streams = 0
    for stream, group in groupby(counter, attrgetter("stream")):
        streams += 1
        head = unseen.pop(stream, None)
        found = first_break(stream, group, head)
        if found is None and heads is not None and head is None:
            found = Break(stream, 1, Flaw.HEAD, "no such stream", "a stream")
        if found is not None:
            breaks.append(found)
    breaks += (
        Break(stream, 0, Flaw.HEAD, _head_text(head), "no record") for stream, head in sorted(unseen.items())
    )
    return Report(counter.records, streams, tuple(breaks))


class _Counter:
    """Passes rows on and counts them."""

    def __init__(self, rows: Iterable[StoredRecord], on_record: Callable[[int], None] | None) -> None:
        self.records = 0
        self._rows = rows
        self._on_record = on_record

    def __iter__(self) -> Iterator[StoredRecord]:
        for row in self._rows:
            self.records += 1
            if self._on_record is not None:
                self._on_record(self.records)
            yield row


def _check_row(
    row: StoredRecord, stream: str, previous: AuditRecord | None, place: tuple[int, str]
) -> AuditRecord | Break:
    """Return the record that *row* holds, or what is wrong with it at this *place* (`seq`, `prev`)."""
    computed = hashlib.sha256(b"\x00" + row.raw.encode(errors="surrogatepass")).hexdigest()
    if computed != row.leaf_hash:
        return Break(stream, row.seq, Flaw.HASH, computed, row.leaf_hash)
    try:
        record = from_raw(row.raw)
    except UnreadableRecord as error:
        return Break(stream, row.seq, Flaw.UNREADABLE, "a record of format 1", error.message("en"))
    if row.stream != stream or record.stream != stream:
        return Break(stream, row.seq, Flaw.STREAM, stream, record.stream)
    if (row.seq, record.seq, record.prev) != (place[0], *place):
        return _misplaced(row, record, place)
    if previous is not None and record.at < previous.at:
        at = format_instant(previous.at)
        return Break(stream, row.seq, Flaw.AT, f"{at} or later", format_instant(record.at))
    return record


def _misplaced(row: StoredRecord, record: AuditRecord, place: tuple[int, str]) -> Break:
    seq, newest = place
    if row.seq != seq or record.seq != seq:
        found = row.seq if row.seq != seq else record.seq
        return Break(row.stream, row.seq, Flaw.SEQ, str(seq), str(found))
    return Break(row.stream, row.seq, Flaw.PREV, newest, record.prev)


def _head_text(head: tuple[int, str]) -> str:
    return f"{head[0]} {head[1]}"
