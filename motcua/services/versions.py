"""Versions that a database holds: found by their name or digest, and the dossiers that are under way on each."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from motcua.services.installation import Installation
from motcua.services.ports import PublishedVersion
from states.errors import DomainError, Kind

_DIGEST = re.compile(r"[0-9a-f]{8,64}", re.ASCII)


class VersionNotFound(DomainError):
    """This database has no version {given}. Write code@version or a digest; "motcua publish --list" has them all."""

    kind = Kind.NOT_FOUND
    vi = (
        "Cơ sở dữ liệu này không có phiên bản {given}. "
        "Hãy ghi mã@phiên-bản hoặc mã băm; «motcua publish --list» liệt kê tất cả."
    )


class AmbiguousDigest(DomainError):
    """The digest {given} is the beginning of {count} versions. Write more of it."""

    kind = Kind.CONFLICT
    vi = "Mã băm {given} là phần đầu của {count} phiên bản. Hãy ghi dài hơn."


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The dossiers that have not ended on one version.

    Attributes:
        open: How many; each stays on its version to its end.
        states: How many stand in each state; one in a parallel block counts in each of its states.
    """

    digest: str
    code: str
    version: str
    open: int
    states: Mapping[str, int]


def names_a_version(name: str) -> bool:
    """Tell whether a name is code@version or a digest, or the beginning of one of at least eight digits."""
    return "@" in name or _DIGEST.fullmatch(name) is not None


def named_version(house: Installation, name: str) -> PublishedVersion:
    """Return a proposed or approved version by code@version or by its digest.

    Raises:
        VersionNotFound: There is none.
        AmbiguousDigest: The beginning of a digest fits several.
    """
    code, _, number = name.partition("@")
    if number:
        found = [version for version in house.store.versions(code) if version.version == number]
    else:
        found = [version for version in house.store.versions() if version.digest.startswith(name)]
    if not found:
        raise VersionNotFound(given=name)
    if len(found) > 1:
        raise AmbiguousDigest(given=name, count=len(found))
    return found[0]


def under_way(house: Installation, codes: Collection[str]) -> list[UnderWay]:
    """Count the open dossiers of some procedures, version by version, oldest version first.

    Walks all open dossiers once, in memory that does not grow with them. A version without any is not told.
    """
    counts: Counter[str] = Counter()
    states: dict[str, Counter[str]] = {}
    for stored in house.store.iterate(open_only=True):
        dossier = stored.dossier
        if dossier.procedure in codes:
            counts[dossier.cfg] += 1
            states.setdefault(dossier.cfg, Counter()).update(dossier.states)
    known = [version for code in sorted(codes) for version in house.store.versions(code)]
    return [
        UnderWay(item.digest, item.code, item.version, counts[item.digest], states[item.digest])
        for item in known
        if item.digest in counts
    ]
