"""One audit record, format version 1: its fields, the closed lists of types and causes, its text."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import NoneType
from typing import Any, NoReturn

from audit.canonical import MAX_INTEGER, NotCanonical, canonical, parse_canonical
from states.errors import DomainError, Kind

FORMAT = 1
MAX_RECORD_BYTES = 65_535  # what one entry of a C2SP tlog-tiles log can hold

_DIGEST = re.compile(r"[0-9a-f]{64}")
_STREAM = re.compile(r"(?:dossier|procedure|calendar|registry|access|order):[0-9A-Za-z._:-]+|system")
_IDENTITY_PROVIDERS = frozenset({"local", "oidc", "os", "portal"})
_IN_UTC = timedelta(0)


class RecordType(StrEnum):
    """What a record is about: first the types of dossier streams, then those of all other streams."""

    OPENED = "opened"
    TRANSITION = "transition"
    CLOCK = "clock"
    RUNG = "rung"
    HANDOFF = "handoff"
    CONSULTATION = "consultation"
    TASK = "task"
    PAPER = "paper"
    NOTICE = "notice"
    ERASURE = "erasure"
    CORRECTION = "correction"
    MIGRATED = "migrated"
    PUBLISHED = "published"
    RETIRED = "retired"
    CALENDAR = "calendar"
    REGISTRY = "registry"
    ACCESS = "access"
    KEY = "key"
    ROLE = "role"
    EXPORT = "export"
    RESTORE = "restore"
    SCHEMA_CHANGE = "schema_change"
    CLOCK_STEP = "clock_step"
    MONITOR = "monitor"
    VIRTUAL_TIME = "virtual_time"
    ORDER = "order"


_ALL_TYPES = list(RecordType)
DOSSIER_TYPES = frozenset(_ALL_TYPES[: _ALL_TYPES.index(RecordType.PUBLISHED)])


class Cause(StrEnum):
    """Who or what set a record off; `system` only where no person, partner or timer did."""

    OFFICER = "officer"
    APPLICANT = "applicant"
    TIMER = "timer"
    HANDOFF = "handoff"
    IMPORT = "import"
    CORRECTION = "correction"
    SYSTEM = "system"


class UnreadableRecord(DomainError):
    """Unreadable audit record: "{what}" {reason}. Leave it as it is and compare its stream with a backup."""

    kind = Kind.UNSOUND
    vi = "Không đọc được bản ghi: «{what}» {reason_vi}. Hãy giữ nguyên và đối chiếu chuỗi với bản sao lưu."


class InvalidRecord(DomainError):
    """No audit record can be made: "{what}" {reason}. Nothing was recorded; correct it and try again."""

    vi = "Không lập được bản ghi nhật ký: «{what}» {reason_vi}. Chưa ghi gì; hãy sửa rồi thực hiện lại."


@dataclass(frozen=True, slots=True)
class Auth:
    """How the acting person was identified: by whom, as whom, how surely (`acr`), in which session."""

    idp: str
    user: str
    acr: str | None = None
    sid_hash: str | None = None

    def __post_init__(self) -> None:
        if self.idp not in _IDENTITY_PROVIDERS:
            _invalid("auth", "names an unknown identity provider", "có nguồn định danh lạ")


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
            _invalid("seq", "is below 1 or too large", "nhỏ hơn 1 hoặc quá lớn")
        if not _STREAM.fullmatch(self.stream):
            _invalid("stream", "does not name a stream", "không phải tên chuỗi")
        if self.stream.startswith("dossier:") != (self.type in DOSSIER_TYPES):
            _invalid("type", "does not belong to this kind of stream", "không thuộc loại chuỗi này")
        if self.corrects is not None and not 1 <= self.corrects < self.seq:
            _invalid("corrects", "does not name an earlier record", "không chỉ bản ghi trước đó")
        if any(type(event.get("kind")) is not str for event in self.events):
            _invalid("events", "holds an event without a kind", "có sự kiện không ghi loại")
        if isinstance(self.legal_date, datetime):
            _invalid("legal_date", "is an instant, not a day", "là thời điểm, không phải ngày")
        _check_digests(self)


def to_raw(record: AuditRecord) -> str:
    """Return the canonical text of *record*: what is stored, hashed and never written again.

    Raises:
        NotCanonical: The command or an event holds a value without canonical form.
        InvalidRecord: An instant is not in UTC, or the text is longer than 65,535 bytes.
    """
    raw = canonical(_to_json(record))
    _check_length(raw)
    return raw


def from_raw(text: str) -> AuditRecord:
    """Return the record that *text* holds, trusting nothing about it.

    Raises:
        UnreadableRecord: Not the canonical bytes; an unknown format or type; a key missing or unknown;
            a field of another JSON type or form than the format allows.
    """
    try:
        raw = parse_canonical(text)
        _check_length(text)
        _check_shape(raw)
        return _from_json(raw)
    except NotCanonical as error:
        what, reason, reason_vi = (str(error.facts[fact]) for fact in ("where", "reason", "reason_vi"))
        raise UnreadableRecord(what=what, reason=reason, reason_vi=reason_vi) from error
    except InvalidRecord as error:
        raise UnreadableRecord(**error.facts) from error


def format_instant(instant: datetime) -> str:
    """Return *instant* in RFC 3339: UTC, exactly 6 decimals, `Z`.

    Raises:
        InvalidRecord: The instant is naive or its zone is not UTC.
    """
    if instant.utcoffset() != _IN_UTC:
        _invalid("at", "is not an instant in UTC", "không phải thời điểm theo UTC")
    return instant.isoformat(timespec="microseconds")[:26] + "Z"


def parse_instant(text: str) -> datetime:
    """Return the UTC instant that *text* writes exactly as `format_instant` would.

    Raises:
        InvalidRecord: Any other spelling, even of the same instant.
    """
    try:
        if format_instant(instant := datetime.fromisoformat(text)) == text:
            return instant
    except (ValueError, InvalidRecord):
        pass
    _invalid("at", "is not like 2026-11-23T04:02:25.123456Z", "không có dạng 2026-11-23T04:02:25.123456Z")


_Types = frozenset[type]
_TEXT: _Types = frozenset({str})
_TEXT_OR_NULL: _Types = frozenset({str, NoneType})
_SHAPE: dict[str, _Types] = {
    **dict.fromkeys(("type", "log", "stream", "prev", "at", "cause"), _TEXT),
    **dict.fromkeys(("legal_date", "actor", "position", "agency", "on_behalf"), _TEXT_OR_NULL),
    **dict.fromkeys(("procedure", "cfg", "directory", "after", "idem"), _TEXT_OR_NULL),
    **dict.fromkeys(("v", "seq"), frozenset({int})),
    **dict.fromkeys(("auth", "command"), frozenset({dict, NoneType})),
    **dict.fromkeys(("calendars", "events"), frozenset({list})),
    "corrects": frozenset({int, NoneType}),
}
_AUTH_SHAPE = {"idp": _TEXT, "user": _TEXT, "acr": _TEXT_OR_NULL, "sid_hash": _TEXT_OR_NULL}
_TYPES = {str(member): member for member in RecordType}
_CAUSES = {str(member): member for member in Cause}
_FIELDS = tuple(key for key in _SHAPE if key != "v")


def _check_length(raw: str) -> None:
    if len(raw.encode()) > MAX_RECORD_BYTES:
        _invalid("/", f"is longer than {MAX_RECORD_BYTES} bytes", f"dài quá {MAX_RECORD_BYTES} byte")


def _check_shape(raw: Any) -> None:
    if type(raw) is not dict or type(raw.get("v")) is not int or raw["v"] != FORMAT:
        _invalid("v", f"is not {FORMAT}", f"khác {FORMAT}")
    _check_members("", raw, _SHAPE)
    if raw["auth"] is not None:
        _check_members("auth.", raw["auth"], _AUTH_SHAPE)
    if any(type(digest) is not str for digest in raw["calendars"]):
        _invalid("calendars", "holds something other than text", "có phần tử không phải chuỗi")
    if any(type(event) is not dict for event in raw["events"]):
        _invalid("events", "holds something other than objects", "có phần tử không phải đối tượng")


def _check_members(prefix: str, raw: dict[str, Any], shape: dict[str, _Types]) -> None:
    if raw.keys() != shape.keys():
        _invalid(prefix + min(raw.keys() ^ shape.keys()), "is missing or unknown", "bị thiếu hoặc lạ")
    for key, types in shape.items():
        if type(raw[key]) not in types:
            _invalid(prefix + key, "is of the wrong type", "sai kiểu")


def _to_json(record: AuditRecord) -> dict[str, Any]:
    raw = {name: getattr(record, name) for name in _FIELDS}
    raw["v"] = FORMAT
    raw["at"] = format_instant(record.at)
    if record.legal_date is not None:
        raw["legal_date"] = record.legal_date.isoformat()
    if record.auth is not None:
        raw["auth"] = {name: getattr(record.auth, name) for name in _AUTH_SHAPE}
    return raw


def _from_json(raw: dict[str, Any]) -> AuditRecord:
    """Build the record by giving each field its type; `v` is the format's, not the record's."""
    fields = raw.copy()
    del fields["v"]
    fields["type"] = _TYPES.get(raw["type"]) or _invalid("type", "is unknown", "là loại lạ")
    fields["cause"] = _CAUSES.get(raw["cause"]) or _invalid("cause", "is unknown", "là nguyên nhân lạ")
    fields["at"] = parse_instant(raw["at"])
    if raw["legal_date"] is not None:
        fields["legal_date"] = _parse_date(raw["legal_date"])
    if raw["auth"] is not None:
        fields["auth"] = Auth(**raw["auth"])
    fields["calendars"] = tuple(raw["calendars"])
    fields["events"] = tuple(raw["events"])
    return AuditRecord(**fields)


def _parse_date(text: str) -> date:
    try:
        if (day := date.fromisoformat(text)).isoformat() == text:
            return day
    except ValueError:
        pass
    _invalid("legal_date", "is not like 2026-11-23", "không có dạng 2026-11-23")


def _check_digests(record: AuditRecord) -> None:
    named = [(name, getattr(record, name)) for name in ("prev", "cfg", "directory", "after", "idem")]
    for name, digest in (*named, *(("calendars", digest) for digest in record.calendars)):
        if digest is not None and not _DIGEST.fullmatch(digest):
            _invalid(name, "is not a SHA-256 in lowercase hex", "không phải SHA-256 dạng hex chữ thường")


def _invalid(what: str, reason: str, reason_vi: str) -> NoReturn:
    raise InvalidRecord(what=what, reason=reason, reason_vi=reason_vi)
