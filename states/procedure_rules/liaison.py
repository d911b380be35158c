"""Rules on handoffs: who hands over to whom, and by which way a dossier comes back."""

from states.procedure_rules.shapes import error, warning

RULES = (
    error(
        "E-HAND-001",
        "Bàn giao vào «{state}» không có ai nhận.",
        'Nobody can accept the handoff into "{state}".',
        "Người nhận là holder của trạng thái: một vai trò, hoặc applicant khi gửi qua bưu chính (via: post).",
        "The receiver is the holder of the state: a role, or the applicant where it goes by post (via: post).",
    ),
    error(
        "E-HAND-002",
        "Bước «{transition}» bàn giao «{state}» cho chính bên đang giữ ({party}).",
        'The transition "{transition}" hands "{state}" over to the party that has it already ({party}).',
        "Bàn giao là giữa hai cơ quan. Dẫn bước này đến một trạng thái không có handoff.",
        "A handoff is between two agencies. Lead this transition to a state without handoff.",
    ),
    error(
        "E-HAND-003",
        "Không thể trả lại «{state}» bằng «{transition}».",
        '"{state}" cannot be returned by "{transition}".',
        "Bước trả lại phải đi từ chính trạng thái này, do holder của nó thực hiện, và không kèm điều kiện.",
        "The way back leaves this very state, is taken by its holder, and asks for no condition.",
    ),
    error(
        "E-HAND-004",
        "Trả lại «{state}» bằng «{transition}» dẫn đến «{target}», không thuộc bên đã giao.",
        'Returning "{state}" by "{transition}" leads to "{target}", which is not with the party that sent it.',
        "Khi bị trả lại, hồ sơ vẫn do bên giao giữ. Dẫn về một trạng thái của bên đó.",
        "A returned dossier never left its sender. Lead back to a state that the sender holds.",
    ),
    error(
        "E-HAND-005",
        "Trạng thái «{state}» vừa có handoff vừa có consultation.",
        'The state "{state}" has both a handoff and a consultation.',
        "Bên nhận phải nhận hồ sơ rồi mới hỏi ý kiến. Tách thành hai trạng thái.",
        "The receiver accepts before it asks others. Make two states of it.",
    ),
    warning(
        "W-HAND-006",
        "Bàn giao vào «{state}» không có thời hạn xác nhận hay nhận nên không bao giờ cảnh báo.",
        'The handoff into "{state}" has neither an allowance to acknowledge nor one to accept, so it never escalates.',
        "Hồ sơ nằm giữa hai cơ quan là hồ sơ bị quên. Đặt acknowledge hoặc accept.",
        "What lies between two agencies is forgotten. Set acknowledge or accept.",
    ),
    error(
        "E-HAND-007",
        "Bước «{transition}» của «{state}» chỉ để trả lại, holder không làm được gì khác.",
        'The transition "{transition}" only gives "{state}" back; its holder can do nothing else there.',
        "Sau khi nhận, bên nhận phải có việc để làm. Thêm một bước chuyển khác.",
        "Once it has accepted, the receiver must be able to act. Add another transition.",
    ),
)
