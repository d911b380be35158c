"""An officer used the authority of another."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AuthorityUsed:
    """What else this record holds was done by `officer` with the authority of `on_behalf`, by the mandate `mandate`.

    `role` is the one that was acted in, None where none was; `document` is the number of the paper.
    """

    kind: ClassVar[str] = "authority_used"
    officer: str
    on_behalf: str
    mandate: str
    document: str
    role: str | None
    at: datetime
