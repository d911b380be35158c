"""Why no record can be made of something, or none be read from a text."""

from typing import NoReturn

from states.errors import DomainError, Kind


class UnreadableRecord(DomainError):
    """Unreadable audit record: "{what}" {reason}. Leave it as it is and compare its stream with a backup."""

    kind = Kind.UNSOUND
    vi = "Không đọc được bản ghi: «{what}» {reason_vi}. Hãy giữ nguyên và đối chiếu chuỗi với bản sao lưu."


class InvalidRecord(DomainError):
    """No audit record can be made: "{what}" {reason}. Nothing was recorded; correct it and try again."""

    vi = "Không lập được bản ghi nhật ký: «{what}» {reason_vi}. Chưa ghi gì; hãy sửa rồi thực hiện lại."


def invalid(what: str, reason: str, reason_vi: str) -> NoReturn:
    """Refuse one field. Raises: InvalidRecord."""
    raise InvalidRecord(what=what, reason=reason, reason_vi=reason_vi)
