"""Records of dossiers as CloudEvents 1.0: what happened, without personal data and without who did it.

Source:
    CloudEvents 1.0.2 of the Cloud Native Computing Foundation, JSON format; extension `sequence`.
"""

import json
from collections.abc import Mapping
from typing import Any

from audit.record import DOSSIER_TYPES, RecordType
from motcua.services.ports import NewRecord, Stored
from states.wire import instant_text

Plain = dict[str, Any]
_WORDS: Mapping[RecordType, tuple[str, str, str]] = {
    RecordType.OPENED: ("opened", "Mở hồ sơ", "Opened"),
    RecordType.TRANSITION: ("transitioned", "Chuyển bước", "Moved"),
    RecordType.CLOCK: ("clock_changed", "Thay đổi thời hạn", "A clock changed"),
    RecordType.RUNG: ("escalated", "Nhắc hạn, báo cáo cấp trên", "Escalated"),
    RecordType.HANDOFF: ("handed_over", "Bàn giao, liên thông", "Handed over"),
    RecordType.CONSULTATION: ("consulted", "Lấy ý kiến", "Consulted"),
    RecordType.TASK: ("task_changed", "Nhận, trả, giao việc", "A task changed hands"),
    RecordType.PAPER: ("paper_changed", "Giấy tờ", "A paper"),
    RecordType.NOTICE: ("notice_sent", "Đã gửi thông báo", "A notice left"),
    RecordType.ERASURE: ("erased", "Xóa dữ liệu cá nhân", "Personal data erased"),
    RecordType.CORRECTION: ("corrected", "Đính chính", "Corrected"),
    RecordType.MIGRATED: ("migrated", "Chuyển cơ quan giải quyết", "Another agency took over"),
}
TYPES = {
    kind.value: f"vn.motcua.dossier.{_WORDS[kind][0]}.v1" for kind in RecordType if kind in DOSSIER_TYPES
}
"""By the type of the record, the type of the event; a change of what one means gets another number."""

LABELS = {TYPES[kind.value]: {"vi": vi, "en": en} for kind, (_, vi, en) in _WORDS.items()}
"""What people call the types of events."""

_SHOWN = frozenset(
    {
        "kind", "transition", "source", "target", "public", "outcome", "ended", "clock", "epoch", "due", "due_date",
        "rung", "state", "number", "sender", "receiver", "consultation", "question", "task", "agency", "position",
        "form", "order", "component", "cause", "at",
    }
)  # fmt: skip
"""Fields of events that are told: those that say what happened. Facts, papers and people are not among them."""


def cloud_event(log: str, stored: Stored, record: NewRecord) -> Plain:
    """Return the event of a record; the same record gives the same event, whenever it is asked for.

    Args:
        log: Name of the log, which is the source of the event.
        stored: The dossier of the record.
        record: One of its records.
    """
    said = json.loads(record.raw)
    return {
        "specversion": "1.0",
        "id": f"{stored.id}:{record.seq}",
        "source": f"//{log}",
        "type": TYPES[record.type],
        "subject": stored.dossier.code,
        "time": instant_text(record.at),
        "datacontenttype": "application/json",
        "sequence": f"{record.seq:010d}",
        "data": {
            "code": stored.dossier.code,
            "procedure": said["procedure"],
            "seq": record.seq,
            "cause": said["cause"],
            "hash": record.leaf_hash,
            "events": [_shown(event) for event in said["events"]],
        },
    }


def _shown(event: Mapping[str, Any]) -> Plain:
    return {name: value for name, value in event.items() if name in _SHOWN and _simple(value)}


def _simple(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return value is None or isinstance(value, bool | int | str)
