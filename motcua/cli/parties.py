"""What people call those who are responsible for a stretch of time."""

from typing import Any

from motcua.cli.output import words
from states.custody import Custody

_KINDS = {
    Custody.APPLICANT: ("Người nộp hồ sơ", "The applicant"),
    Custody.CARRIER: ("Bưu chính", "The carrier"),
    Custody.SYSTEM: ("Hệ thống", "The system"),
    Custody.FORCE_MAJEURE: ("Bất khả kháng", "Force majeure"),
}


def responsible(told: dict[str, Any]) -> str:
    """Return a party by its name; one that has none by what it is, a carrier by both."""
    kind, party = Custody(told["kind"]), told["party"]
    name: str = told["name"] or (words(*_KINDS[kind]) if kind in _KINDS else party)
    if kind is Custody.CARRIER and party:
        return f"{name} ({party})"
    return words(f"{name} (được hỏi ý kiến)", f"{name} (consulted)") if kind is Custody.CONSULTED else name
