"""Between a dossier and the national portal: filed there, and owed to it anew."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FiledOnPortal:
    """The applicant filed on the national portal at `filed_at`, from which the terms of intake count."""

    kind: ClassVar[str] = "filed_on_portal"
    submission: str
    filed_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class PortalOwed:
    """The portal is owed the dossier as it stands once more; `because` is the difference that was found.

    `since` is when its public status was reached.
    """

    kind: ClassVar[str] = "portal_owed"
    because: str
    since: datetime
    at: datetime
