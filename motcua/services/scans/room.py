"""Where files lie: in quarantine until a scanner has seen them, then by their hash; what it said is kept beside."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field

from motcua.services.ports import ScanFolder, Scanner
from motcua.services.scans.limits import Limits
from states.errors import DomainError, Kind

CLEAN, UNSEEN, PENDING, GONE = "clean", "unseen", "pending", "gone"


class Infected(DomainError):
    """The file was not taken: the scanner found {found} in it. Do not open it; scan the paper again."""

    vi = "Không nhận tệp: phần mềm quét tìm thấy {found}. Không mở tệp này; hãy quét lại giấy tờ."


class ScannerSilent(DomainError):
    """The virus scanner does not answer, so the file stays in quarantine and nobody opens it. Try again later."""

    kind = Kind.NOT_READY
    vi = "Phần mềm quét mã độc không trả lời; tệp nằm trong vùng cách ly và chưa ai mở được. Hãy thử lại sau."


class StorageFull(DomainError):
    """The file cannot be stored now; nothing was recorded. Tell the administrator: the disk may be full."""

    kind = Kind.NOT_READY
    vi = "Không lưu được tệp; chưa ghi nhận gì. Hãy báo quản trị: có thể ổ đĩa đã đầy."


@dataclass(frozen=True)
class Room:
    """The folders of scans, the scanner where there is one, and the limits.

    Attributes:
        files: What may be opened.
        quarantine: What nobody has looked into yet.
        verdicts: An entry by the hash of each file that the scanner found clean.
    """

    files: ScanFolder
    quarantine: ScanFolder
    verdicts: ScanFolder
    scanner: Scanner | None = None
    limits: Limits = field(default_factory=Limits)

    def standing(self, sha256: str) -> str:
        """Return `clean`, `unseen` (no scanner is set up), `pending` (in quarantine) or `gone`."""
        if self.verdicts.has(sha256):
            return CLEAN
        if self.files.has(sha256):
            return UNSEEN
        return PENDING if self.quarantine.has(sha256) else GONE

    def take(self, held: bytes) -> str:
        """Keep a file where it belongs, and return its hash.

        Raises:
            Infected: The scanner found something; nothing is kept.
            StorageFull: It cannot be written.
        """
        sha256 = hashlib.sha256(held).hexdigest()
        if self.standing(sha256) == CLEAN:
            return sha256
        try:
            seen = self._scanned(held)
            folder = self.files if seen or self.scanner is None else self.quarantine
            if not folder.has(sha256):
                folder.keep(sha256, held)
            if seen:
                self.verdicts.keep(sha256, b"clean")
        except OSError as trouble:
            raise StorageFull from trouble
        return sha256

    def look_again(self, sha256: str) -> None:
        """Let the scanner look at what is in quarantine, and let it out when nothing is found.

        Raises:
            Infected, ScannerSilent, StorageFull: It stays there.
        """
        if self.standing(sha256) != PENDING:
            return
        try:
            held = self.quarantine.read(sha256)
            if not self._scanned(held):
                raise ScannerSilent
            self.files.keep(sha256, held)
            self.verdicts.keep(sha256, b"clean")
            self.quarantine.drop(sha256)
        except OSError as trouble:
            raise StorageFull from trouble

    def _scanned(self, held: bytes) -> bool:
        """Tell whether the scanner has seen it and found nothing. Raises: Infected."""
        if self.scanner is None:
            return False
        found: str | None = None
        with suppress(OSError):
            found = self.scanner.scan(held)
            if not found:
                return True
        if found:
            raise Infected(found=found[:100])
        return False
