"""The rules that the registry of agencies is held to, with their messages."""

from states.problem import Rule, Severity

HEADS = ("head", "chairman")
"""Positions that answer for a whole agency; an escalation must be able to end with one of them."""

DESKS = ("one_stop_officer", "clerk")
"""Positions that take over what is handed to an agency, whoever then works on it."""


def _rule(code: str, vi: str, en: str, why_vi: str, why_en: str) -> Rule:
    return Rule(code, Severity.ERROR, vi, en, why_vi, why_en)


_SHAPE = (
    _rule(
        "E-AGENCY-001",
        "Thiếu tệp {name}.",
        "The file {name} is missing.",
        "Danh bạ gồm agencies/kinds.yaml, agencies/registry.yaml và roles/positions.yaml. Hãy bổ sung tệp.",
        "It is agencies/kinds.yaml, agencies/registry.yaml and roles/positions.yaml together. Add the file.",
    ),
    _rule(
        "E-AGENCY-002",
        "Không có khóa «{key}» ở đây; các khóa được dùng: {known}.",
        'There is no key "{key}" here; known keys: {known}.',
        "Khóa lạ thường là gõ sai và sẽ bị bỏ qua âm thầm, vì vậy bị từ chối. Hãy sửa tên khóa.",
        "An unknown key is mostly a slip of the pen that would be ignored in silence. Correct its name.",
    ),
    _rule(
        "E-AGENCY-003",
        "Thiếu khóa «{key}».",
        'The key "{key}" is missing.',
        "Mọi khóa bắt buộc phải được ghi rõ. Cơ quan cao nhất ghi parent: null.",
        "What the registry needs is written down. The topmost agency says parent: null.",
    ),
    _rule(
        "E-AGENCY-004",
        "Giá trị {given} không hợp lệ; cần {expected_vi}.",
        "The value {given} is not valid; expected {expected}.",
        "Mỗi khóa nhận một loại giá trị. Xem danh bạ mẫu đi kèm.",
        "Each key takes one kind of value. The registry that comes with the program is a model.",
    ),
)

_MEANING = (
    _rule(
        "E-AGENCY-005",
        "Mã {code} được dùng hai lần.",
        "The code {code} is used twice.",
        "Mã cơ quan là tiền tố của mã hồ sơ, nên phải duy nhất. Hãy sửa một trong hai.",
        "The code begins every dossier code of the agency, so it is unique. Change one of the two.",
    ),
    _rule(
        "E-AGENCY-006",
        "Cơ quan cấp trên {parent} của {code} không có trong danh bạ.",
        "The agency {code} names a parent that is not in the registry: {parent}.",
        "Cảnh báo quá hạn đi lên theo cơ quan cấp trên. Hãy sửa parent hoặc bổ sung cơ quan đó.",
        "Escalation climbs along the parents. Correct the parent, or add that agency.",
    ),
    _rule(
        "E-AGENCY-007",
        "Cơ quan {code} là cấp trên của chính mình: {chain}.",
        "The agency {code} is above itself: {chain}.",
        "Chuỗi cấp trên phải kết thúc ở một cơ quan có parent: null. Hãy sửa một mắt xích.",
        "The chain of parents must end at an agency whose parent is null. Mend one link.",
    ),
    _rule(
        "E-AGENCY-008",
        "Loại cơ quan {kind} không có trong kinds.yaml.",
        "The kind {kind} is not in kinds.yaml.",
        "Thủ tục tìm cơ quan theo loại, và loại quyết định biên chế. Hãy sửa tên hoặc khai báo loại mới.",
        "Procedures find agencies by kind, and the kind says who works there. Correct it, or declare it.",
    ),
    _rule(
        "E-AGENCY-009",
        "Vị trí {position} không có trong positions.yaml.",
        "The position {position} is not in positions.yaml.",
        "Biên chế chỉ dùng vị trí đã khai báo. Hãy sửa tên vị trí hoặc khai báo vị trí mới.",
        "Staffing names declared positions only. Correct the name, or declare the position.",
    ),
    _rule(
        "E-AGENCY-010",
        "Loại cơ quan {kind} không có người đứng đầu (một trong: {heads}).",
        "The kind {kind} has nobody at its head (one of: {heads}).",
        "Mọi chuỗi cảnh báo phải kết thúc ở một người chịu trách nhiệm. Hãy thêm vị trí đứng đầu vào staff.",
        "Every escalation must end with a person who answers for it. Add such a position to staff.",
    ),
    _rule(
        "E-AGENCY-011",
        "Danh bạ phải có đúng một cơ quan không có cấp trên; hiện có {count}.",
        "The registry needs exactly one agency without a parent; there are {count}.",
        "Cơ quan không có cấp trên là Ủy ban nhân dân tỉnh, nơi cảnh báo cuối cùng đến.",
        "The agency without a parent is the province itself, where the last escalation ends.",
    ),
    _rule(
        "E-AGENCY-012",
        "Loại cơ quan {kind} được khai báo hai lần.",
        "The kind {kind} is declared twice.",
        "Mỗi loại có một biên chế mẫu. Hãy bỏ hoặc đổi tên một trong hai.",
        "A kind has one staffing. Drop or rename one of the two.",
    ),
    _rule(
        "E-AGENCY-013",
        "Ngày hết hiệu lực {until} phải sau ngày bắt đầu {since}.",
        "It ends on {until}, which must be after the day it begins, {since}.",
        "Ngày kết thúc là ngày đầu tiên không còn hiệu lực. Hãy sửa một trong hai ngày.",
        "The end is the first day no longer in force. Correct one of the two days.",
    ),
)

