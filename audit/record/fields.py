"""The fields of a record, and what each of them must look like."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from audit.canonical import MAX_INTEGER
from audit.record.errors import invalid
from audit.record.kinds import DOSSIER_TYPES, Cause, RecordType

_DIGEST = re.compile(r"[0-9a-f]{64}")
_STREAM = re.compile(r"(?:dossier|procedure|calendar|registry|access|order):[0-9A-Za-z._:-]+|system")
_IDENTITY_PROVIDERS = frozenset({"api", "local", "oidc", "os", "portal"})


@dataclass(frozen=True, slots=True)
class Auth:
    """How the acting person was identified: by whom, as whom, how surely (`acr`), in which session."""

    idp: str
    user: str
    acr: str | None = None
    sid_hash: str | None = None

    def __post_init__(self) -> None:
        if self.idp not in _IDENTITY_PROVIDERS:
            invalid("auth", "names an unknown identity provider", "có nguồn định danh lạ")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """One command on one stream and all its events; holds no personal data, only commitments to it.

    Attributes:
        log: Name (origin) of the deployment's log.
        stream: `system`, or a kind and an id, such as `dossier:<id>` or `registry:<agency>`.
        seq, prev: Place in the stream, from 1; leaf hash of the record before, or 64 zeros.
        at: When the system recorded it: UTC, microseconds.
        legal_date: The date on paper, where it differs from the day of `at`.
        actor, on_behalf: Opaque ids of who acted (no one, for a timer) and of whose authority they used.
        cfg, calendars, directory: SHA-256 of the compiled procedure version, of each calendar file and of
            the directory of agencies that the decision looked at.
        events: What happened, in order; each has a `kind`.
        after: Root hash of the newest checkpoint the writer knew: the record is not older than that.
        idem: SHA-256 of who asked and of their idempotency key.
        corrects: `seq` of the earlier record of the same stream that this one corrects.

    Raises:
        InvalidRecord: A field outside its form; the type does not belong to the stream.
    """

    type: RecordType
    log: str
    stream: str
    seq: int
    prev: str
    at: datetime
    cause: Cause
    legal_date: date | None = None
    actor: str | None = None
    position: str | None = None
    agency: str | None = None
    on_behalf: str | None = None
    auth: Auth | None = None
    procedure: str | None = None
    cfg: str | None = None
    calendars: tuple[str, ...] = ()
    directory: str | None = None
    command: dict[str, Any] | None = None
    events: tuple[dict[str, Any], ...] = ()
    after: str | None = None
    idem: str | None = None
    corrects: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.seq <= MAX_INTEGER:
            invalid("seq", "is below 1 or too large", "nhỏ hơn 1 hoặc quá lớn")
        if not _STREAM.fullmatch(self.stream):
            invalid("stream", "does not name a stream", "không phải tên chuỗi")
        if self.stream.startswith("dossier:") != (self.type in DOSSIER_TYPES):
            invalid("type", "does not belong to this kind of stream", "không thuộc loại chuỗi này")
        if self.corrects is not None and not 1 <= self.corrects < self.seq:
            invalid("corrects", "does not name an earlier record", "không chỉ bản ghi trước đó")
        if any(type(event.get("kind")) is not str for event in self.events):
            invalid("events", "holds an event without a kind", "có sự kiện không ghi loại")
        if isinstance(self.legal_date, datetime):
            invalid("legal_date", "is an instant, not a day", "là thời điểm, không phải ngày")
        _check_digests(self)


def _check_digests(record: AuditRecord) -> None:
    named = [(name, getattr(record, name)) for name in ("prev", "cfg", "directory", "after", "idem")]
    for name, digest in (*named, *(("calendars", digest) for digest in record.calendars)):
        if digest is not None and not _DIGEST.fullmatch(digest):
            invalid(name, "is not a SHA-256 in lowercase hex", "không phải SHA-256 dạng hex chữ thường")
