"""Small dossiers and changes for tests of the store."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from motcua.services.ports import (
    Change,
    FiredRung,
    NewRecord,
    Nonconformity,
    Notice,
    PaperDraft,
    PaperSignature,
    PersonalValue,
    Rating,
    RatingComment,
)
from states.dossier import Dossier, Task

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
AGENCY = "H01.02"


def after(hours: float) -> datetime:
    """Return the instant *hours* after the start of these tests."""
    return START + timedelta(hours=hours)


def dossier(number: int, /, **changes: Any) -> Dossier:
    """Return an open dossier whose code ends with *number*."""
    made = Dossier(
        code=f"{AGENCY}-260302-{number:04}",
        procedure="9.000001",
        cfg="c" * 64,
        channel="counter",
        agency=AGENCY,
        version=1,
        parties={"lead": AGENCY},
        states=("received",),
        public=1,
        facts={"under_six": True, "copies": 3},
        documents=("form",),
        clocks={},
        epochs={},
        tasks=(),
        tasks_created=0,
        awaited=(),
        officers={},
        acted={},
        suspension=None,
        nonconformities=(),
        outcome=None,
        ended=False,
        opened_at=START,
        accepted_at=None,
        completed_at=None,
    )
    return replace(made, **changes)


def record(stream: str, seq: int, kind: str = "transition") -> NewRecord:
    """Return a record with a text that only this place has; its hash is not of the real format."""
    raw = f'{{"seq":{seq},"stream":"{stream}","text":"một cửa \\" \\\\"}}'
    return NewRecord(stream, seq, kind, after(seq), raw, sha256(raw.encode()).hexdigest())


def opening(number: int, /, **changes: Any) -> Change:
    """Return the change that opens dossier *number*."""
    return _change(number, 1, dossier(number), changes)


def moving(number: int, seq: int, /, **changes: Any) -> Change:
    """Return the change that writes record *seq* of dossier *number*."""
    return _change(number, seq, dossier(number, version=seq, states=("checked", "paid")), changes)


def _change(number: int, seq: int, body: Dossier, changes: dict[str, Any]) -> Change:
    written = record(f"dossier:{key(number)}", seq, "opened" if seq == 1 else "transition")
    made = Change(
        id=key(number),
        expected_seq=seq - 1,
        dossier=body,
        seq=seq,
        head=written.leaf_hash,
        at=written.at,
        agency=AGENCY,
        day=DAY,
        number=number,
        due=after(48),
        wake_at=after(40),
        records=(written,),
    )
    return replace(made, **changes)


def key(number: int) -> str:
    """Return the opaque id of dossier *number*; ids do not sort like the codes."""
    return sha256(str(number).encode()).hexdigest()[:32]


def task(number: int, officer: str | None = None, position: str = "clerk") -> Task:
    """Return an open task."""
    return Task(f"t{number}", "received", "officer", position, AGENCY, officer, created_at=START)


def notice(name: str, number: int, hours: float = 0) -> Notice:
    """Return a message about dossier *number*."""
    return Notice(name, key(number), "late", ("officer:1",), {"code": str(number)}, after(hours))


def rung(name: str = "warn", epoch: int = 1) -> FiredRung:
    """Return an escalation of the legal clock that fired."""
    return FiredRung("legal", epoch, name, after(40), after(41))


def nonconformity(name: str, number: int, hours: float = 0) -> Nonconformity:
    """Return a row of the register."""
    return Nonconformity(name, key(number), f"NC-{name}", AGENCY, "late", "legal", 1, after(hours))


def value(seq: int, field: str) -> PersonalValue:
    """Return a personal value with its salt."""
    return PersonalValue(seq, field, "ab" * 16, "Nguyễn Thị Hoa")


def rating() -> Rating:
    """Return what the applicant of the first dossier said online."""
    comment = RatingComment("ab" * 32, "Nhanh gọn")
    made = Rating(
        "a" * 32, key(1), "9.000001", AGENCY, "online", None, 5, None, f"registry:{AGENCY}", 1, after(1)
    )
    return replace(made, comment=comment)


def draft(number: int, /, **changes: Any) -> PaperDraft:
    """Return the first receipt of the year, drafted for dossier *number*."""
    said = {"code": str(number), "documents": ["đơn"], "due": None}
    made = PaperDraft(key(number), "receipt", AGENCY, 2026, 1, 1, None, "a" * 64, said, after(1))
    return replace(made, **changes)


def signature(number: int, /, **changes: Any) -> PaperSignature:
    """Return what an officer signed under the first receipt of the year."""
    said = {"code": str(number), "signed": {"officer": "an"}}
    digests = ("a" * 64, "typst 1", "b" * 64, "c" * 64)
    made = PaperSignature(key(number), "receipt", AGENCY, 2026, 1, 2, "an", *digests, said, after(2))
    return replace(made, **changes)
