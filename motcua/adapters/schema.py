"""Checks config values against their published shapes: every fault at once, coded, with its path."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from motcua.adapters.schema_fragments import FragmentFile, FragmentHead, UsesFile, with_parameters
from motcua.adapters.schema_iso import IsoFile
from motcua.adapters.schema_order import OrderFile
from motcua.adapters.schema_papers import PapersFile
from motcua.adapters.schema_portal import PortalFile
from motcua.adapters.schema_procedure import ProcedureFile
from motcua.adapters.schema_scenarios import ScenariosFile
from motcua.adapters.schema_tables import LadderFile, PositionsFile
from motcua.adapters.schema_types import Shape, shown
from states.problem import Path, Problem

MAX_PROBLEMS = 100
KINDS: Mapping[str, type[Shape]] = {
    "procedure": ProcedureFile,
    "scenarios": ScenariosFile,
    "ladder": LadderFile,
    "positions": PositionsFile,
    "fragment": FragmentFile,
    "iso9001": IsoFile,
    "order": OrderFile,
    "papers": PapersFile,
    "portal": PortalFile,
}
"""The published kinds of file."""

_PARTS: Mapping[str, type[Shape]] = {"head": FragmentHead, "uses": UsesFile}
_SHAPES = {**KINDS, **_PARTS}
_TITLES = {
    "procedure": "motcua procedure file",
    "scenarios": "motcua scenarios of a procedure",
    "ladder": "motcua escalation ladder",
    "positions": "motcua positions",
    "fragment": "motcua fragment of procedures",
    "iso9001": "motcua map of a management standard",
    "order": "motcua mass order",
    "papers": "motcua list of who signs each paper",
    "portal": "motcua language of the national portal",
}
_CODES = {
    "extra_forbidden": "E-SCHEMA-001",
    "missing": "E-SCHEMA-002",
    "literal_error": "E-SCHEMA-004",
    "greater_than_equal": "E-SCHEMA-004",
    "less_than_equal": "E-SCHEMA-004",
    "id": "E-SCHEMA-005",
    "duration": "E-SCHEMA-006",
    "either": "E-SCHEMA-007",
    "day": "E-SCHEMA-008",
    "minute": "E-SCHEMA-008",
    "instant": "E-SCHEMA-008",
    "moment": "E-SCHEMA-008",
    "too_short": "E-SCHEMA-009",
    "too_long": "E-SCHEMA-009",
    "string_too_short": "E-SCHEMA-009",
    "string_too_long": "E-SCHEMA-009",
    "string_pattern_mismatch": "E-SCHEMA-009",
}
_DURATION_REASONS = {
    "one-unit": ("cần đúng một đơn vị và một số lượng", "it needs exactly one unit and one amount"),
    "unit": ("không có đơn vị này", "there is no such unit"),
    "amount": (
        "số lượng phải là bội của 0.25, lớn hơn 0 và tối đa 10000 (same_day: true)",
        "the amount must be a multiple of 0.25, above 0 and at most 10000 (same_day: true)",
    ),
}
_FORMS = {
    "day": "2026-03-02",
    "minute": "15:00",
    "instant": "2026-03-02T08:30",
    "moment": "2026-09-08T07:30+07:00",
}
_TYPES = {
    "string": ("văn bản", "text"),
    "int": ("số nguyên", "a whole number"),
    "bool": ("true hoặc false", "true or false"),
    "list": ("danh sách", "a list"),
    "dict": ("nhóm khóa: giá trị", "a mapping of keys"),
    "model": ("nhóm khóa: giá trị", "a mapping of keys"),
}


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file: one of `KINDS`.

    Raises:
        KeyError: There is no such kind.
    """
    body = KINDS[kind].model_json_schema(by_alias=True)
    if kind == "fragment":
        body = with_parameters(body)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:motcua:schema:{kind}:1.0",
    }
    return {**head, **body, "title": _TITLES[kind]}


def check_shape(kind: str, value: object) -> list[Problem]:
    """Return every way in which *value* is not a file of this kind, the first hundred of them.

    Args:
        kind: One of `KINDS`; or `head`, a fragment before its parameters are filled in; or `uses`, the list
            of fragments alone.
        value: What the file says.

    Raises:
        KeyError: There is no such kind.
    """
    try:
        _SHAPES[kind].model_validate(value)
    except ValidationError as fault:
        details = fault.errors(include_url=False, include_input=True)[:MAX_PROBLEMS]
        return list({(p.rule, p.path, p.facts["key"]): p for p in map(_problem, details)}.values())
    return []


def _problem(detail: ErrorDetails) -> Problem:
    kind = detail["type"]
    code = _CODES.get(kind, "E-SCHEMA-003")
    return Problem(code, _path(detail), {"key": _key(detail), **_facts(kind, detail)})


def _path(detail: ErrorDetails) -> Path:
    """Return the path in the file, without the names of union members that the validator adds."""
    path = tuple(part for part in detail["loc"] if part not in ("bool", "int", "str", "[key]"))
    return path[:-1] if detail["type"] == "missing" else path


def _key(detail: ErrorDetails) -> str:
    named = [part for part in detail["loc"] if isinstance(part, str)]
    return shown(named[-1]) if named else "-"


def _facts(kind: str, detail: ErrorDetails) -> dict[str, object]:
    context = dict(detail.get("ctx", {}))
    facts: dict[str, object] = {"given": context.get("given", shown(detail.get("input")))}
    if kind == "duration":
        facts["reason_vi"], facts["reason_en"] = _DURATION_REASONS[str(context["reason"])]
    elif kind == "id":
        facts["pattern"] = context["pattern"]
    elif kind in _FORMS:
        facts["form"] = _FORMS[kind]
    elif kind in _CODES:
        facts["expected"] = context.get("expected") or _bounds(context)
    else:
        facts["expected_vi"], facts["expected_en"] = _TYPES.get(kind.split("_", maxsplit=1)[0], ("", kind))
    return facts


def _bounds(context: Mapping[str, Any]) -> str:
    signs = {"ge": "≥", "le": "≤", "min_length": "≥", "max_length": "≤", "pattern": ""}
    return (
        ", ".join(f"{sign} {context[name]}".strip() for name, sign in signs.items() if name in context) or "-"
    )
