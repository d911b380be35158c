"""The rules that the registry of agencies is held to, with their messages."""

from states.problem import Rule, Severity

HEADS = ("head", "chairman")
"""Positions that answer for a whole agency; an escalation must be able to end with one of them."""


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

RULES: tuple[Rule, ...] = _SHAPE + _MEANING
