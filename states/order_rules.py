"""The rules that a mass order is held to, with their messages."""

from states.problem import Rule, Severity


def _rule(code: str, vi: str, en: str, why_vi: str, why_en: str) -> Rule:
    severity = Severity.WARNING if code.startswith("W") else Severity.ERROR
    return Rule(code, severity, vi, en, why_vi, why_en)


RULES: tuple[Rule, ...] = (
    _rule(
        "E-ORDER-001",
        "Lệnh loại {kind} không có khóa «{key}».",
        'An order of the kind {kind} has no key "{key}".',
        "Khóa không có tác dụng làm người đọc hiểu sai lệnh. Hãy bỏ khóa hoặc đổi loại lệnh.",
        "A key without effect makes people misread the order. Drop it, or change the kind.",
    ),
    _rule(
        "E-ORDER-002",
        "Lệnh loại {kind} phải có khóa «{key}».",
        'An order of the kind {kind} needs the key "{key}".',
        "Lệnh phải nói đủ để áp dụng mà không phải đoán. Hãy bổ sung khóa.",
        "An order says all that is needed to carry it out; nothing is guessed. Add the key.",
    ),
    _rule(
        "E-ORDER-003",
        "«{key}» kết thúc lúc {before}, không sau lúc bắt đầu {since}.",
        '"{key}" ends at {before}, which is not after its beginning at {since}.',
        "Khoảng thời gian rỗng không giữ thời hạn nào và không chọn hồ sơ nào. Hãy sửa một trong hai mốc.",
        "An empty stretch holds no clock and picks no dossier. Correct one of the two instants.",
    ),
    _rule(
        "E-ORDER-004",
        "«{value}» được ghi hai lần trong {key}.",
        '"{value}" stands twice in {key}.',
        "Danh sách có phần tử lặp thường là gõ nhầm. Hãy bỏ một.",
        "A list with a double is usually a slip. Drop one.",
    ),
    _rule(
        "W-ORDER-001",
        "Căn cứ của lệnh {id} chưa được đối chiếu với văn bản gốc.",
        "Nobody has yet compared the basis of the order {id} with the text itself.",
        "Lệnh hàng loạt dời thời hạn của nhiều người. Hãy đọc văn bản rồi ghi verified: true.",
        "A mass order moves many people's deadlines. Read the text, then write verified: true.",
    ),
)
