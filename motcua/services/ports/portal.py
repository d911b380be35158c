"""The national portal, as use cases see it: what may be asked of it, and the tables of its language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from states.errors import DomainError, Kind

Element = Mapping[str, Any]
"""One thing as the portal writes it: names of its own, every value text."""


class UnknownPortalStatus(DomainError):
    """The portal has no status for the public status {public} (outcome {outcome}). Mend config/portal.yaml."""

    vi = "Cổng không có trạng thái cho trạng thái công khai {public} (kết quả {outcome}). Hãy sửa config/portal.yaml."


class PortalRefused(DomainError):
    """The portal refuses {what} with code {code}: {said}. Correct the cause, then "motcua outbox retry"."""

    kind = Kind.CONFLICT
    vi = "Cổng từ chối {what}, mã {code}: {said}. Hãy khắc phục nguyên nhân rồi chạy «motcua outbox retry»."


class WrongFile(DomainError):
    """The file {sha256} is not what was announced: {reason}. The applicant must submit it again."""

    vi = "Tệp {sha256} không đúng như đã khai: {reason_vi}. Người nộp cần nộp lại tệp."


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A line of the table: a public status, where given only with an outcome, and the portal's code for it."""

    public: int
    outcome: str | None
    code: str


@dataclass(frozen=True, slots=True)
class PortalTable:
    """How this platform's facts are said in the portal's language.

    Attributes:
        statuses: The first line that fits counts.
        channels: The portal's code by channel.
        done: Answers that mean it is done.
        exists: Answers that mean the dossier is there already.
        missing: Answers that mean the dossier is not there.
        notice_within: From filing until the officer of intake must have been told, in hours of the clock.
        told_within: From a change of status here until the portal must know it.
        told_source: The citation of that term.
        most_bytes: Of one file.
    """

    statuses: tuple[StatusLine, ...]
    channels: Mapping[str, str]
    done: tuple[str, ...]
    exists: tuple[str, ...]
    missing: tuple[str, ...]
    notice_within: timedelta
    told_within: timedelta
    told_source: str
    most_bytes: int

    def status(self, public: int, outcome: str | None) -> str:
        """Return the portal's code for a public status. Raises: UnknownPortalStatus."""
        for line in self.statuses:
            if line.public == public and line.outcome in (None, outcome):
                return line.code
        raise UnknownPortalStatus(public=public, outcome=outcome or "-")


@dataclass(frozen=True, slots=True)
class PortalAnswer:
    """What the portal answers; `code` alone decides what it means."""

    code: str
    message: str


class PortalGateway(Protocol):
    """The way to the portal. Every method raises OSError where no answer came that can be understood."""

    def tell(self, elements: Sequence[Element], ids: Sequence[str], *, update: bool) -> PortalAnswer:
        """Add or update dossiers; an id that was done before is not done again."""
        ...

    def progress(self, elements: Sequence[Element], ids: Sequence[str]) -> PortalAnswer:
        """Add steps that were taken, at most ten; an id that was added before is not added again."""
        ...

    def find(self, code: str) -> Element | None:
        """Return a dossier as the portal has it; None where it has none."""
        ...

    def known(self) -> Iterator[Element]:
        """Walk code, status and appointment of every dossier that the portal has of this unit."""
        ...

    def submissions(self) -> list[Element]:
        """Return what citizens submitted and nobody has answered, the oldest first."""
        ...

    def file(self, sha256: str, most: int) -> bytes:
        """Return a file that came with a submission; at most one byte more than *most* is read."""
        ...

    def answer(self, submission: str, said: Element) -> PortalAnswer:
        """Say what became of a submission."""
        ...


class FileFolder(Protocol):
    """Keeps files under the hash of what they hold."""

    def has(self, sha256: str) -> bool:
        """Tell whether a file is kept."""
        ...

    def keep(self, sha256: str, held: bytes) -> None:
        """Keep a file; it is on the disk when this returns."""
        ...


@dataclass(frozen=True, slots=True)
class Portal:
    """All that the use cases of the national portal work with."""

    gateway: PortalGateway
    table: PortalTable
    files: FileFolder
