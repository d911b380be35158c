"""Publish a procedure version: one person proposes it, a second one puts it in force."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from audit.canonical import sealed
from audit.record import Auth, RecordType
from motcua.services.installation import Installation
from motcua.services.ports import NewRecord, PublishedVersion
from motcua.services.system_records import next_record
from states.errors import DomainError, Kind
from states.procedure import Procedure
from states.wire import to_wire

_PERSON = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


class ProposalNotFound(DomainError):
    """No proposed version has the digest {digest}. List what was proposed and take its digest from there."""

    kind = Kind.NOT_FOUND
    vi = "Không có phiên bản nào được đề xuất với mã băm {digest}. Hãy lấy mã băm từ danh sách đề xuất."


class InvalidPerson(DomainError):
    """No id of a person: "{by}". It has letters without marks, digits, and . _ @ - only. Use your account's id."""

    vi = "«{by}» không phải mã người dùng: chỉ gồm chữ không dấu, chữ số và . _ @ -. Hãy dùng mã tài khoản của bạn."


class SamePerson(DomainError):
    """{by} proposed {procedure} {version} and cannot approve it too. A second person must approve."""

    kind = Kind.NOT_AUTHORISED
    vi = "{by} đã đề xuất {procedure} {version} nên không được tự phê duyệt. Cần người thứ hai phê duyệt."


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing answers: the version's identity and whether it is in force."""

    digest: str
    code: str
    version: str
    in_force: bool


def person(by: str) -> str:
    """Return the one spelling of a person's id, so that nobody is two people by a space or a capital.

    Raises:
        InvalidPerson: It has other characters than an account's id.
    """
    one = unicodedata.normalize("NFKC", by).strip().casefold()
    if not _PERSON.fullmatch(one):
        raise InvalidPerson(by=by)
    return one


def propose(
    house: Installation, procedure: Procedure, source: bytes, by: str, auth: Auth | None = None
) -> Published:
    """Store a linted and compiled version as a proposal; the same one again changes nothing.

    Raises:
        VersionTaken: The version number exists with other content.
        OlderVersion: A newer version exists.
        InvalidPerson: *by* is no id of a person.
    """
    by = person(by)
    compiled, identity = sealed(to_wire(procedure))
    known = house.store.version(identity)
    if known is None:
        version = PublishedVersion(
            identity,
            procedure.code,
            procedure.version,
            compiled,
            source,
            procedure.effective_from,
            procedure.effective_until,
            by,
            house.now(),
        )
        event = {"kind": "proposed", "version": procedure.version, "source_sha256": procedure.source_sha256}
        record = _next(house, version, event, by, version.proposed_at, auth)
        house.store.propose(replace(version, proposed_at=record.at), record)
    in_force = known is not None and known.approved_at is not None
    return Published(identity, procedure.code, procedure.version, in_force)


def _next(
    house: Installation,
    version: PublishedVersion,
    event: Mapping[str, object],
    by: str,
    at: datetime,
    auth: Auth | None,
) -> NewRecord:
    return next_record(
        house,
        f"procedure:{version.code}",
        RecordType.PUBLISHED,
        event=event,
        at=at,
        actor=by,
        auth=auth,
        procedure=version.code,
        cfg=version.digest,
    )


def approve(house: Installation, identity: str, by: str, auth: Auth | None = None) -> Published:
    """Put a proposal in force.

    Raises:
        ProposalNotFound: Nothing was proposed with this digest.
        SamePerson: The approver proposed it.
        InvalidPerson: *by* is no id of a person.
    """
    by = person(by)
    version = house.store.version(identity)
    if version is None:
        raise ProposalNotFound(digest=identity)
    if version.proposed_by == by:
        raise SamePerson(by=by, procedure=version.code, version=version.version)
    if version.approved_at is None:
        event = {"kind": "approved", "version": version.version, "proposed_by": version.proposed_by}
        record = _next(house, version, event, by, house.now(), auth)
        house.store.approve(identity, by, record.at, record)
    return Published(identity, version.code, version.version, True)
