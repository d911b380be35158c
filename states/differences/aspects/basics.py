"""What may change in the head of a procedure: names, sources, facts, people, papers, fees."""

from states.differences import wording as say
from states.differences.aspects.aspect import (
    APPLICANT,
    AUDITOR,
    EVERYBODY,
    INSIDE,
    LABEL,
    LEADER,
    OFFICER,
    VERIFIED,
    Aspect,
    unordered,
)
from states.procedure import Label

HEAD = (
    Aspect("code", Label("mã thủ tục", "code"), say.text, EVERYBODY),
    Aspect("name", Label("tên thủ tục", "name"), say.label, EVERYBODY),
    Aspect("field", Label("lĩnh vực", "field"), say.label, (APPLICANT, OFFICER)),
    Aspect("result", Label("kết quả", "result"), say.label, EVERYBODY),
    Aspect("effective_from", Label("có hiệu lực từ ngày", "in force from"), say.day, EVERYBODY),
    Aspect("effective_until", Label("hết hiệu lực từ ngày", "no longer in force from"), say.day, EVERYBODY),
    Aspect("calendar", Label("lịch làm việc", "calendar"), say.text, EVERYBODY),
    Aspect(
        "cutoff.after_minute",
        Label(
            "nhận sau giờ này tính sang ngày làm việc sau",
            "taken in after this hour counts from the next working day",
        ),
        say.minute,
        EVERYBODY,
    ),
    Aspect("cutoff.source", Label("căn cứ của giờ chốt", "source of the cut-off"), say.text, (AUDITOR,)),
    Aspect("cutoff.verified", Label("giờ chốt đã đối chiếu", "cut-off verified"), say.flag, (AUDITOR,)),
    Aspect("schema_version", Label("dạng tệp", "file format"), say.text, (AUDITOR,)),
    Aspect("initial", Label("bắt đầu ở", "begins in"), say.states, INSIDE),
    Aspect("recall", Label("khi nhóm rút hồ sơ thì", "when its group recalls it"), say.transition, INSIDE),
)

CITATION = (
    Aspect("instrument", Label("văn bản", "instrument"), say.text, (AUDITOR,), brief=True),
    Aspect("article", Label("điều khoản", "article"), say.text, (AUDITOR,), brief=True),
    Aspect("title", Label("trích yếu", "title"), say.text, (AUDITOR,)),
    *VERIFIED,
)

FACT = (
    LABEL,
    Aspect("type", Label("kiểu", "type"), say.text, (OFFICER,)),
    Aspect("values", Label("giá trị", "values"), say.texts, (OFFICER,), brief=True, key=unordered),
)

PARTY = (
    Aspect("label", Label("tên gọi", "name"), say.label, INSIDE),
    Aspect("kind", Label("loại cơ quan", "kind of agency"), say.text, INSIDE, brief=True),
    Aspect("resolve", Label("cách xác định", "found as"), say.named, INSIDE, brief=True),
)

ROLE = (
    Aspect("label", Label("tên gọi", "name"), say.label, INSIDE),
    Aspect("party", Label("thuộc", "belongs to"), say.party, INSIDE, brief=True),
    Aspect("position", Label("chức vụ", "position"), say.text, INSIDE, brief=True),
    Aspect(
        "assign", Label("cách giao việc", "how work reaches them"), say.named, (OFFICER, LEADER), brief=True
    ),
)

DOCUMENT = (
    Aspect("label", Label("tên gọi", "name"), say.label, (APPLICANT, OFFICER)),
    Aspect("required", Label("bắt buộc", "required"), say.flag, (APPLICANT, OFFICER, AUDITOR), brief=True),
    Aspect(
        "required_if",
        Label("bắt buộc khi", "required if"),
        say.text,
        (APPLICANT, OFFICER, AUDITOR),
        brief=True,
    ),
    Aspect("copies", Label("số bản", "copies"), say.known, (APPLICANT, OFFICER)),
    *VERIFIED,
)

FEE = (
    Aspect("label", Label("tên gọi", "name"), say.label, (APPLICANT, OFFICER)),
    Aspect("amount", Label("mức thu", "amount"), say.money, (APPLICANT, OFFICER, AUDITOR), brief=True),
    *VERIFIED,
)
