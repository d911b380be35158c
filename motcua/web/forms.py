"""What people type into forms: counted as browsers count it, never cut, and shown again when it is not taken."""

import re
from collections.abc import Iterable

from starlette.datastructures import FormData
from starlette.requests import Request

from states.errors import DomainError, Kind

LONGEST_REASON = 2_000
"""Characters of a reason or an answer."""

LONGEST_LINE = 200
"""Characters of a name or a fact on one line."""

_KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")
REASON = ("Lý do", "Reason")
RECEIVER = ("Người nhận hoặc số hiệu bưu gửi", "Receiver, or number of the consignment")
FACT = ("Thông tin của hồ sơ", "Fact of the dossier")
_HIDDEN = frozenset(
    {
        "csrf",
        "mandate",
        "key",
        "version",
        "_for",
        "do",
        "task",
        "agency",
        "di",
        "checked",
        "then",
        "seen",
        "so",
        "kt",
        "shown",
        "act",
        "anyway",
        "base",
        "cach",
        "cause",
        "channel",
        "clause",
        "clock",
        "co_quan",
        "diem",
        "duties",
        "for_day",
        "hang",
        "loai",
        "officer",
        "paper",
        "procedures",
        "rung",
        "sure",
        "state",
        "status",
        "steps",
        "them",
        "thu_tuc",
        "transition",
        "types",
        "unit",
        "viec",
        "way",
        "xin_loi",
    }
)
"""Fields that pages fill in, or of which one only chooses."""
_CHOSEN = re.compile(r"(accept|fact)\..*=(yes|no|[a-z]+_[a-z_]+)", re.DOTALL)
"""A fact that was chosen, not typed."""

_SECRET = frozenset({"password", "old", "new", "again"})
_NAMES = {
    "reason": REASON,
    "answer": ("Trả lời", "Answer"),
    "text": ("Nội dung", "Text"),
    "noi_dung": ("Nội dung", "Text"),
    "y_kien": ("Ý kiến", "Comment"),
    "receiver": ("Người nhận", "Receiver"),
    "carrier": ("Đơn vị vận chuyển", "Carrier"),
    "receipt": ("Số hiệu bưu gửi", "Number of the consignment"),
    "applicant.name": ("Họ tên người nộp", "Name of the applicant"),
    "applicant.id_number": ("Số giấy tờ", "Number of the identity paper"),
    "applicant.phone": ("Điện thoại", "Telephone"),
    "applicant.email": ("Thư điện tử", "E-mail"),
    "applicant.address": ("Địa chỉ", "Address"),
    "name": ("Tên", "Name"),
    "document": ("Số văn bản", "Number of the paper"),
    "yaml": ("Bản nháp", "Draft"),
    "actions": ("Các việc được ủy quyền", "Acts of the mandate"),
    "amount": ("Gia hạn thêm", "Extension"),
    "den": ("Đến ngày", "Until"),
    "dia_chi": ("Địa chỉ nhận", "Address"),
    "dien_thoai": ("Điện thoại", "Telephone"),
    "due": ("Hạn", "Due"),
    "grantor": ("Người ủy quyền", "Whose authority"),
    "ho_ten": ("Họ tên", "Name"),
    "holder": ("Người được ủy quyền", "Who may use it"),
    "kt": ("Mã kiểm tra", "Check code"),
    "login": ("Tên đăng nhập", "Login"),
    "ma": ("Mã hồ sơ", "Code of the dossier"),
    "ngay": ("Ngày", "Day"),
    "nguoi_nhan": ("Họ tên người nhận", "Name of who gets it"),
    "owner": ("Người thực hiện", "Who does it"),
    "person": ("Mã cán bộ", "Person's id"),
    "since": ("Từ", "From"),
    "so_may": ("Số điện thoại", "Telephone"),
    "source": ("Nguồn", "Source"),
    "thu": ("Thư điện tử", "E-mail"),
    "tre": ("Số ngày trễ", "Days late"),
    "tu": ("Từ ngày", "From"),
    "until": ("Đến trước", "Until before"),
    "url": ("Địa chỉ", "Address"),
}
Typed = list[dict[str, object]]


class TextTooLong(DomainError):
    """The field "{field}" has {length} characters; at most {most} are taken. Shorten it; it is kept below."""

    vi = (
        "«{field_vi}» dài {length} ký tự, tối đa {most}. Hãy rút ngắn rồi gửi lại; nội dung vẫn giữ bên dưới."
    )


class SentBefore(DomainError):
    """This form was sent before with other words, and that counted. If these are meant as well, send it once more."""

    kind = Kind.CONFLICT
    vi = (
        "Biểu mẫu này đã gửi một lần với nội dung khác, và lần đó đã được ghi nhận. "
        "Nếu muốn gửi cả nội dung dưới đây, hãy bấm gửi lần nữa."
    )


def is_form(request: Request) -> bool:
    """Tell whether a request brings a form."""
    return request.headers.get("content-type", "").startswith(_KINDS)


async def read_form(request: Request) -> list[tuple[str, str]]:
    r"""Read the form of a request once for all; return its texts, with ends of lines as browsers count them, `\n`.

    Browsers send a line's end as two characters and count it as one.
    Source: HTML Standard, 4.10.19.3 (maxlength) and 4.10.21.4 (entry list, line breaks).
    """
    form = await request.form()
    told = [(name, _lines(given) if isinstance(given, str) else given) for name, given in form.multi_items()]
    FormData.__init__(form, told)  # the one that handlers get: whoever asks again is given this same object
    return [(name, given) for name, given in told if isinstance(given, str)]


def text_of(form: FormData, name: str, words: tuple[str, str] = REASON, most: int = LONGEST_REASON) -> str:
    """Return what was typed, without blanks around it. Raises: TextTooLong."""
    text = str(form.get(name) or "").strip()
    fitting(text, words, most)
    return text


def texts(form: FormData) -> dict[str, str]:
    """Return what was typed, by field, to be shown again; files are not."""
    return {name: given for name, given in form.items() if isinstance(given, str)}


def fitting(text: str, words: tuple[str, str], most: int) -> None:
    """Check that a text is not longer than what is taken. Raises: TextTooLong."""
    if len(text) > most:
        raise TextTooLong(field=words[1], field_vi=words[0], length=len(text), most=most)


def typed_by_hand(said: Iterable[tuple[str, str]]) -> Typed:
    """Return what people typed, to be shown once more: no secrets, nothing that the page itself filled in."""
    return [
        {"name": name, "label": name_of(name), "text": text}
        for name, text in said
        if text.strip() and name not in _HIDDEN | _SECRET and not _CHOSEN.fullmatch(f"{name}={text}")
    ]


def name_of(field: str) -> tuple[str, str] | None:
    """Return what people call a field, in Vietnamese and in English; None where pages do not say."""
    if field.startswith(("fact.", "accept.")):
        return FACT
    return _NAMES.get(field.partition(":")[0])


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
