"""Published procedure versions, insert-only: proposed by one person, put in force by another."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, insert, select

from motcua.services.ports import (
    AlreadyApproved,
    NewRecord,
    OlderVersion,
    PublishedVersion,
    VersionNotFound,
    VersionTaken,
)
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf, persistent
from motcua.store.rows import instant_or_none
from motcua.store.tables import procedure_approvals, procedure_versions
from states.wire import instant, instant_text


class Procedures(Shelf):
    """Every version ever proposed."""

    @persistent
    def propose(self, version: PublishedVersion, record: NewRecord) -> None:
        """Store a proposal; the same one again changes nothing.

        Raises:
            Busy: The number of the record is taken.
            VersionTaken: Code and version exist with another digest.
            OlderVersion: A newer version of this procedure is known.
        """
        with self.database.writing() as connection:
            known = _versions(connection, _all(version.code))
            if any(other.digest == version.digest for other in known):
                return
            refuse_version(version, known)
            append_records(connection, [record])
            connection.execute(insert(procedure_versions), _row(version))

    @persistent
    def approve(self, digest: str, by: str, at: datetime, record: NewRecord) -> None:
        """Put a proposal in force. Raises: Busy; VersionNotFound; AlreadyApproved."""
        with self.database.writing() as connection:
            known = _versions(connection, _all().where(procedure_versions.c.digest == digest))
            if not known:
                raise VersionNotFound(digest=digest)
            if known[0].approved_by is not None:
                raise AlreadyApproved(digest=digest)
            append_records(connection, [record])
            row = {"digest": digest, "approved_by": by, "approved_at": instant_text(at)}
            connection.execute(insert(procedure_approvals), row)

    def version(self, digest: str) -> PublishedVersion | None:
        """Return a proposed or approved version."""
        with self.database.reading() as connection:
            found = _versions(connection, _all().where(procedure_versions.c.digest == digest))
        return found[0] if found else None

    def versions(self, code: str | None = None) -> list[PublishedVersion]:
        """Return all versions, oldest first."""
        with self.database.reading() as connection:
            return _versions(connection, _all(code))

    def in_force(self, day: date) -> list[str]:
        """Return the digests of the versions in force on a day, one for each procedure, by its code."""
        rows = (
            select(*(procedure_versions.c[name] for name in _PERIOD))
            .join(procedure_approvals, procedure_approvals.c.digest == procedure_versions.c.digest)
            .order_by(procedure_versions.c.proposed_at, procedure_versions.c.digest)
        )
        with self.database.reading() as connection:
            found = [_Period(*row) for row in connection.execute(rows)]
        return newest_in_force(found, day)


class _Period(NamedTuple):
    digest: str
    code: str
    effective_from: str
    effective_until: str | None


_PERIOD = _Period._fields


def newest_in_force(versions: Iterable[_Period], day: date) -> list[str]:
    """Return of approved versions, oldest first, the newest of each procedure whose period holds a day."""
    on = day.isoformat()
    holding = (v for v in versions if v.effective_from <= on and not (v.effective_until or "~") <= on)
    newest = {version.code: version.digest for version in holding}
    return [newest[code] for code in sorted(newest)]


def refuse_version(version: PublishedVersion, known: list[PublishedVersion]) -> None:
    """Refuse a version whose number is taken or older than one that is known for the procedure.

    Raises:
        VersionTaken, OlderVersion: The message names the way out.
    """
    if any(other.version == version.version for other in known):
        raise VersionTaken(code=version.code, version=version.version)
    newest = max((other.version for other in known), key=_rank, default=None)
    if newest is not None and _rank(newest) >= _rank(version.version):
        raise OlderVersion(code=version.code, version=version.version, newest=newest)


def _rank(version: str) -> list[int]:
    """Order versions by their numbers: 1.10.0 is newer than 1.9.0."""
    return [int(number) for number in re.findall(r"\d+", version)]


def _all(code: str | None = None) -> Select[Any]:
    query = (
        select(procedure_versions, procedure_approvals.c.approved_by, procedure_approvals.c.approved_at)
        .outerjoin(procedure_approvals, procedure_approvals.c.digest == procedure_versions.c.digest)
        .order_by(procedure_versions.c.proposed_at, procedure_versions.c.digest)
    )
    return query if code is None else query.where(procedure_versions.c.code == code)


def _versions(connection: Connection, query: Select[Any]) -> list[PublishedVersion]:
    return [_version(row) for row in connection.execute(query)]


def _version(row: Any) -> PublishedVersion:
    return PublishedVersion(
        digest=row.digest,
        code=row.code,
        version=row.version,
        compiled=row.compiled,
        source=bytes(row.source),
        effective_from=date.fromisoformat(row.effective_from),
        effective_until=date.fromisoformat(row.effective_until) if row.effective_until else None,
        proposed_by=row.proposed_by,
        proposed_at=instant(row.proposed_at),
        approved_by=row.approved_by,
        approved_at=instant_or_none(row.approved_at),
    )


def _row(version: PublishedVersion) -> dict[str, Any]:
    until = version.effective_until
    return {
        "digest": version.digest,
        "code": version.code,
        "version": version.version,
        "compiled": version.compiled,
        "source": version.source,
        "effective_from": version.effective_from.isoformat(),
        "effective_until": None if until is None else until.isoformat(),
        "proposed_by": version.proposed_by,
        "proposed_at": instant_text(version.proposed_at),
    }
