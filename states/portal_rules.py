"""The rules that the table of the national portal is held to, with their messages."""

from states.problem import Rule, Severity


def _rule(code: str, vi: str, en: str, why_vi: str, why_en: str) -> Rule:
    return Rule(code, Severity.ERROR, vi, en, why_vi, why_en)


RULES: tuple[Rule, ...] = (
    _rule(
        "E-PORTAL-001",
        "Trạng thái công khai {public} chưa có mã để báo Cổng.",
        "No code tells the portal the public status {public}.",
        "Hồ sơ ở trạng thái đó sẽ không đồng bộ được. Hãy thêm một dòng không có outcome trong statuses.",
        "A dossier in that status could not be reported. Add a line without an outcome to statuses.",
    ),
    _rule(
        "E-PORTAL-002",
        "Trạng thái {public} được báo bằng mã {code}, nhưng ở Cổng mã đó nghĩa là {means}.",
        "The status {public} is told as {code}, which means {means} to the portal.",
        "Bảng này không được nói sai với Cổng: người dân và báo cáo đều dựa vào đó. Hãy dùng mã đúng nghĩa.",
        "This table never lies: citizens and reports rely on what it says. Use the code that means the status.",
    ),
    _rule(
        "E-PORTAL-003",
        "Cổng không có mã {code}; hiện khai báo: {known}.",
        "The portal has no code {code}; listed: {known}.",
        "Cổng sẽ từ chối mã lạ. Hãy sửa mã, hoặc khai báo trong codes với nghĩa của nó.",
        "The portal would refuse it. Correct the code, or list it in codes with its meaning.",
    ),
    _rule(
        "E-PORTAL-004",
        "Dòng này không bao giờ được dùng: {what} đã có ở dòng trên.",
        "This line is never reached: {what} stands above it.",
        "Dòng đầu tiên phù hợp được dùng. Hãy bỏ dòng này hoặc đưa dòng có outcome lên trước.",
        "The first line that fits counts. Drop this one, or put the line with an outcome first.",
    ),
    _rule(
        "E-PORTAL-005",
        "Kênh {channel} {reason_vi}.",
        "The channel {channel} {reason_en}.",
        "Mỗi kênh nộp hồ sơ cần đúng một mã. Hãy bổ sung hoặc bỏ kênh.",
        "Every channel of intake needs one code, and there are no others. Add or drop it.",
    ),
    _rule(
        "E-PORTAL-006",
        "Mã trả lời {code} có hai nghĩa: {one} và {other}.",
        "The answer {code} has two meanings: {one} and {other}.",
        "Ý nghĩa của câu trả lời được quyết định bằng mã. Hãy để mỗi mã ở một danh sách.",
        "An answer is understood by its code alone. Leave each code in one list.",
    ),
)