_OVER_TIME = (
    _rule(
        "E-AGENCY-014",
        "Cơ quan kế thừa {successor} của {code} không có trong danh bạ.",
        "The agency {code} names a successor that is not in the registry: {successor}.",
        "Hồ sơ đang mở đi theo cơ quan kế thừa. Hãy sửa mã hoặc bổ sung cơ quan đó.",
        "Open dossiers follow the successor. Correct its code, or add that agency.",
    ),
    _rule(
        "E-AGENCY-015",
        "Cơ quan {code} kế thừa chính mình: {chain}.",
        "The agency {code} succeeds itself: {chain}.",
        "Chuỗi kế thừa phải kết thúc ở một cơ quan còn hoạt động. Hãy sửa một mắt xích.",
        "The line of successors must end at an agency that is open. Mend one link.",
    ),
    _rule(
        "E-AGENCY-016",
        "Lịch {calendar} của cơ quan {code} không có trong thư mục calendars.",
        "The calendar {calendar} of the agency {code} is not in the folder of calendars.",
        "Thời hạn từng bước tính theo lịch của cơ quan giữ hồ sơ. Hãy sửa tên hoặc thêm lịch.",
        "Step clocks keep the calendar of the agency that holds them. Correct its name, or add the calendar.",
    ),
    _rule(
        "E-AGENCY-017",
        "Các tên cũ không theo thứ tự ngày.",
        "The former names do not stand in the order of their days.",
        "Mỗi tên có hiệu lực đến ngày until (không kể ngày đó), tên cũ nhất đứng trước. Hãy xếp lại.",
        "Each name counts until its day, that day excluded, and the oldest stands first. Put them in order.",
    ),
    _rule(
        "E-AGENCY-018",
        "Cơ quan {code} còn hoạt động sau khi cấp trên {parent} kết thúc ({until}).",
        "The agency {code} is open after its parent {parent} has closed ({until}).",
        "Cảnh báo đi lên theo cấp trên đang hoạt động. Hãy ghi cấp trên mới hoặc ngày kết thúc.",
        "Escalation climbs to parents that are open. Name the new parent, or the day on which it ends too.",
    ),
    _rule(
        "E-AGENCY-019",
        "Dòng {competent}: {server} phải là hai cơ quan trong danh bạ, cơ quan sau thuộc loại {kind}.",
        "The line {competent}: {server} needs two agencies of the registry, the second of the kind {kind}.",
        "Bảng phân công chỉ ra cơ quan phục vụ cho từng cơ quan có thẩm quyền. Hãy sửa mã.",
        "The table says who serves each competent agency. Correct the code.",
    ),
    _rule(
        "E-AGENCY-020",
        "Cơ quan {server} kết thúc từ {until} nhưng bảng vẫn chỉ đến.",
        "The agency {server} closed on {until}, and the table still leads to it.",
        "Hồ sơ mới không được đến cơ quan đã kết thúc. Hãy ghi until và thêm bảng mới.",
        "No new dossier may reach a closed agency. Give the table its until, and add the next one.",
    ),
    _rule(
        "E-AGENCY-021",
        "Cơ quan {code} có hai cơ quan {kind} phục vụ trong cùng một ngày.",
        "The agency {code} is served by two agencies of the kind {kind} on the same day.",
        "Mỗi ngày chỉ một bảng có hiệu lực. Hãy sửa since, until của một trong hai.",
        "Only one table counts on a day. Correct since or until of one of the two.",
    ),
)

RULES: tuple[Rule, ...] = _SHAPE + _MEANING + _OVER_TIME
