"""Writes the golden records: one stream of six records of format 1; a line is a leaf hash and the raw text.

Run `python -m tests.golden.records.generate` from the root. The records never change again: a difference
means that the format was broken.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from audit.canonical import digest
from audit.chain import GENESIS, StoredRecord, link
from audit.commitment import commit
from audit.record import AuditRecord, Auth, Cause, RecordType

RECORDS = Path(__file__).with_name("dossier.txt")

OFFICER: dict[str, Any] = {
    "cause": Cause.OFFICER,
    "actor": "cb:8f2c",
    "position": "chuyen_vien",
    "agency": "H49.15",
    "auth": Auth("os", "lan", acr="two_factor", sid_hash=digest("session")),
}
STEPS: tuple[dict[str, Any], ...] = (
    {
        "type": RecordType.OPENED,
        "cause": Cause.APPLICANT,
        "auth": Auth("oidc", "u:91"),
        "legal_date": date(2026, 11, 20),
        "command": {"facts": {"phuong": "Hoàn Kiếm", "so_trang": 3, "duoi_6_tuoi": False}},
        "events": ({"kind": "dossier_opened", "channel": "online"},),
        "idem": digest("key 1"),
    },
    {
        **OFFICER,
        "type": RecordType.TRANSITION,
        "command": {"transition": "trinh_ky", "commitments": {"ly_do": commit("đủ điều kiện", bytes(32))}},
        "events": (
            {"kind": "transition_fired", "from": ["tham_dinh"], "to": ["cho_ky"]},
            {"kind": "clock_armed", "clock": "ky", "epoch": 1, "due": "2026-12-04T10:00:00.000000Z"},
        ),
    },
    {
        "type": RecordType.RUNG,
        "cause": Cause.TIMER,
        "events": ({"kind": "rung_reached", "clock": "ky", "epoch": 1, "rung": "truoc_han", "late": -14400},),
    },
    {
        **OFFICER,
        "type": RecordType.NOTICE,
        "on_behalf": "cb:01aa",
        "events": ({"kind": "notice_left", "text": 'tab\tquote" slash\\ bell\u0007 null\u0000 del\x7f €'},),
    },
    {
        **OFFICER,
        "type": RecordType.CORRECTION,
        "corrects": 2,
        "command": {"\ufb20": 1, "😀": 2, "ö": 3, "\r": 4, "1": 5},
        "events": ({"kind": "fact_corrected", "largest": 2**53 - 1, "smallest": -(2**53) + 1},),
    },
    {"type": RecordType.ERASURE, "cause": Cause.SYSTEM, "after": digest("checkpoint")},
)


def golden() -> list[StoredRecord]:
    """Build the six records, one second apart."""
    rows: list[StoredRecord] = []
    head = (0, GENESIS)
    for step in STEPS:
        seq, newest = head
        record = AuditRecord(
            log="tthc.example.vn/log1",
            stream="dossier:01J9Z8Q7",
            seq=seq + 1,
            prev=newest,
            at=datetime(2026, 11, 23, 4, 2, 25 + seq, 123456, tzinfo=UTC),
            procedure="0.000000",
            cfg=digest({"procedure": "0.000000"}),
            calendars=(digest({"calendar": 2026}), digest({"calendar": 2027})),
            directory=digest({"agencies": ["H49.15"]}),
            **step,
        )
        rows.append(link(head, record))
        head = (rows[-1].seq, rows[-1].leaf_hash)
    return rows


if __name__ == "__main__":
    RECORDS.write_text("".join(f"{row.leaf_hash} {row.raw}\n" for row in golden()), encoding="utf-8")
