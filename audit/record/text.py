"""The canonical text of a record: what is stored and hashed; read back, nothing about it is trusted."""

from functools import lru_cache
from types import NoneType
from typing import Any

from audit.canonical import NotCanonical, canonical, parse_canonical
from audit.record.errors import InvalidRecord, UnreadableRecord, invalid
from audit.record.fields import AuditRecord, Auth
from audit.record.instants import format_instant, parse_day, parse_instant
from audit.record.kinds import Cause, RecordType

FORMAT = 1
MAX_RECORD_BYTES = 65_535  # what one entry of a C2SP tlog-tiles log can hold

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


def to_raw(record: AuditRecord) -> str:
    """Return the canonical text of *record*: what is stored, hashed and never written again.

    Raises:
        NotCanonical: The command or an event holds a value without canonical form.
        InvalidRecord: An instant is not in UTC, or the text is longer than 65,535 bytes.
    """
    raw = canonical(_to_json(record))
    _check_length(raw)
    return raw


@lru_cache(maxsize=256)
def from_raw(text: str) -> AuditRecord:
    """Return the record that *text* holds, trusting nothing about it; the same one again for the same text.

    Who verifies a dossier also replays it: each of its records is read once for both.

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


def _check_length(raw: str) -> None:
    if len(raw.encode()) > MAX_RECORD_BYTES:
        invalid("/", f"is longer than {MAX_RECORD_BYTES} bytes", f"dài quá {MAX_RECORD_BYTES} byte")


def _check_shape(raw: Any) -> None:
    if type(raw) is not dict or type(raw.get("v")) is not int or raw["v"] != FORMAT:
        invalid("v", f"is not {FORMAT}", f"khác {FORMAT}")
    _check_members("", raw, _SHAPE)
    if raw["auth"] is not None:
        _check_members("auth.", raw["auth"], _AUTH_SHAPE)
    if any(type(digest) is not str for digest in raw["calendars"]):
        invalid("calendars", "holds something other than text", "có phần tử không phải chuỗi")
    if any(type(event) is not dict for event in raw["events"]):
        invalid("events", "holds something other than objects", "có phần tử không phải đối tượng")


def _check_members(prefix: str, raw: dict[str, Any], shape: dict[str, _Types]) -> None:
    if raw.keys() != shape.keys():
        invalid(prefix + min(raw.keys() ^ shape.keys()), "is missing or unknown", "bị thiếu hoặc lạ")
    for key, types in shape.items():
        if type(raw[key]) not in types:
            invalid(prefix + key, "is of the wrong type", "sai kiểu")


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
    fields["type"] = _TYPES.get(raw["type"]) or invalid("type", "is unknown", "là loại lạ")
    fields["cause"] = _CAUSES.get(raw["cause"]) or invalid("cause", "is unknown", "là nguyên nhân lạ")
    fields["at"] = parse_instant(raw["at"])
    if raw["legal_date"] is not None:
        fields["legal_date"] = parse_day(raw["legal_date"])
    if raw["auth"] is not None:
        fields["auth"] = Auth(**raw["auth"])
    fields["calendars"] = tuple(raw["calendars"])
    fields["events"] = tuple(raw["events"])
    return AuditRecord(**fields)
