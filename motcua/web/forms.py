"""What people type into forms: counted as browsers count it, never cut, and shown again when it is not taken."""

from collections.abc import Iterable

from starlette.datastructures import FormData
from starlette.requests import Request

from states.errors import DomainError

LONGEST_REASON = 2_000
"""Characters of a reason or an answer."""

LONGEST_LINE = 200
"""Characters of a name or a fact on one line."""

_KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")
REASON = ("Lý do", "Reason")
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
    }
)
"""Fields that pages fill in, not people."""

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
}
Typed = list[dict[str, object]]


class TextTooLong(DomainError):
    """The field "{field}" has {length} characters; at most {most} are taken. Shorten it; it is kept below."""

    vi = (
        "«{field_vi}» dài {length} ký tự, tối đa {most}. Hãy rút ngắn rồi gửi lại; nội dung vẫn giữ bên dưới."
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
        {"name": name, "label": _NAMES.get(name.partition(":")[0]), "text": text}
        for name, text in said
        if text.strip() and name not in _HIDDEN | _SECRET
    ]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
