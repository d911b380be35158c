"""Reads the map of a management standard from a config folder: which clauses each kind of record evidences."""

from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from motcua.adapters.checked_files import read_checked, read_sound
from motcua.adapters.yaml_files import LocatedProblem, YamlDocument
from motcua.services.evidence import EVENTS, RECORDS
from motcua.services.ports import Clause, ClauseMap, EvidenceKind
from states.errors import DomainError, Kind
from states.file_rules import RULES as FILE_RULES
from states.iso_rules import RULES
from states.problem import Problem, Rule
from states.procedure_rules import RULES as SHAPE_RULES

FOLDER = "iso9001"
ISO_RULES: Mapping[str, Rule] = {rule.code: rule for rule in (*RULES, *FILE_RULES, *SHAPE_RULES)}
_LISTS = ("sources", "clauses", "evidence", "causes")


class EditionNotFound(DomainError):
    """There is no map of the edition {edition}. Known here: {known}."""

    kind = Kind.NOT_FOUND
    vi = "Không có bảng đối chiếu của ấn bản {edition}. Hiện có: {known}."


def read_clauses(root: Path, edition: str) -> ClauseMap:
    """Read the map of an edition.

    Args:
        root: The config folder, with `iso9001/<edition>.yaml`.
        edition: The year of the edition.

    Raises:
        EditionNotFound: There is no such file.
        InvalidFile: It has errors; all of them are told.
    """
    known = {path.stem: path for path in sorted((root / FOLDER).glob("*.yaml"))}
    if edition not in known:
        raise EditionNotFound(edition=edition[:20], known=", ".join(known) or "-")
    file = known[edition]
    return _clause_map(read_sound(file, "iso9001", partial(_faults, file.stem), ISO_RULES))


def check_clauses(file: Path) -> list[LocatedProblem]:
    """Return all that is wrong with the map in a file, warnings too."""
    return read_checked(file, "iso9001", partial(_faults, file.stem))[1]


def _faults(name: str, value: Any) -> Iterator[Problem]:
    """What the shape of a file cannot say: ids once, references that lead somewhere, every clause accounted for."""
    if value["edition"]["id"] != name:
        yield Problem("E-ISO-006", ("edition", "id"), {"file": name, "edition": value["edition"]["id"]})
    for key in _LISTS:
        yield from _twice(key, value[key])
    sources = {source["id"] for source in value["sources"]}
    for key in ("clauses", "evidence"):
        for index, line in enumerate(value[key]):
            if line["source"] not in sources:
                yield Problem("E-ISO-007", (key, index, "source"), {"source": line["source"]})
    listed = {clause["id"] for clause in value["clauses"]}
    for index, kind in enumerate(value["evidence"]):
        yield from _kind_faults(index, kind, listed)
    yield from _uncovered(value)


def _twice(key: str, lines: list[Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line["id"] in seen:
            yield Problem("E-ISO-001", (key, index, "id"), {"kind": key, "id": line["id"]})
        seen.add(line["id"])


def _kind_faults(index: int, kind: Any, listed: set[str]) -> Iterator[Problem]:
    path = ("evidence", index)
    record, event = kind.get("record"), kind.get("event")
    if record is None and event is None:
        yield Problem("E-ISO-005", path, {"id": kind["id"]})
    if record is not None and record not in RECORDS:
        yield Problem("E-ISO-003", (*path, "record"), {"record": record, "known": ", ".join(sorted(RECORDS))})
    if event is not None and event not in EVENTS:
        yield Problem("E-ISO-004", (*path, "event"), {"event": event, "known": ", ".join(sorted(EVENTS))})
    for place, clause in enumerate(kind["clauses"]):
        if clause not in listed:
            yield Problem("E-ISO-002", (*path, "clauses", place), {"clause": clause})


def _uncovered(value: Any) -> Iterator[Problem]:
    evidenced = {clause for kind in value["evidence"] for clause in kind["clauses"]}
    for index, clause in enumerate(value["clauses"]):
        somewhere = clause.get("elsewhere") is not None
        if somewhere == (clause["id"] in evidenced):
            rule = "W-ISO-002" if somewhere else "W-ISO-001"
            yield Problem(rule, ("clauses", index), {"clause": clause["id"]})


def _clause_map(document: YamlDocument) -> ClauseMap:
    value: Any = document.value
    return ClauseMap(
        edition=value["edition"]["id"],
        standard=value["edition"]["standard"],
        clauses=tuple(
            Clause(line["id"], line["title"], line.get("elsewhere"), line["source"], line["verified"])
            for line in value["clauses"]
        ),
        evidence=tuple(
            EvidenceKind(
                line["id"],
                line["label"],
                line.get("record"),
                line.get("event"),
                tuple(line["clauses"]),
                line["source"],
                line["verified"],
            )
            for line in value["evidence"]
        ),
        causes={line["id"]: line["label"] for line in value["causes"]},
        sha256=sha256(document.data).hexdigest(),
    )
