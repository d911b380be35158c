"""Reads the table of the national portal's language, and holds it to its rules."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from motcua.adapters.checked_files import read_checked
from motcua.adapters.yaml_files import InvalidFile, LocatedProblem
from motcua.services.ports import PortalTable, StatusLine
from states.file_rules import RULES as FILE_RULES
from states.portal_rules import RULES
from states.problem import Problem, Rule
from states.procedure import CHANNELS
from states.procedure_rules import RULES as SHAPE_RULES

NAME = "portal.yaml"
PORTAL_RULES: Mapping[str, Rule] = {rule.code: rule for rule in (*RULES, *FILE_RULES, *SHAPE_RULES)}
_STATUSES = range(1, 11)
_ANSWERS = ("done", "exists", "missing")
_MIB = 2**20


def read_portal_table(file: Path) -> PortalTable:
    """Read a table. Raises: InvalidFile, with all of its problems; OSError."""
    document, problems = read_checked(file, "portal", _faults)
    if document is None or problems:
        raise InvalidFile(tuple(problems), PORTAL_RULES)
    value: Any = document.value
    said = value["portal"]
    return PortalTable(
        statuses=tuple(StatusLine(s["public"], s.get("outcome"), s["code"]) for s in said["statuses"]),
        channels=dict(said["channels"]),
        done=tuple(said["answers"]["done"]),
        exists=tuple(said["answers"]["exists"]),
        missing=tuple(said["answers"]["missing"]),
        notice_within=timedelta(hours=said["notice_within"]["hours"]),
        told_within=timedelta(minutes=said["told_within"]["minutes"]),
        told_source=said["told_within"]["source"],
        most_bytes=said["most_file_mib"] * _MIB,
    )


def check_portal_table(file: Path) -> list[LocatedProblem]:
    """Return all that is wrong with a table."""
    return read_checked(file, "portal", _faults)[1]


def _faults(value: Any) -> Iterator[Problem]:
    said = value["portal"]
    meaning = {line["code"]: line["means"] for line in said["codes"]}
    for index, line in enumerate(said["statuses"]):
        yield from _status_faults(("portal", "statuses", index), line, meaning)
    yield from _unreached(said["statuses"])
    covered = {line["public"] for line in said["statuses"] if line.get("outcome") is None}
    for public in (status for status in _STATUSES if status not in covered):
        yield Problem("E-PORTAL-001", ("portal", "statuses"), {"public": public})
    yield from _channel_faults(said["channels"])
    yield from _answer_faults(said["answers"])


def _status_faults(path: tuple[str | int, ...], line: Any, meaning: Mapping[str, int]) -> Iterator[Problem]:
    means = meaning.get(line["code"])
    if means is None:
        yield Problem("E-PORTAL-003", (*path, "code"), {"code": line["code"], "known": ", ".join(meaning)})
    elif means != line["public"]:
        facts = {"public": line["public"], "code": line["code"], "means": means}
        yield Problem("E-PORTAL-002", (*path, "code"), facts)


def _unreached(lines: list[Any]) -> Iterator[Problem]:
    above: set[tuple[int, str | None]] = set()
    for index, line in enumerate(lines):
        public, outcome = line["public"], line.get("outcome")
        if {(public, None), (public, outcome)} & above:
            what = f"public {public}" + (
                f", outcome {outcome}" if (public, outcome) in above and outcome else ""
            )
            yield Problem("E-PORTAL-004", ("portal", "statuses", index), {"what": what})
        above.add((public, outcome))


def _channel_faults(channels: Mapping[str, str]) -> Iterator[Problem]:
    path = ("portal", "channels")
    for channel in (name for name in CHANNELS if name not in channels):
        facts = {"channel": channel, "reason_vi": "chưa có mã", "reason_en": "has no code"}
        yield Problem("E-PORTAL-005", path, facts)
    for channel in (name for name in channels if name not in CHANNELS):
        facts = {"channel": channel, "reason_vi": "không có trong danh mục", "reason_en": "is not known"}
        yield Problem("E-PORTAL-005", (*path, channel), facts)


def _answer_faults(answers: Mapping[str, list[str]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name in _ANSWERS:
        for index, code in enumerate(answers[name]):
            if code in seen and seen[code] != name:
                facts = {"code": code, "one": seen[code], "other": name}
                yield Problem("E-PORTAL-006", ("portal", "answers", name, index), facts)
            seen.setdefault(code, name)
