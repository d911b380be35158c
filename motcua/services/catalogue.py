"""Procedures as a designer sees them: which versions there are, what is proposed, what is in force, how they differ."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from motcua.services.identity import today
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import ProcedureNotFound, PublishedVersion
from motcua.services.presenting_clocks import words_of
from states.differences import Audience, Difference, differences
from states.procedure import Label, Procedure

Plain = dict[str, Any]
IN_FORCE, PROPOSED, COMING, FORMER = "in_force", "proposed", "coming", "former"


def catalogue(house: Installation) -> list[Plain]:
    """Return every procedure by its code, with its version in force and how many are proposed."""
    by_code: dict[str, list[PublishedVersion]] = {}
    for version in house.store.versions():
        by_code.setdefault(version.code, []).append(version)
    return [_procedure(house, code, versions) for code, versions in sorted(by_code.items())]


def _procedure(house: Installation, code: str, versions: list[PublishedVersion]) -> Plain:
    day = today(house)
    current = _current(versions, day)
    shown = house.worlds.procedure((current or versions[-1]).digest)
    return {
        "code": code,
        "name": words_of(shown.name),
        "field": words_of(shown.field),
        "in_force": None if current is None else current.version,
        "proposed": sum(version.approved_at is None for version in versions),
        "versions": len(versions),
    }


def versions_of(house: Installation, code: str) -> list[Plain]:
    """Return the versions of a procedure, the newest first. Raises: ProcedureNotFound."""
    versions, day = house.store.versions(code), today(house)
    if not versions:
        raise ProcedureNotFound(procedure=code[:60], day=day)
    current = _current(versions, day)
    return [_version(house, version, current, day) for version in reversed(versions)]


def _version(
    house: Installation, version: PublishedVersion, current: PublishedVersion | None, day: date
) -> Plain:
    local = house.worlds.calendars[house.worlds.directory.get(house.worlds.directory.province).calendar]
    return {
        "digest": version.digest,
        "code": version.code,
        "version": version.version,
        "status": _status(version, current, day),
        "effective_from": version.effective_from.isoformat(),
        "effective_until": None if version.effective_until is None else version.effective_until.isoformat(),
        "proposed_by": version.proposed_by,
        "proposed_at": local_text(local, version.proposed_at),
        "approved_by": version.approved_by,
        "approved_at": local_text(local, version.approved_at),
        "source": version.source,
    }


def _status(version: PublishedVersion, current: PublishedVersion | None, day: date) -> str:
    if version.approved_at is None:
        return PROPOSED
    if current is not None and version.digest == current.digest:
        return IN_FORCE
    return COMING if version.effective_from > day else FORMER


def _current(versions: Iterable[PublishedVersion], day: date) -> PublishedVersion | None:
    """Return what a dossier that comes in on a local day is opened under."""
    fitting = [
        version
        for version in versions
        if version.approved_at is not None and version.effective_from <= day
        if version.effective_until is None or day < version.effective_until
    ]
    return fitting[-1] if fitting else None


def in_force(house: Installation, code: str) -> Procedure | None:
    """Return the version that dossiers are opened under today, if there is one."""
    current = _current(house.store.versions(code), today(house))
    return None if current is None else house.worlds.procedure(current.digest)


def changes(
    before: Procedure | None, after: Procedure, statuses: Mapping[int, Label]
) -> dict[str, list[Plain]] | None:
    """Return in words what changes for whom, by audience; None where there is nothing to compare with."""
    if before is None:
        return None
    found = differences(before, after, statuses)
    told = {
        audience.value: [_said(one) for one in found if audience in one.audiences] for audience in Audience
    }
    return {audience: lines for audience, lines in told.items() if lines}


def _said(one: Difference) -> Plain:
    return words_of(one.text)
