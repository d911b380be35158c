"""The closed lists of what a record may be about, and of what may set one off."""

from enum import StrEnum


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
    """Who or what set a record off; `system` only where no person, partner, client system or timer did."""

    OFFICER = "officer"
    APPLICANT = "applicant"
    TIMER = "timer"
    HANDOFF = "handoff"
    IMPORT = "import"
    CORRECTION = "correction"
    SYSTEM = "system"
    CLIENT = "client"
