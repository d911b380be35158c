"""What can keep a drill from being held."""

from states.errors import DomainError, Kind


class ServerElsewhere(DomainError):
    """The PostgreSQL server with data in {folder} cannot be killed from here: {reason}. Name one of this machine."""

    kind = Kind.NOT_AUTHORISED
    vi = (
        "Không thể dừng đột ngột máy chủ PostgreSQL có dữ liệu tại {folder}: {reason_vi}. "
        "Hãy chỉ máy chủ chạy trên máy này, hoặc dùng «--db postgresql»."
    )


class NoRecovery(DomainError):
    """After {what} nothing was acknowledged for {seconds} s. Look at the logs in {folder}."""

    kind = Kind.UNSOUND
    vi = "Sau khi {what}, trong {seconds} giây không có yêu cầu nào được xác nhận. Hãy xem nhật ký tại {folder}."
