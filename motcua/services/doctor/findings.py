"""What a check says, and the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from states.errors import DomainError


class Status(StrEnum):
    """How bad it is; only `fail` makes the whole installation fail."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; `facts` are plain values for programs."""

    name: str
    status: Status
    said: Words
    remedy: Words | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def told(error: DomainError) -> Words:
    """Return what an error says."""
    return Words(error.message("vi"), error.message("en"))


def worse(value: Any, warn: Any, fail: Any) -> Status:
    """Return how bad a value is that may reach *warn*, then *fail*, both inclusive."""
    return Status.FAIL if value > fail else Status.WARN if value > warn else Status.OK


def span_of(length: timedelta) -> Words:
    """Write a time span in its two largest units that matter to a person."""
    seconds = int(length.total_seconds())
    if seconds < 120:
        return Words(f"{seconds} giây", f"{seconds} s")
    if seconds < 7200:
        return Words(f"{seconds // 60} phút", f"{seconds // 60} min")
    hours = seconds // 3600
    return Words(f"{hours} giờ", f"{hours} h")
