"""One audit record, format version 1: its fields, the closed lists of types and causes, its text."""

from audit.record.errors import InvalidRecord, UnreadableRecord
from audit.record.fields import AuditRecord, Auth
from audit.record.instants import format_instant, parse_instant
from audit.record.kinds import DOSSIER_TYPES, Cause, RecordType
from audit.record.text import FORMAT, MAX_RECORD_BYTES, from_raw, to_raw

__all__ = [
    "DOSSIER_TYPES",
    "FORMAT",
    "MAX_RECORD_BYTES",
    "AuditRecord",
    "Auth",
    "Cause",
    "InvalidRecord",
    "RecordType",
    "UnreadableRecord",
    "format_instant",
    "from_raw",
    "parse_instant",
    "to_raw",
]
