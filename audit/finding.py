"""What an auditor is told: one thing that is not as it should be, with its place, in two languages."""

from dataclasses import dataclass

TEXTS: dict[str, tuple[str, str]] = {
    "hash": ("nội dung không khớp mã băm đã lưu", "the text does not have the stored hash"),
    "unreadable": ("không phải bản ghi đúng định dạng", "not a record of the format"),
    "stream": ("bản ghi thuộc chuỗi khác", "the record belongs to another stream"),
    "seq": ("số thứ tự không liên tục", "the numbers of the stream are not unbroken"),
    "prev": ("không nối vào bản ghi đứng trước", "not linked to the record before it"),
    "at": ("thời điểm lùi so với bản ghi trước", "earlier than the record before it"),
    "head": ("phần cuối của chuỗi bị thiếu hoặc lạ", "the end of the stream is missing or unknown"),
    "event": ("sự kiện không đọc được hoặc sai trình tự", "an event that cannot be applied"),
    "snapshot": ("trạng thái lưu khác trạng thái dựng lại", "the stored state differs from the replayed one"),
    "rules": ("thiếu hoặc sai quy định được viện dẫn", "the rules it cites are missing or altered"),
    "version": ("hồ sơ không theo phiên bản đã gắn", "not under the version that the dossier is pinned to"),
    "table": ("bước chuyển không có trong quy trình", "the procedure has no such move"),
    "guard": ("điều kiện của bước không thỏa mãn", "the condition of the move was not met"),
    "role": ("người thực hiện không giữ vai trò", "who acted did not hold the role that day"),
    "due": ("thời hạn tính lại khác thời hạn đã ghi", "the deadline computed again differs"),
    "command": ("không đọc được yêu cầu đã ghi", "the recorded command cannot be read"),
    "refused": ("yêu cầu này lẽ ra phải bị từ chối", "the command should have been refused"),
    "decision": ("quyết định lại cho kết quả khác", "deciding the command again gives other events"),
    "unpublished": ("quy định được dùng trước khi ban hành", "rules were used before they were put in force"),
    "kin": ("hồ sơ nhóm và hồ sơ thành phần không khớp", "a dossier and its component do not agree"),
    "row": ("dòng trong bảng khác với nhật ký", "a row of a table says otherwise than the trail"),
    "log": ("bản ghi thuộc nhật ký khác", "the record belongs to another log"),
    "unrecorded": ("có hiệu lực nhưng không có bản ghi", "in force, but no record says so"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with the trail.

    Attributes:
        seq: The record; 0 when the stream has none, or when no single record is to blame.
        code: A key of `TEXTS`, for programs.
        expected: What an honest trail would hold there.
        found: What is there.
    """

    stream: str
    seq: int
    code: str
    expected: str
    found: str

    @property
    def vi(self) -> str:
        """What is wrong, in Vietnamese."""
        return TEXTS[self.code][0]

    @property
    def en(self) -> str:
        """What is wrong, in English."""
        return TEXTS[self.code][1]
