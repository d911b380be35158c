"""What the store answers when it cannot do what was asked."""

from states.errors import DomainError, Kind


class DossierNotFound(DomainError):
    """There is no dossier {code}. Check the code on the receipt."""

    kind = Kind.NOT_FOUND
    vi = "Không có hồ sơ {code}. Hãy kiểm tra mã hồ sơ trên giấy tiếp nhận."


class NonconformityNotFound(DomainError):
    """The register has no nonconformity {id}, or several begin so. Take the id from the register."""

    kind = Kind.NOT_FOUND
    vi = "Không có, hoặc có nhiều, điểm không phù hợp mang mã {id}. Hãy lấy mã từ sổ điểm không phù hợp."


class ProcedureNotFound(DomainError):
    """Procedure {procedure} has no version in force on {day}. Propose one, then have a second person approve."""

    kind = Kind.NOT_FOUND
    vi = "Thủ tục {procedure} chưa có phiên bản nào có hiệu lực ngày {day}. Hãy đề xuất rồi nhờ người thứ hai duyệt."


class DatabaseNotReady(DomainError):
    """The database {database} is not usable: {reason}. {remedy} "motcua doctor" looks at it as a whole."""

    kind = Kind.NOT_READY
    vi = "Cơ sở dữ liệu {database} chưa dùng được: {reason_vi}. {remedy_vi} «motcua doctor» kiểm tra toàn bộ."


class Busy(DomainError):
    """Others kept changing "{what}" while this was being decided; nothing was written. Try again."""

    kind = Kind.CONFLICT
    vi = "«{what}» đang được người khác thay đổi liên tục; chưa ghi gì. Hãy thử lại."


class OutcomeUnknown(DatabaseNotReady):
    """The connection to {database} broke while {what} was written; it may stand. Ask again with the same --idem."""

    vi = (
        "Mất kết nối với {database} khi đang ghi {what}: chưa rõ đã ghi hay chưa. "
        "Hãy gửi lại với cùng khóa --idem; nếu không có khóa, hãy xem lại trước."
    )


class KeyTaken(DomainError):
    """The idempotency key of a command on {what} was used before; nothing was written. Ask again to get its answer."""

    kind = Kind.CONFLICT
    vi = "Khóa idempotency của yêu cầu về {what} đã được dùng; chưa ghi gì. Hãy gửi lại để nhận kết quả."


class RungDoubled(DomainError):
    """A rung of {what} has fired already in this epoch; nothing was written. Load the dossiers again, then sweep."""

    kind = Kind.CONFLICT
    vi = (
        "Bậc nhắc hạn của {what} đã được thực hiện trong kỳ này; chưa ghi gì. Hãy đọc lại hồ sơ rồi quét lại."
    )


class AlreadyWritten(DomainError):
    """Table {table} has a row of {what} that its dossier does not count; nothing was written. Verify the trail."""

    kind = Kind.UNSOUND
    vi = "Bảng {table} đã có dòng của {what} mà hồ sơ chưa tính đến; chưa ghi gì. Hãy kiểm tra nhật ký."


class VersionTaken(DomainError):
    """Version {version} of procedure {code} exists with other content. Raise `version` in the file, then propose it."""

    kind = Kind.CONFLICT
    vi = "Phiên bản {version} của thủ tục {code} đã có với nội dung khác. Hãy tăng `version` trong tệp rồi đề xuất lại."


class OlderVersion(DomainError):
    """Version {version} of procedure {code} is older than {newest}, which is known already. Propose a newer one."""

    kind = Kind.CONFLICT
    vi = "Phiên bản {version} của thủ tục {code} cũ hơn bản {newest} đã có. Hãy đề xuất phiên bản mới hơn."


class VersionNotFound(DomainError):
    """No version with digest {digest} was proposed. Propose the file first, then approve the digest it prints."""

    kind = Kind.NOT_FOUND
    vi = "Chưa đề xuất phiên bản nào mang mã băm {digest}. Hãy đề xuất tệp trước, rồi phê duyệt mã băm được in ra."


class AlreadyApproved(DomainError):
    """Version {digest} is in force already; nothing was written. There is nothing left to approve."""

    kind = Kind.CONFLICT
    vi = "Phiên bản {digest} đã có hiệu lực; chưa ghi gì. Không còn gì phải phê duyệt."


class NoteTaken(DomainError):
    """The note {key} of this database says "{value}" for good. Use a new database for another one."""

    kind = Kind.CONFLICT
    vi = "Ghi chú {key} của cơ sở dữ liệu này mãi là «{value}». Hãy dùng cơ sở dữ liệu mới nếu cần giá trị khác."


class NumberTaken(DomainError):
    """A paper of {what} was numbered by somebody else meanwhile; nothing was written. Try again."""

    kind = Kind.CONFLICT
    vi = "Giấy tờ của {what} vừa được người khác cấp số; chưa ghi gì. Hãy thử lại."
