"""Rules on names, facts, roles and the law behind numbers."""

from states.problem import Rule
from states.procedure_rules.shapes import error, warning


def _reference(number: str, vi: str, en: str) -> Rule:
    return error(
        f"E-REF-{number}",
        f"Không có {vi} «{{id}}». Gần đúng: {{near}}.",
        f'There is no {en} "{{id}}". Nearest: {{near}}.',
        f"Mỗi tên phải chỉ đến {vi} có thật, nếu không hồ sơ sẽ kẹt khi đang chạy. Sửa tên hoặc khai báo thêm.",
        f"Every name must point to a {en} that exists, else a dossier would be stuck. Mend it or declare it.",
    )


RULES = (
    _reference("001", "trạng thái", "state"),
    _reference("002", "vai trò", "role"),
    _reference("003", "dữ kiện", "fact"),
    _reference("004", "bậc thang cảnh báo", "ladder"),
    _reference("005", "căn cứ pháp lý", "legal instrument"),
    _reference("006", "lý do tạm dừng", "suspension"),
    _reference("007", "bước chuyển", "transition"),
    _reference("008", "bên tham gia", "party"),
    _reference("009", "chức danh", "position"),
    _reference("010", "lịch làm việc", "calendar"),
    _reference("011", "loại cơ quan", "kind of agency"),
    _reference("012", "mẫu thông báo", "template"),
    _reference("013", "đồng hồ hoặc bậc cảnh báo", "clock or rung"),
    _reference("014", "giấy tờ", "document"),
    _reference("015", "kết quả", "outcome"),
    _reference("016", "mảnh dùng chung", "fragment"),
    _reference("017", "tham số", "parameter"),
    _reference("018", "đợt lấy ý kiến", "consultation"),
    error(
        "E-FACT-001",
        "Dữ kiện «{fact}» do hệ thống ghi, không nhập được.",
        'The fact "{fact}" is kept by the platform and cannot be an input.',
        "Kênh nộp, số lần bổ sung và gia hạn được đếm từ nhật ký. Hãy bỏ khỏi inputs.",
        "The channel and the counts of supplements and extensions come from the record. Drop it from inputs.",
    ),
    warning(
        "W-FACT-002",
        "Dữ kiện «{fact}» không được điều kiện nào đọc, không bước nào nhập.",
        'No guard reads the fact "{fact}" and no transition asks for it.',
        "Dữ kiện thừa là việc thừa cho cán bộ, hoặc dấu hiệu một điều kiện viết thiếu.",
        "A fact without use is work without use, or the sign of a guard that was forgotten.",
    ),
    error(
        "E-FACT-003",
        "Danh sách values của «{fact}» không hợp lệ.",
        'The values of "{fact}" do not fit.',
        "Chỉ dữ kiện kiểu text có values, mỗi giá trị một lần.",
        "Only a fact of type text lists values, each of them once.",
    ),
    error(
        "E-ROLE-001",
        "Phân tách nhiệm vụ cần ít nhất hai vai trò khác nhau, đang có: {roles}.",
        "A separation of duties needs at least two different roles; it names: {roles}.",
        "Một vai trò không thể tách khỏi chính nó; quy tắc bốn mắt khi đó không có tác dụng.",
        "A role cannot be kept apart from itself, so four eyes would be two.",
    ),
    error(
        "E-ROLE-002",
        "Vai trò «{role}» gắn với «{position}», không phải chức danh của người.",
        'The role "{role}" has the position "{position}", which no person holds.',
        "Công việc phải đến tay một người chịu trách nhiệm. Hãy chọn chức danh có human: true.",
        "Work must reach a person who answers for it. Choose a position with human: true.",
    ),
    warning(
        "W-ROLE-003",
        "Vai trò «{role}» không giữ trạng thái nào và không làm bước nào.",
        'The role "{role}" holds no state and does nothing.',
        "Vai trò thừa làm người đọc hiểu sai ai tham gia. Hãy bỏ hoặc giao việc cho vai trò này.",
        "An idle role misleads readers about who takes part. Drop it or give it something to do.",
    ),
    error(
        "E-DOC-001",
        "Giấy tờ «{document}» vừa bắt buộc vừa có điều kiện.",
        'The document "{document}" is both required and required under a condition.',
        "Chọn một: required: true, hoặc required_if.",
        "Choose one: required: true, or required_if.",
    ),
    error(
        "E-LAW-001",
        "«{key}» chưa biết (null) nhưng ghi verified: true.",
        '"{key}" is not known (null), yet verified is true.',
        "Chỉ con số đã đọc trong văn bản mới là verified: true. Con số chưa biết thì verified: false.",
        "Only a number that was read in the text is verified. One that is not known is not.",
    ),
    error(
        "E-LAW-002",
        "Hiệu lực kết thúc {until} không sau ngày bắt đầu {begins}.",
        "It ends on {until}, which is not after its first day {begins}.",
        "until là ngày đầu tiên không còn hiệu lực, phải sau from; chưa có ngày kết thúc thì ghi null.",
        "until is the first day no longer in force, after from; null while there is none.",
    ),
    warning(
        "W-LAW-003",
        "«{key}» ghi đã xác minh nhưng căn cứ «{source}» thì chưa.",
        '"{key}" is marked verified, but its source "{source}" is not.',
        "Số đọc từ một văn bản chưa ai đọc là mâu thuẫn. Xác minh văn bản, hoặc đặt verified: false.",
        "A number cannot have been read in a text that nobody read. Verify the text or unmark the number.",
    ),
    error(
        "E-LADDER-001",
        "Bậc «{rung}» xảy ra trước bậc «{before}» viết ở trên.",
        'The rung "{rung}" comes before "{before}", which stands above it.',
        "Bậc thang đọc từ trên xuống theo thời gian. Hãy sắp lại các bậc.",
        "A ladder is read from top to bottom in time. Put its rungs in order.",
    ),
    error(
        "E-LADDER-002",
        "Khoảng thời gian của bậc «{rung}» phải tính bằng working_days hoặc working_hours.",
        'The times of the rung "{rung}" must be working_days or working_hours.',
        "Cảnh báo tính theo giờ làm việc, để không gọi ai ngoài giờ và khớp với lịch của đồng hồ.",
        "Escalation counts working time, so that nobody is called at night and it fits the clock's calendar.",
    ),
    error(
        "E-LADDER-003",
        "Bậc cuối «{rung}» không kết thúc ở một người.",
        'The last rung, "{rung}", does not end with a person.',
        "Người nhận cuối cùng phải là chức danh của người, không phải assignee (có thể chưa có ai) hay hộp thư.",
        "The last recipient is a position that a person holds, not assignee (there may be none) nor a mailbox.",
    ),
    error(
        "E-LADDER-004",
        "Bậc «{rung}» đòi xác nhận nhưng không nói im lặng thì báo ai (else).",
        'The rung "{rung}" asks for an acknowledgement but not whom silence reaches (else).',
        "Đòi xác nhận mà im lặng không dẫn đến ai thì vô nghĩa. Thêm else.",
        "To ask is pointless when silence reaches nobody. Add else.",
    ),
    error(
        "E-LADDER-005",
        "Bậc «{rung}»: im lặng lại báo chính người vừa im lặng.",
        'The rung "{rung}" sends silence back to the one who was silent.',
        "Người đầu tiên trong else phải khác người đầu tiên trong to.",
        "The first recipient of else must be another than the first of to.",
    ),
    error(
        "E-LADDER-006",
        "Bậc «{rung}» tạo vòng cảnh báo quay lại «{position}».",
        'With the rung "{rung}" the escalation goes round to "{position}" again.',
        "Im lặng phải đi lên cao dần, không quay lại người đã im lặng.",
        "Silence climbs; it does not return to somebody whose silence caused it.",
    ),
)
