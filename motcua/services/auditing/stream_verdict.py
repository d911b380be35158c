"""The verdict on one dossier: its own records, and those that put the rules in force that they cite."""

from collections.abc import Iterator
from dataclasses import dataclass

from audit.chain import StoredRecord
from audit.finding import Finding
from audit.verify import Level, snapshot_digest, verify
from motcua.services.auditing.reading import familiar
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from motcua.services.row_checks import record_row

Words = tuple[str, str]
CHECKED: tuple[Words, ...] = (
    ("Mã băm của từng bản ghi khớp nội dung", "Each record has the hash that its text gives"),
    (
        "Các bản ghi nối nhau liên tục, không thiếu số, không lùi giờ",
        "The chain has no gap, and no step back",
    ),
    ("Đầu chuỗi là bản ghi cuối mà bảng hồ sơ nêu", "The chain ends where the table of dossiers says"),
    (
        "Dựng lại từ bản ghi đúng từng byte trạng thái đang lưu",
        "Replay gives the stored state, byte for byte",
    ),
    (
        "Từng bước, điều kiện, vai trò, thời hạn được quyết định lại theo quy định đã viện dẫn",
        "Each move, condition, role and deadline was decided again by the rules that the record cites",
    ),
    (
        "Thủ tục, lịch, danh bạ được ban hành trước khi dùng",
        "Procedure, calendars and directory were put in force before they were used",
    ),
)
"""What a verdict rests on, in both languages."""


@dataclass(frozen=True, slots=True)
class StreamVerdict:
    """What verifying one dossier found.

    Attributes:
        stream: Of the dossier.
        records: How many the dossier has, by its row.
        findings: In the order in which they come in the stream.
        checked: What was looked at.
    """

    stream: str
    records: int
    findings: tuple[Finding, ...]
    checked: tuple[Words, ...] = CHECKED

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings

    @property
    def first(self) -> Finding | None:
        """The first thing that is wrong."""
        return self.findings[0] if self.findings else None


def verify_dossier(house: Installation, stored: Stored) -> StreamVerdict:
    """Verify the stream of one dossier as far as one stream can tell.

    That other dossiers, of the same family say, are whole too is for `verify_store` to find.
    """
    own = f"dossier:{stored.id}"
    house.worlds.refresh()
    rows: list[Finding] = []
    heads = {own: (stored.seq, stored.head)}

    def read() -> Iterator[StoredRecord]:
        for stream in sorted({own, *_rules(house, stored)}):
            for record in house.store.records(stream):
                if stream == own:
                    rows.extend(record_row(record, house.log))
                yield StoredRecord(record.stream, record.seq, record.raw, record.leaf_hash)

    for stream in _rules(house, stored):
        last = house.store.head(stream)
        if last is not None:
            heads[stream] = (last.seq, last.leaf_hash)
    report = verify(
        read(),
        heads,
        level=Level.LEGAL,
        rules=familiar(house.store),
        snapshots={own: snapshot_digest(stored.dossier)},
    )
    found = sorted((*report.findings, *rows), key=lambda finding: (finding.stream != own, finding.seq))
    return StreamVerdict(own, stored.seq, tuple(found))


def _rules(house: Installation, stored: Stored) -> set[str]:
    """Return the streams in which the rules that a dossier can cite were put in force."""
    dossier, province = stored.dossier, house.worlds.directory.province
    return {
        f"procedure:{dossier.procedure}",
        f"registry:{province}",
        *(f"calendar:{name}" for name in house.worlds.calendars),
        *(f"order:{order.id}" for order in dossier.orders),
        *(f"order:{order.reversed_by}" for order in dossier.orders if order.reversed_by),
    }
