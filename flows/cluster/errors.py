"""What can keep a cluster from starting."""

from states.errors import DomainError, Kind


class NoPostgres(DomainError):
    """PostgreSQL {oldest} or later is needed; found: {found}. Install it (Debian: apt-get install postgresql)."""

    kind = Kind.NOT_READY
    vi = "Cần PostgreSQL {oldest} trở lên; tìm thấy: {found}. Hãy cài đặt (Debian: apt-get install postgresql)."


class NotStarted(DomainError):
    """{part} did not start: {reason}. Correct the cause, then try again; what had started is left as it is."""

    kind = Kind.NOT_READY
    vi = "{part} không khởi động được: {reason}. Hãy khắc phục rồi thực hiện lại; phần đã chạy được giữ nguyên."


class NotOurs(DomainError):
    """The folder {folder} belongs to somebody else or is open to others, and holds no cluster. Name another folder."""

    kind = Kind.NOT_AUTHORISED
    vi = "Thư mục {folder} thuộc người khác hoặc để ngỏ, và không chứa cụm nào. Hãy chỉ thư mục khác."
