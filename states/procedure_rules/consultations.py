"""Rules on consultations."""

from states.problem import Rule
from states.procedure_rules.shapes import error

RULES: tuple[Rule, ...] = (
    error(
        "E-CONSULT-001",
        "Đợt lấy ý kiến «{consultation}» cần {quorum} ý kiến nhưng chỉ hỏi {count}.",
        'The consultation "{consultation}" needs {quorum} opinions, but asks only {count}.',
        "Số ý kiến cần có nhiều hơn số câu hỏi thì không bao giờ đủ. Dùng all nếu cần đủ mọi ý kiến.",
        "A quorum above the number of questions is never reached. Write all where every opinion is needed.",
    ),
    error(
        "E-CONSULT-002",
        "Đợt lấy ý kiến «{consultation}» cần {quorum} ý kiến nhưng đã có {mandatory} ý kiến bắt buộc.",
        'The consultation "{consultation}" needs {quorum} opinions, but {mandatory} are mandatory already.',
        "Số cần có nhỏ hơn số bắt buộc thì không có nghĩa. Tăng quorum hoặc bỏ bớt mandatory.",
        "A quorum below the mandatory set says nothing. Raise it, or make fewer opinions mandatory.",
    ),
    error(
        "E-CONSULT-003",
        "Đủ ý kiến ở «{state}»: «{transition}» phải do system, rời trạng thái này, không điều kiện, không nhập liệu.",
        'With opinions in at "{state}": "{transition}" must be by system alone, leave the state, ask for nothing.',
        "Hệ thống đi tiếp ngay khi đủ ý kiến, lúc đó không ai thỏa điều kiện hay nhập liệu. Chọn hướng bằng choose.",
        "The system goes on at once when enough is known, and nobody is there to fulfil or type. Branch with choose.",
    ),
    error(
        "E-CONSULT-004",
        "Lấy ý kiến xong ở «{state}», «{transition}» dẫn quay lại chính trạng thái đó mà không qua tay ai.",
        'When opinions are in at "{state}", "{transition}" leads back into it with nobody in between.',
        "Không hỏi ai thì xong ngay; quay lại ngay thì hồ sơ chạy vòng không dừng. Dẫn đến trạng thái có người xử lý.",
        "Where nobody needs to be asked it is done at once, and would go round for ever. Lead to somebody who acts.",
    ),
    error(
        "E-CONSULT-005",
        "Im lặng ở câu hỏi «{question}» được coi là {silence} nhưng không ghi căn cứ (silence_source).",
        'Silence on "{question}" counts as {silence}, but no source is named (silence_source).',
        "Quá hạn không đương nhiên là đồng ý; chỉ luật chuyên ngành mới cho phép. Ghi căn cứ hoặc dùng nothing.",
        "Silence is no consent unless the law of the sector says so. Name that law, or write nothing.",
    ),
    error(
        "E-CONSULT-006",
        "Câu hỏi «{question}» hỏi chính bên «{party}» đang giải quyết.",
        'The question "{question}" asks the party "{party}" that is in charge itself.',
        "Lấy ý kiến là hỏi cơ quan khác; việc trong cơ quan thì dùng trạng thái và bước chuyển.",
        "A consultation asks others; what is done in the own house is a state and a transition.",
    ),
    error(
        "E-CONSULT-007",
        "Đợt lấy ý kiến «{consultation}» thuộc {count} trạng thái, phải đúng một.",
        'The consultation "{consultation}" belongs to {count} states, and must belong to one.',
        "Một đợt lấy ý kiến kéo dài bằng đúng một trạng thái. Thêm consultation vào trạng thái, hoặc tách làm hai.",
        "A consultation lasts as long as its one state. Name it in a state, or write a second consultation.",
    ),
    error(
        "E-CONSULT-008",
        "Trạng thái lấy ý kiến «{state}» phải do một vai trò cán bộ giữ.",
        'The consulting state "{state}" must be held by a role of officers.',
        "Cơ quan chủ trì vẫn phải đôn đốc, và chỉ người giữ trạng thái mới được bỏ qua ý kiến quá hạn.",
        "The lead agency still has to press for answers, and only the holder may pass over one that is overdue.",
    ),
)
