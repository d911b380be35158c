"""Rules on the stages of agencies."""

from states.procedure_rules.shapes import error

RULES = (
    error(
        "E-STAGE-001",
        "Không có giai đoạn «{id}»; gần nhất: {near}.",
        'There is no stage "{id}"; nearest: {near}.',
        "Trạng thái chỉ thuộc giai đoạn đã khai báo trong stages. Sửa tên hoặc khai báo.",
        "A state belongs to a stage that stages declares. Correct the name, or declare it.",
    ),
    error(
        "E-STAGE-002",
        "Giai đoạn thuộc bên «{id}» không có; gần nhất: {near}.",
        'A stage is of the party "{id}", which does not exist; nearest: {near}.',
        "Mỗi giai đoạn là thời gian của một cơ quan tham gia. Ghi đúng tên bên.",
        "Each stage is the time of one agency that takes part. Name a declared party.",
    ),
    error(
        "E-STAGE-003",
        "Giai đoạn «{stage}» không có trạng thái nào.",
        'No state belongs to the stage "{stage}".',
        "Thời gian không gắn với bước nào thì không ai giữ. Gắn stage vào trạng thái, hoặc bỏ.",
        "Time that belongs to no step is nobody's. Name the stage in its states, or drop it.",
    ),
    error(
        "E-STAGE-004",
        "Trạng thái «{state}» thuộc giai đoạn «{stage}» nhưng không do bên «{party}» giữ.",
        'The state "{state}" belongs to the stage "{stage}" and is not held by "{party}".',
        "Một giai đoạn chỉ gồm các bước của một cơ quan; chờ người nộp không thuộc giai đoạn nào. Tách giai đoạn.",
        "A stage has the steps of one agency only; waiting for the applicant belongs to none. Split the stage.",
    ),
    error(
        "E-STAGE-005",
        "Các bước {path} của giai đoạn «{stage}» cộng lại {sum} giờ làm việc, quá {budget} ({allowed} giờ).",
        'The steps {path} of the stage "{stage}" take {sum} working hours, more than {budget} ({allowed} hours).',
        "Cơ quan đúng hạn từng bước mà vẫn quá thời gian được giao. Rút ngắn bước hoặc giao thêm thời gian.",
        "The agency keeps every step and still exceeds what it was given. Shorten steps, or give it more.",
    ),
    error(
        "E-STAGE-006",
        "Các giai đoạn trên đường {path} cộng lại {sum} giờ làm việc, quá thời hạn {clock} {term} ({allowed} giờ).",
        "The stages on the way {path} take {sum} working hours, more than the {clock} term {term} ({allowed} hours).",
        "Mọi cơ quan đúng thời gian được giao mà hồ sơ vẫn trễ. Chia lại thời gian, kể cả thời gian bàn giao.",
        "All agencies keep what they were given and the dossier is late. Divide the time anew, handoffs included.",
    ),
)
