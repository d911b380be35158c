"""What may change in each part of a procedure: the field, what people call it, how it is told, whom it concerns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from states.differences import wording as say
from states.differences.difference import Audience
from states.differences.wording import Names, Told
from states.procedure import Label

APPLICANT, OFFICER, LEADER, AUDITOR = Audience
EVERYBODY = tuple(Audience)
INSIDE = (OFFICER, LEADER, AUDITOR)
Key = Callable[[Names, Any], object]


def as_it_is(names: Names, value: Any) -> object:
    """Compare a value as it stands."""
    return value


def unordered(names: Names, value: Any) -> object:
    """Compare a list whose order means nothing."""
    return frozenset(value)


def family(names: Names, value: Any) -> object:
    """Compare a ladder by its name; that its version rose is told once, of the ladder itself."""
    return names.families.get(value, value)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One field of a kind of part.

    Attributes:
        field: Its name, with dots where it lies deeper.
        audiences: Whom its change concerns in any case.
        acting: Whether it also concerns those who act in the part.
        brief: Whether it is told of a part that is new.
        key: What two values are compared by.
    """

    field: str
    name: Label
    told: Told
    audiences: tuple[Audience, ...]
    acting: bool = False
    brief: bool = False
    key: Key = as_it_is

    def value(self, item: Any) -> Any:
        """Return the value of the field; None where what it lies in is missing."""
        for part in self.field.split("."):
            item = None if item is None else getattr(item, part)
        return item


LABEL = Aspect("label", Label("tên gọi", "name"), say.label, (OFFICER,), acting=True)
VERIFIED = (
    Aspect("source", Label("căn cứ", "source"), say.text, (AUDITOR,)),
    Aspect("verified", Label("đã đối chiếu văn bản", "verified in the text"), say.flag, (AUDITOR,)),
)

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

CLOCK = (
    LABEL,
    Aspect("term", Label("thời hạn", "term"), say.term, EVERYBODY, brief=True),
    Aspect("starts", Label("bắt đầu tính khi", "starts with"), say.transition, EVERYBODY, brief=True),
    Aspect("stops", Label("thôi tính khi đến", "stops at"), say.states, INSIDE, key=unordered),
    Aspect("ladder", Label("thang cảnh báo", "ladder"), say.text, INSIDE, key=family),
    *VERIFIED,
)

SUSPENSION = (
    Aspect("cause", Label("lý do", "cause"), say.label, EVERYBODY),
    Aspect("effect", Label("thời hạn", "the term"), say.named, EVERYBODY, brief=True),
    Aspect("max_times", Label("số lần tối đa", "at most so many times"), say.known, EVERYBODY, brief=True),
    *VERIFIED,
)

EXTENSION = (
    Aspect("label", Label("tên gọi", "name"), say.label, (OFFICER, LEADER)),
    Aspect("role", Label("người ký", "signed by"), say.actor, INSIDE, brief=True),
    Aspect("clocks", Label("dời các thời hạn", "moves"), say.texts, INSIDE, key=unordered),
    Aspect("max_times", Label("số lần tối đa", "at most so many times"), say.known, EVERYBODY, brief=True),
    Aspect("max_each", Label("mỗi lần tối đa", "at most each time"), say.term, EVERYBODY, brief=True),
    Aspect(
        "letter_before",
        Label("thư xin lỗi gửi trước hạn", "apology before the due day"),
        say.offset,
        EVERYBODY,
    ),
    *VERIFIED,
)

LADDER = (
    Aspect("id", Label("phiên bản", "version"), say.text, INSIDE),
    Aspect("label", Label("tên gọi", "name"), say.label, INSIDE),
)

RUNG = (
    Aspect("side", Label("thời điểm", "when"), say.named, INSIDE, brief=True),
    Aspect("offset", Label("cách hạn", "away from the due instant"), say.offset, INSIDE, brief=True),
    Aspect("actions", Label("việc làm", "does"), say.texts, INSIDE, brief=True, key=unordered),
    Aspect("to", Label("báo cho", "reaches"), say.recipients, INSIDE, brief=True),
    Aspect("acknowledge", Label("phải xác nhận trong", "acknowledged within"), say.offset, INSIDE),
    Aspect(
        "unacknowledged", Label("không xác nhận thì báo", "unanswered, it goes to"), say.recipients, INSIDE
    ),
)

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

STAGE = (
    LABEL,
    Aspect("party", Label("của", "of"), say.party, INSIDE, brief=True),
    Aspect("budget", Label("thời gian của cơ quan", "time of the agency"), say.offset, INSIDE, brief=True),
    Aspect("ladder", Label("thang cảnh báo", "ladder"), say.text, INSIDE, key=family),
    *VERIFIED,
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
)
