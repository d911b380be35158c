"""Papers by the number that stands on them, such as `12/GTN-2026`."""

from motcua.services.ports import PaperDraft, PaperRow, Stored, Typesetter
from states.errors import DomainError, Kind


class PaperNotFound(DomainError):
    """Dossier {code} has no paper {number}. Its papers: {known}."""

    kind = Kind.NOT_FOUND
    vi = "Hồ sơ {code} không có giấy tờ số {number}. Giấy tờ hiện có: {known}."


class PaperSigned(DomainError):
    """Paper {number} of dossier {code} was signed by {officer} already; nothing was written. Show it instead."""

    kind = Kind.CONFLICT
    vi = "Giấy tờ số {number} của hồ sơ {code} đã được {officer} ký; chưa ghi gì. Hãy xem giấy tờ đó."


class PaperIncomplete(DomainError):
    """Paper {number} of dossier {code} cannot be signed: {what} is not known yet. Record it first, then sign."""

    kind = Kind.CONFLICT
    vi = "Chưa thể ký giấy tờ số {number} của hồ sơ {code}: chưa có {what}. Hãy ghi nhận rồi ký."


class SignerUnnamed(DomainError):
    """Nobody may sign paper {number} of dossier {code}: no position is named for the form {form}.

    Name it in roles/papers.yaml of the config folder, from the law.
    """

    kind = Kind.NOT_AUTHORISED
    vi = (
        "Chưa ai được ký giấy tờ số {number} của hồ sơ {code}: mẫu {form} chưa nêu chức vụ ký. "
        "Hãy khai báo trong roles/papers.yaml theo văn bản."
    )


class NotDrafted(DomainError):
    """The form {form} is not a paper of one dossier. Print it with "motcua paper register"."""

    vi = "Mẫu {form} không phải giấy tờ của một hồ sơ. Hãy in bằng «motcua paper register»."


class AlreadyDrafted(DomainError):
    """The paper {form} that message {message} owes was drafted already. Show it instead."""

    kind = Kind.CONFLICT
    vi = "Giấy tờ {form} mà thông báo {message} yêu cầu đã được soạn. Hãy xem giấy tờ đó."


class TemplateChanged(DomainError):
    """Paper {number} was signed as set from another template ({recorded}). Put templates/papers of that day back."""

    kind = Kind.CONFLICT
    vi = "Giấy tờ số {number} được ký theo mẫu khác ({recorded}). Hãy khôi phục templates/papers của ngày ký."


class PaperDiffers(DomainError):
    """Paper {number} does not come out as it was signed ({engine}): personal data were erased, or it was tampered with.

    Verify the trail, and compare with the copy that was handed over.
    """

    kind = Kind.UNSOUND
    vi = (
        "Giấy tờ số {number} không in lại đúng như bản đã ký ({engine}): dữ liệu cá nhân đã xóa hoặc bị sửa. "
        "Hãy kiểm tra nhật ký và đối chiếu bản đã giao."
    )


def series(press: Typesetter, paper: PaperDraft) -> str:
    """Return the number as it stands on the paper."""
    return f"{paper.number}/{press.spec(paper.form).symbol}-{paper.year}"


def salt_field(paper_form: str, year: int, number: int) -> str:
    """Return the name under which a paper's salt is kept among the personal values of its dossier."""
    return f"paper.{paper_form}.{year}.{number}"


def find(press: Typesetter, stored: Stored, rows: list[PaperRow], number: str) -> PaperRow:
    """Return the paper with this number. Raises: PaperNotFound."""
    known = {series(press, row.draft): row for row in rows}
    if number not in known:
        shown = ", ".join(known) or "-"
        raise PaperNotFound(code=stored.dossier.code, number=number, known=shown)
    return known[number]
