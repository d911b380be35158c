"""What ails an installation: each check says ok, warn or fail, in two languages, and what to do."""

from collections.abc import Iterable

from motcua.services.doctor.findings import Check, Status, Words
from motcua.services.doctor.inside import check_inside
from motcua.services.doctor.outside import Folder, Surroundings, check_outside
from motcua.services.installation import Installation

__all__ = ["Check", "Folder", "Status", "Surroundings", "Words", "examine", "healthy"]


def examine(found: Surroundings, house: Installation | None) -> list[Check]:
    """Return every check that can be made; without a database (None) those of its contents are left out."""
    checks = list(check_outside(found))
    return checks if house is None else [*checks, *check_inside(found, house)]


def healthy(checks: Iterable[Check]) -> bool:
    """Return whether nothing failed; warnings do not count."""
    return all(check.status is not Status.FAIL for check in checks)
