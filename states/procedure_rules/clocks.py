"""Rules on terms, budgets and what happens when they run out."""

from states.procedure_rules.shapes import error, warning

RULES = (
    error(
        "E-CLOCK-001",
        "Trạng thái «{state}» không có đồng hồ cũng không có lý do (no_clock).",
        'The state "{state}" has neither a clock nor a reason for having none (no_clock).',
        "Chỗ không có hạn là chỗ hồ sơ nằm lại. Đặt clock, hoặc nói rõ vì sao không.",
        "Where nothing is due, dossiers lie. Give it a clock, or say why there is none.",
    ),
    error(
        "E-CLOCK-002",
        "Trạng thái «{state}» vừa có clock vừa có no_clock.",
        'The state "{state}" has both clock and no_clock.',
        "Chỉ một trong hai đúng. Bỏ cái sai.",
        "Only one of them can be true. Drop the other.",
    ),
    error(
        "E-CLOCK-003",
        "Trạng thái tạm dừng «{state}» không có đồng hồ với on_due.",
        'The suspending state "{state}" has no clock with on_due.',
        "Tạm dừng phải có giới hạn, nếu không đồng hồ của hồ sơ dừng mãi. Thêm clock có on_due.",
        "A suspension has a limit, else the dossier's clocks stand still for ever. Add a clock with on_due.",
    ),
    error(
        "E-CLOCK-004",
        "Hết hạn ở «{state}»: «{transition}» phải do system, rời trạng thái này, không điều kiện, không nhập liệu.",
        'When "{state}" runs out: "{transition}" must be by system alone, leave the state, and ask for nothing.',
        "Lúc hết hạn không có ai ở đó để thỏa điều kiện hay nhập liệu. Dùng bước riêng với by: [system].",
        "When time runs out nobody is there to fulfil or to type. Use a transition of its own, by: [system].",
    ),
    error(
        "E-CLOCK-005",
        "Hết hạn ở «{state}», «{transition}» lại quay về chính trạng thái đó.",
        'When "{state}" runs out, "{transition}" leads back into it.',
        "Đồng hồ tự đặt lại thì hồ sơ quay vòng không dừng. Dẫn đến trạng thái khác.",
        "A clock that sets itself again goes round for ever. Lead to another state.",
    ),
    error(
        "E-CLOCK-006",
        "Bước «{transition}» chỉ do system làm nhưng không đồng hồ nào gọi.",
        'The transition "{transition}" is by system alone, and no clock fires it.',
        "Hệ thống chỉ tự làm khi hết hạn. Đặt on_due, hoặc cho người làm.",
        "The system acts by itself only when time runs out. Name it in on_due, or let people do it.",
    ),
    error(
        "E-CLOCK-007",
        "Thiếu đồng hồ legal.",
        "The clock legal is missing.",
        "Mọi thủ tục có thời hạn theo luật; chưa biết số thì ghi term: null, verified: false.",
        "Every procedure has a legal term; while the number is not known, term: null, verified: false.",
    ),
    error(
        "E-CLOCK-008",
        "Thời hạn {clock} là {term}, phải là số nguyên đơn vị.",
        "The term of {clock} is {term}; it must be whole units.",
        "Thời hạn hứa với người dân là số nguyên; chỉ bước nội bộ mới có phần lẻ. Dùng giờ nếu cần.",
        "What people are promised is whole; only internal steps are fractions. Use hours if need be.",
    ),
    error(
        "E-CLOCK-009",
        "Thời hạn cam kết {committed} dài hơn thời hạn luật định {legal}.",
        "The committed term {committed} is longer than the legal term {legal}.",
        "Cơ quan chỉ được cam kết ngắn hơn hoặc bằng luật.",
        "An agency may promise to be quicker than the law, never slower.",
    ),
    error(
        "E-CLOCK-010",
        "Các bước {path} cộng lại {sum} giờ làm việc, quá thời hạn cam kết {term} ({allowed} giờ).",
        "The steps {path} take {sum} working hours, more than the committed {term} ({allowed} hours).",
        "Nếu mọi người làm đúng hạn của mình mà hồ sơ vẫn trễ thì lỗi ở quy trình. Rút ngắn bước.",
        "If all keep their budgets and the dossier is late, the process is at fault. Shorten steps.",
    ),
    error(
        "E-CLOCK-011",
        "Các bước {path} cộng lại {sum} giờ làm việc, quá thời hạn luật định {term} ({allowed} giờ).",
        "The steps {path} take {sum} working hours, more than the legal {term} ({allowed} hours).",
        "Nếu mọi người làm đúng hạn của mình mà hồ sơ vẫn trái luật thì lỗi ở quy trình. Rút ngắn bước.",
        "If all keep their budgets and the law is broken, the process is at fault. Shorten steps.",
    ),
    error(
        "E-CLOCK-013",
        "Hạn gửi văn bản xin lỗi «{term}» không phải số ngày nguyên.",
        "The distance {term} of the apology letter is not a whole number of days.",
        "Ngày cuối được gửi đếm lùi từ ngày hẹn trả. Dùng số nguyên calendar_days, working_days, hoặc null.",
        "The letter's last day is counted back from the due day. Use whole calendar_days or working_days, or null.",
    ),
    error(
        "E-CLOCK-014",
        "Tiếp nhận lúc {start}, các bước {path} xong lúc {end}, sau hạn {clock} {term} ({due}).",
        "Accepted at {start}, the steps {path} end at {end}, after the {clock} term {term} is due ({due}).",
        "Đơn vị tính khác nhau nên có ngày mọi người đúng hạn mà hồ sơ vẫn trễ; đây là ngày xấu nhất. Rút ngắn bước.",
        "Units differ, so on some days all keep their time and the dossier is late; this is the worst. Shorten steps.",
    ),
    warning(
        "W-CLOCK-012",
        "Trạng thái tạm dừng «{state}» chưa biết tối đa bao lâu.",
        'How long the suspending state "{state}" may last is not known.',
        "Khi con số còn là null, hồ sơ chờ không giới hạn. Bổ sung khi tìm được căn cứ.",
        "While the number is null a dossier waits without limit. Fill it in once its source is found.",
    ),
)
