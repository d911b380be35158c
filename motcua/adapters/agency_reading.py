"""Takes values out of one file of the agency directory; notes each problem with its place, and reads on."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from motcua.adapters.yaml_files import InvalidFile, LocatedProblem, YamlDocument, read_yaml_file
from states.agency_rules import RULES
from states.file_rules import RULES as FILE_RULES
from states.problem import Path as Trail
from states.problem import Problem, Rule

AGENCY_RULES: Mapping[str, Rule] = {rule.code: rule for rule in (*RULES, *FILE_RULES)}
"""The rules that a problem of the directory may name, by code."""

ID = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
CALENDAR = re.compile(r"[a-z][a-z0-9-]{0,63}", re.ASCII)
CODE = re.compile(r"[A-Z][0-9]{2}(\.[0-9]{2}){0,3}", re.ASCII)
PROCEDURE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Sheet:
    """One file; what is missing or not YAML reads as empty, with its problems noted."""

    def __init__(self, path: Path) -> None:
        self.problems: list[LocatedProblem] = []
        self._file = path.as_posix()
        self._document: YamlDocument | None = None
        if not path.exists():
            self.note((), "E-AGENCY-001", name=f"{path.parent.name}/{path.name}")
            return
        try:
            self._document = read_yaml_file(path)
        except InvalidFile as error:
            self.problems.extend(error.problems)

    def note(self, path: Trail, rule: str, **facts: object) -> None:
        """Note a problem at *path*."""
        line, column = (1, 1) if self._document is None else self._document.locate(path)
        self.problems.append(LocatedProblem(Problem(rule, path, facts), self._file, line, column))

    def top(self, required: frozenset[str], optional: frozenset[str] = frozenset()) -> Mapping[str, object]:
        """Return the whole file as a mapping."""
        return {} if self._document is None else self.mapping((), self._document.value, required, optional)

    def mapping(
        self, path: Trail, value: object, required: frozenset[str], optional: frozenset[str] = frozenset()
    ) -> Mapping[str, object]:
        """Return a mapping, noting unknown and missing keys; empty when there is something else."""
        if not isinstance(value, dict):
            self.wrong(path, value, "các cặp khóa và giá trị", "keys with values")
            return {}
        known = required | optional
        for key in sorted(set(value) - known):
            self.note((*path, key), "E-AGENCY-002", key=key, known=", ".join(sorted(known)))
        for key in sorted(required - set(value)):
            self.note(path, "E-AGENCY-003", key=key)
        return value

    def items(self, path: Trail, value: object) -> list[object]:
        """Return a list; empty when there is something else."""
        if isinstance(value, list):
            return value
        if value is not None:
            self.wrong(path, value, "một danh sách", "a list")
        return []

    def text(
        self, entry: Mapping[str, object], path: Trail, key: str, pattern: re.Pattern[str] | None = None
    ) -> str:
        """Return the text under *key*, whole by *pattern*; empty when it is missing or wrong."""
        value = entry.get(key)
        if isinstance(value, str) and value.strip() and (pattern is None or pattern.fullmatch(value)):
            return value
        if key in entry:
            wanted = pattern.pattern if pattern else "…"
            self.wrong((*path, key), value, f"văn bản dạng {wanted}", f"a text like {wanted}")
        return ""

    def day(self, entry: Mapping[str, object], path: Trail, key: str, default: date | None) -> date | None:
        """Return the day under *key*, or *default* where there is none or null."""
        value = entry.get(key)
        if value is None:
            return default
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.wrong((*path, key), value, "ngày như 2025-07-01", "a day such as 2025-07-01")
        return default

    def wrong(self, path: Trail, given: object, expected_vi: str, expected: str) -> None:
        """Note a value of the wrong kind."""
        self.note(path, "E-AGENCY-004", given=str(given)[:60], expected_vi=expected_vi, expected=expected)
