"""What happened to an official paper of a dossier."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PaperDrafted:
    """A paper took the next number of its agency, form and year; it has no force before a person signs it.

    `input_sha256` is of what it says without personal data; `cause` is the message that owed it, None where a
    person asked for it.
    """

    kind: ClassVar[str] = "paper_drafted"
    form: str
    agency: str
    year: int
    number: int
    template_sha256: str
    input_sha256: str
    cause: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperIssued:
    """A person signed a paper; the digests are of its two twins, and of the template and the input they came from."""

    kind: ClassVar[str] = "paper_issued"
    form: str
    agency: str
    year: int
    number: int
    officer: str
    template_sha256: str
    input_sha256: str
    engine: str
    html_sha256: str
    pdf_sha256: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentDigitised:
    """A paper that the applicant handed in is data now.

    `how` is `scanned`, `reused` or `store`; `media` the media type of each file that came with it.
    """

    kind: ClassVar[str] = "document_digitised"
    document: str
    how: str
    media: tuple[str, ...]
    at: datetime
