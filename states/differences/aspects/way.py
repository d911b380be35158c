"""What may change on the way of a dossier: states, transitions, opinions asked, components."""

from states.differences import wording as say
from states.differences.aspects.aspect import (
    APPLICANT,
    AUDITOR,
    EVERYBODY,
    INSIDE,
    LABEL,
    OFFICER,
    VERIFIED,
    Aspect,
    family,
    unordered,
)
from states.procedure import Label

STATE = (
    Aspect("label", Label("tên gọi", "name"), say.label, (APPLICANT, OFFICER), acting=True),
    Aspect(
        "public", Label("trạng thái công khai", "public status"), say.status, (APPLICANT, OFFICER), brief=True
    ),
    Aspect("holder", Label("người giữ hồ sơ", "held by"), say.actor, INSIDE, acting=True, brief=True),
    Aspect(
        "clock.budget",
        Label("thời gian của bước", "budget of the step"),
        say.offset,
        INSIDE,
        acting=True,
        brief=True,
    ),
    Aspect(
        "clock.on_due", Label("hết thời gian thì", "when it runs out"), say.transition, INSIDE, acting=True
    ),
    Aspect("clock.ladder", Label("thang cảnh báo", "ladder"), say.text, INSIDE, key=family),
    Aspect("clock.source", Label("căn cứ", "source"), say.text, (AUDITOR,)),
    Aspect("clock.verified", Label("đã đối chiếu văn bản", "verified in the text"), say.flag, (AUDITOR,)),
    Aspect(
        "no_clock",
        Label("lý do không tính thời gian", "why no time is counted"),
        say.label,
        (OFFICER, AUDITOR),
    ),
    Aspect(
        "suspends", Label("lý do tạm dừng thời hạn", "suspends the terms by"), say.text, EVERYBODY, brief=True
    ),
    Aspect("outcome", Label("kết quả", "outcome"), say.text, EVERYBODY, brief=True),
    Aspect("kind", Label("dạng", "shape"), say.named, (OFFICER, AUDITOR)),
    Aspect("parent", Label("nằm trong", "part of"), say.state, (OFFICER, AUDITOR)),
    Aspect("initial", Label("bắt đầu ở", "begins in"), say.state, (OFFICER, AUDITOR)),
    Aspect("done", Label("xong thì sang", "leads on to"), say.state, (OFFICER, AUDITOR)),
    Aspect("consultation", Label("lấy ý kiến", "asks for opinions"), say.text, INSIDE, brief=True),
    Aspect("stage", Label("thuộc giai đoạn", "part of the stage"), say.text, INSIDE),
    Aspect(
        "gathers",
        Label("đủ kết quả thành phần thì", "when all components are decided"),
        say.transition,
        INSIDE,
    ),
    Aspect("awaits", Label("chờ kết quả của", "waits for"), say.texts, INSIDE, key=unordered),
    Aspect("handoff.via", Label("chuyển hồ sơ bằng", "handed over by"), say.named, INSIDE, brief=True),
    Aspect("handoff.acknowledge", Label("xác nhận đã nhận trong", "received within"), say.offset, INSIDE),
    Aspect("handoff.accept", Label("tiếp nhận trong", "accepted within"), say.offset, INSIDE),
    Aspect("handoff.returns", Label("trả lại thì", "a return goes by"), say.transition, INSIDE),
    Aspect("handoff.documents", Label("giấy tờ chuyển kèm", "papers sent along"), say.texts, INSIDE),
    Aspect("handoff.ladder", Label("thang cảnh báo bàn giao", "ladder"), say.text, INSIDE, key=family),
    Aspect("handoff.source", Label("căn cứ bàn giao", "source of the handoff"), say.text, (AUDITOR,)),
    Aspect("handoff.verified", Label("bàn giao đã đối chiếu", "handoff verified"), say.flag, (AUDITOR,)),
)

CONSULTATION = (
    LABEL,
    Aspect("order", Label("cách hỏi", "asked"), say.named, INSIDE, brief=True),
    Aspect("quorum", Label("số ý kiến cần", "answers needed"), say.known, INSIDE, brief=True),
    Aspect("then", Label("xong thì", "then"), say.transition, INSIDE),
)

QUESTION = (
    Aspect("label", Label("nội dung", "question"), say.label, INSIDE),
    Aspect("role", Label("người trả lời", "answered by"), say.actor, INSIDE, brief=True),
    Aspect("ask_if", Label("chỉ hỏi khi", "asked if"), say.text, INSIDE, brief=True),
    Aspect("term", Label("thời hạn trả lời", "answered within"), say.offset, INSIDE, brief=True),
    Aspect("mandatory", Label("bắt buộc", "mandatory"), say.flag, INSIDE, brief=True),
    Aspect("silence", Label("im lặng được hiểu là", "silence means"), say.named, EVERYBODY, brief=True),
    Aspect("silence_source", Label("căn cứ của im lặng", "source of silence"), say.text, (AUDITOR,)),
    Aspect("documents", Label("giấy tờ chia sẻ", "papers shared"), say.texts, INSIDE, key=unordered),
    Aspect("facts", Label("thông tin chia sẻ", "facts shared"), say.texts, INSIDE, key=unordered),
    Aspect("ladder", Label("thang cảnh báo", "ladder"), say.text, INSIDE, key=family),
    *VERIFIED,
)

TRANSITION = (
    LABEL,
    Aspect(
        "by",
        Label("người thực hiện", "done by"),
        say.actors,
        (AUDITOR,),
        acting=True,
        brief=True,
        key=unordered,
    ),
    Aspect("sources", Label("từ", "from"), say.states, (AUDITOR,), acting=True, brief=True, key=unordered),
    Aspect("alternatives", Label("đến", "to"), say.targets, (AUDITOR,), acting=True, brief=True),
    Aspect("guard", Label("điều kiện", "condition"), say.text, (AUDITOR,), acting=True, brief=True),
    Aspect(
        "inputs", Label("thông tin phải ghi", "asks for"), say.texts, (OFFICER,), acting=True, key=unordered
    ),
    Aspect("reason", Label("phải nêu lý do", "needs a reason"), say.flag, (AUDITOR,), acting=True),
    Aspect("emits", Label("gửi", "sends"), say.texts, (APPLICANT, OFFICER), acting=True, key=unordered),
    Aspect("recalls", Label("rút hồ sơ thành phần", "recalls the components"), say.flag, INSIDE, acting=True),
)

COMPONENT = (
    Aspect("label", Label("tên gọi", "name"), say.label, EVERYBODY),
    Aspect("procedure", Label("thủ tục", "procedure"), say.text, EVERYBODY, brief=True),
    Aspect("procedure_fact", Label("thủ tục theo", "procedure told by"), say.text, INSIDE, brief=True),
    Aspect("party", Label("cơ quan giải quyết", "decided by"), say.party, EVERYBODY, brief=True),
    Aspect("agency_fact", Label("cơ quan theo", "agency told by"), say.text, INSIDE, brief=True),
    Aspect("after", Label("làm sau", "comes after"), say.texts, INSIDE, brief=True, key=unordered),
    Aspect("opens_if", Label("chỉ mở khi", "opened if"), say.text, EVERYBODY, brief=True),
    Aspect("takes", Label("nhận kết quả", "takes results"), say.takes, INSIDE, brief=True, key=unordered),
    Aspect("returned", Label("không đúng cơ quan thì", "given back by"), say.transition, INSIDE),
)
