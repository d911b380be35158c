"""How much of a dossier's papers may be sent, at once and in all."""

from dataclasses import dataclass

from states.errors import DomainError

MIB = 1024 * 1024


class TooMuch(DomainError):
    """Not taken: {what} is more than {most} allowed. Send less, or scan with a lower resolution."""

    vi = "Không nhận: {what_vi} vượt mức cho phép {most}. Hãy gửi ít hơn hoặc quét với độ phân giải thấp hơn."


@dataclass(frozen=True, slots=True)
class Limits:
    """What is allowed; bytes where nothing else is said.

    Attributes:
        files: So many in one request.
        dossier_files: So many in a dossier.
        pixels: So many in a picture, as its head declares them; it is never unpacked.
        pages: A PDF with more is told so.
    """

    file: int = 10 * MIB
    request: int = 40 * MIB
    dossier: int = 200 * MIB
    files: int = 20
    dossier_files: int = 200
    pixels: int = 100_000_000
    pages: int = 2_000

    def of_request(self, sizes: list[int]) -> None:
        """Check what comes at once. Raises: TooMuch."""
        _within(len(sizes), self.files, "the number of files", "số tệp")
        _within(max(sizes, default=0), self.file, "a file", "dung lượng một tệp")
        _within(sum(sizes), self.request, "the request", "dung lượng một lần gửi")

    def of_dossier(self, sizes: list[int]) -> None:
        """Check what a dossier would have in all. Raises: TooMuch."""
        _within(len(sizes), self.dossier_files, "the number of files of the dossier", "số tệp của hồ sơ")
        _within(sum(sizes), self.dossier, "the dossier", "dung lượng hồ sơ")


def _within(found: int, most: int, what: str, what_vi: str) -> None:
    if found > most:
        raise TooMuch(what=what, what_vi=what_vi, most=f"{most // MIB} MB" if most >= MIB else most)
