"""Rules on the shape of config files."""

from states.problem import Rule, Severity


def error(code: str, vi: str, en: str, why_vi: str, why_en: str) -> Rule:
    """Return a rule whose breach forbids publishing."""
    return Rule(code, Severity.ERROR, vi, en, why_vi, why_en)


def warning(code: str, vi: str, en: str, why_vi: str, why_en: str) -> Rule:
    """Return a rule whose breach is shown and allowed."""
    return Rule(code, Severity.WARNING, vi, en, why_vi, why_en)


RULES = (
    error(
        "E-SCHEMA-001",
        "Không có khóa «{key}» ở đây.",
        'The key "{key}" is not known here.',
        "Khóa gõ sai mà bị bỏ qua thì quy định mất hiệu lực mà không ai hay. Xem các khóa bằng «motcua schema».",
        "A mistyped key that is passed over silently loses what it says. See the keys with motcua schema.",
    ),
    error(
        "E-SCHEMA-002",
        "Thiếu khóa «{key}».",
        'The key "{key}" is missing.',
        "Khóa này bắt buộc; nếu chưa biết con số thì ghi null và verified: false.",
        "The key is required. A number that is not known is written null, with verified: false.",
    ),
    error(
        "E-SCHEMA-003",
        "«{key}» phải là {expected_vi}, không phải {given}.",
        '"{key}" must be {expected_en}, not {given}.',
        "Giá trị không bao giờ được tự chuyển kiểu. Số viết không nháy, văn bản có thể đặt trong nháy.",
        "No value is ever converted. Write numbers bare and put text that looks like one in quotes.",
    ),
    error(
        "E-SCHEMA-004",
        "«{key}» không nhận giá trị {given}; cho phép: {expected}.",
        '"{key}" may not be {given}; allowed: {expected}.',
        "Chỉ những giá trị trong danh sách hoặc khoảng này có nghĩa. Xem «motcua schema».",
        "Only values of that list or range have a meaning. See motcua schema.",
    ),
    error(
        "E-SCHEMA-005",
        "Mã «{given}» không hợp lệ: cần dạng {pattern}, chữ la-tinh không dấu.",
        'The id "{given}" is refused: it must be {pattern}, plain ASCII.',
        "Mã đi vào nhật ký, đường dẫn và lệnh; chữ trông giống nhau mà khác bảng mã sẽ tạo hai mã. Gõ lại mã.",
        "Ids go into records, paths and commands; a look-alike letter makes a second id. Type it again.",
    ),
    error(
        "E-SCHEMA-006",
        "Thời hạn {given} không hợp lệ: {reason_vi}.",
        "The term {given} is refused: {reason_en}.",
        "Viết một đơn vị và số lượng: {working_days: 3}; đơn vị: working_days, working_hours, calendar_days, "
        "hours, months, same_day.",
        "Write one unit and an amount, as {working_days: 3}; units: working_days, working_hours, "
        "calendar_days, hours, months, same_day.",
    ),
    error(
        "E-SCHEMA-007",
        "Cần đúng một trong các dạng: {expected}.",
        "Exactly one of these forms is needed: {expected}.",
        "Hai dạng cùng lúc thì không rõ dạng nào có hiệu lực; không có dạng nào thì không biết làm gì.",
        "With both forms it is not plain which holds, with none there is nothing to do.",
    ),
    error(
        "E-SCHEMA-008",
        "Ngày giờ «{given}» không có thật; cần dạng {form}.",
        'The date or time "{given}" does not exist; write it like {form}.',
        "Ngày theo thứ tự năm-tháng-ngày, giờ địa phương, để không thể hiểu hai cách.",
        "Year, month, day, and local time, so that it can be read one way only.",
    ),
    error(
        "E-SCHEMA-009",
        "Độ dài của «{key}» không phù hợp: cần {expected}.",
        'The length of "{key}" does not fit: {expected} is needed.',
        "Không để trống văn bản hay danh sách bắt buộc, và không dài quá mức người đọc được.",
        "A required text or list is not empty, and no longer than people can read.",
    ),
    error(
        "E-SCHEMA-010",
        "Không nhận ra loại tệp.",
        "It is not plain what kind of file this is.",
        "Tệp phải có một khóa gốc: procedure, scenarios, ladder, positions, fragment; hoặc nằm đúng thư mục cấu hình.",
        "A file has a root key (procedure, scenarios, ladder, positions, fragment) or its place in the config folder.",
    ),
    error(
        "E-SCHEMA-011",
        "Không có tệp cấu hình nào ở đây.",
        "There is no config file here.",
        "Chỉ ra một tệp, một thư mục thủ tục, hoặc thư mục cấu hình (có procedures/, ladders/, calendars/).",
        "Name a file, the folder of a procedure, or a config folder (with procedures/, ladders/, calendars/).",
    ),
    error(
        "E-SIZE-001",
        "Quá nhiều «{what}»: {count}, tối đa {limit}.",
        'Too many "{what}": {count}, {limit} at most.',
        "Thủ tục lớn như vậy không ai đọc duyệt được. Hãy tách thủ tục hoặc gộp trạng thái.",
        "Nobody can review a procedure of that size. Split it, or merge states.",
    ),
    error(
        "E-SIZE-002",
        "Khối song song «{block}» có tới {count} cấu hình, tối đa {limit}.",
        'The parallel block "{block}" has up to {count} configurations, {limit} at most.',
        "Số cấu hình của các nhánh song song nhân với nhau. Hãy bớt nhánh, bớt trạng thái, hoặc làm tuần tự.",
        "The configurations of branches multiply. Take branches or states away, or put them in sequence.",
    ),
    error(
        "E-ID-001",
        "Mã «{id}» đã dùng trong «{kind}».",
        'The id "{id}" is used already in "{kind}".',
        "Mã trùng thì không rõ chỉ cái nào, và hai bước chuyển trùng mã có thể cùng xảy ra. Hãy đổi một mã.",
        "With a twin it is not plain which one is meant, and two transitions of one id could both fire. Rename one.",
    ),
    error(
        "E-ID-002",
        "Mã «{id}» đã có nghĩa riêng hoặc không viết được trong điều kiện.",
        'The id "{id}" has a meaning of its own, or cannot be written in a guard.',
        "applicant, system, assignee, parent, province, holder, sender, receiver và dữ kiện của hệ thống đã có nghĩa.",
        "applicant, system, assignee, parent, province, holder, sender, receiver and the platform's facts are taken.",
    ),
    error(
        "E-SCENARIO-001",
        "Bước lúc {at} lùi trước {before}.",
        "The step at {at} goes back before {before}.",
        "Kịch bản chạy theo đồng hồ giả chỉ tiến. Hãy sắp các bước theo thời gian.",
        "A scenario plays on a clock that only goes forward. Put its steps in order of time.",
    ),
)
