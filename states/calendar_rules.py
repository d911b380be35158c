"""The rules that a calendar's files are held to, with their messages."""

from states.problem import Rule, Severity


def _rule(code: str, vi: str, en: str, why_vi: str, why_en: str) -> Rule:
    return Rule(code, Severity.ERROR, vi, en, why_vi, why_en)


_SHAPE = (
    _rule(
        "E-CAL-001",
        "Thiếu tệp {name} trong thư mục lịch.",
        "The calendar's folder has no file {name}.",
        "Một lịch gồm tệp calendar.yaml (giờ làm việc) và ít nhất một tệp năm, ví dụ 2026.yaml.",
        "A calendar is calendar.yaml (office hours) and at least one year file, such as 2026.yaml.",
    ),
    _rule(
        "E-CAL-002",
        "Không có khóa «{key}» ở đây; các khóa được dùng: {known}.",
        'There is no key "{key}" here; known keys: {known}.',
        "Khóa lạ thường là gõ sai và sẽ bị bỏ qua âm thầm, vì vậy bị từ chối. Hãy sửa tên khóa.",
        "An unknown key is mostly a slip of the pen that would be ignored in silence. Correct its name.",
    ),
    _rule(
        "E-CAL-003",
        "Thiếu khóa «{key}».",
        'The key "{key}" is missing.',
        "Mọi khóa bắt buộc phải được ghi rõ, kể cả khi giá trị là null hoặc danh sách trống.",
        "What a calendar needs is written down, be it null or an empty list.",
    ),
    _rule(
        "E-CAL-004",
        "Giá trị {given} không hợp lệ; cần {expected_vi}.",
        "The value {given} is not valid; expected {expected}.",
        "Mỗi khóa nhận một loại giá trị. Xem tệp của lịch vn-gov để làm mẫu.",
        "Each key takes one kind of value. The files of the calendar vn-gov are a model.",
    ),
    _rule(
        "E-CAL-005",
        "Ngày {given} không có thật hoặc không viết dạng NĂM-THÁNG-NGÀY.",
        "The date {given} does not exist or is not written YEAR-MONTH-DAY.",
        "Ngày viết dạng 2026-04-30 để không lẫn ngày với tháng.",
        "Dates are written like 2026-04-30, so that day and month are never confused.",
    ),
)
_DAYS = (
    _rule(
        "E-CAL-006",
        "Ngày {day} không thuộc năm {year} của tệp.",
        "The day {day} is not in {year}, the year of the file.",
        "Mỗi năm một tệp, vì mỗi năm được quyết định và ký riêng. Chuyển ngày sang tệp của năm đó.",
        "Each year is decided and signed by itself. Move the day to the file of its year.",
    ),
    _rule(
        "E-CAL-007",
        "Ngày {day} được ghi hai lần.",
        "The day {day} is listed twice.",
        "Một ngày chỉ có một trạng thái: nghỉ hoặc làm bù. Xóa bớt một dòng.",
        "A day is either off or a make-up day, for one reason. Delete one of the entries.",
    ),
    _rule(
        "E-CAL-008",
        "Ngày nghỉ {day} vốn đã là ngày nghỉ hằng tuần.",
        "The day off {day} is a weekly rest day already.",
        "Chỉ ghi ngày nghỉ rơi vào ngày làm việc; nếu được nghỉ bù thì ghi ngày nghỉ bù.",
        "Only weekdays off are listed; where a day is given in lieu, list that day.",
    ),
    _rule(
        "E-CAL-009",
        "Ngày làm bù {day} vốn đã là ngày làm việc.",
        "The make-up day {day} is a working day already.",
        "Ngày làm bù là ngày nghỉ hằng tuần được chuyển thành ngày làm việc. Kiểm tra lại ngày.",
        "A make-up day is a weekly rest day that is worked. Check the date.",
    ),
    _rule(
        "E-CAL-010",
        "Ngày làm bù {day} ghi bù cho {for_day}, nhưng ngày đó không phải ngày nghỉ trong lịch.",
        "The make-up day {day} pays back {for_day}, which is no day off in this calendar.",
        "Hoán đổi có hai vế: một ngày nghỉ và một ngày làm bù. Ghi đủ cả hai.",
        "A swap has two halves, a day off and a make-up day. Both are listed.",
    ),
    _rule(
        "E-CAL-011",
        "Ghi «verified: true» nhưng không có nguồn.",
        "It says verified: true but names no source.",
        "Chỉ được ghi đã xác minh khi nêu rõ văn bản. Thêm «source», hoặc ghi verified: false.",
        "Only what names its source may be called verified. Add source, or say verified: false.",
    ),
)
_HOURS = (
    _rule(
        "E-CAL-012",
        "Khoảng giờ «{given}» không hợp lệ; viết như 07:00-11:30, giờ đầu trước giờ cuối, không quá 24:00.",
        'The hours "{given}" are not valid; write 07:00-11:30, first before last, at most 24:00.',
        "Giờ làm việc tính đến phút và nằm trọn trong một ngày.",
        "Office hours are whole minutes within one day.",
    ),
    _rule(
        "E-CAL-013",
        "Khoảng giờ «{given}» chồng lên hoặc đứng trước khoảng liền trên.",
        'The hours "{given}" overlap the ones before, or stand in the wrong order.',
        "Các khoảng giờ xếp theo thứ tự và cách nhau, nếu không một phút sẽ được tính hai lần.",
        "Segments stand in order and apart, or a minute would be counted twice.",
    ),
    _rule(
        "E-CAL-014",
        "Tuần phải có đúng bảy ngày mon đến sun; {given}.",
        "A week has exactly the seven days mon to sun; {given}.",
        "Ngày nghỉ hằng tuần ghi danh sách trống []; phải có ít nhất một ngày làm việc.",
        "A rest day is an empty list []; at least one day is worked.",
    ),
)
_FOLDER = (
    _rule(
        "E-CAL-015",
        "Thiếu tệp của năm {year} giữa các năm đã có.",
        "The file of {year} is missing between years that have one.",
        "Thời hạn đếm qua các năm liên tục; thiếu một năm thì mọi kết quả sau đó đều sai.",
        "Deadlines run on from year to year; with a gap, all that follows would be wrong.",
    ),
    _rule(
        "E-CAL-016",
        "Tệp ghi {key} là «{given}» nhưng vị trí của tệp cho biết là «{expected}».",
        'The file says {key} is "{given}", but by its place it is "{expected}".',
        "Tên thư mục là mã lịch, tên tệp là năm. Sửa tên hoặc sửa nội dung.",
        "The folder's name is the calendar's id, the file's name its year. Correct one or the other.",
    ),
    _rule(
        "E-CAL-017",
        "Tệp {name} không thuộc một lịch.",
        "The file {name} is no part of a calendar.",
        "Thư mục lịch chỉ chứa calendar.yaml và các tệp năm như 2026.yaml. Đổi tên hoặc chuyển tệp đi.",
        "A calendar's folder holds calendar.yaml and year files like 2026.yaml. Rename or move the file.",
    ),
)

RULES: tuple[Rule, ...] = (*_SHAPE, *_DAYS, *_HOURS, *_FOLDER)
