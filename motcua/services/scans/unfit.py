"""The answer to a file that is not taken."""

from states.errors import DomainError


class UnfitFile(DomainError):
    """The file was not taken: {reason}. Send the paper as a PDF, PNG or JPEG, without a password."""

    vi = "Không nhận tệp: {reason_vi}. Hãy gửi giấy tờ dạng PDF, PNG hoặc JPEG, không đặt mật khẩu."


def unfit(reason: str, reason_vi: str) -> UnfitFile:
    """Return the error for one reason."""
    return UnfitFile(reason=reason, reason_vi=reason_vi)
