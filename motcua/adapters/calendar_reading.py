"""Takes values out of a calendar's YAML file by kind; notes each problem with its place, and reads on."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from textwrap import shorten

from motcua.adapters.yaml_files import InvalidFile, LocatedProblem, YamlDocument, read_yaml_file
from states.calendar_rules import RULES
from states.file_rules import RULES as FILE_RULES
from states.problem import Path as Trail
from states.problem import Problem, Rule

CALENDAR_RULES: Mapping[str, Rule] = {rule.code: rule for rule in (*RULES, *FILE_RULES)}
"""The rules that a calendar's problems may name, by code."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SCHEMA = "1.0"


def problem_at(path: Path, rule: str, **facts: object) -> LocatedProblem:
    """Note a problem of a file as a whole."""
    return LocatedProblem(Problem(rule, (), facts), path.as_posix(), 1, 1)


class Reading:
    """One file being read; a file that is not YAML reads as an empty one with its problems noted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[LocatedProblem] = []
        self._document: YamlDocument | None = None
        if path.exists():
            try:
                self._document = read_yaml_file(path)
            except InvalidFile as error:
                self.problems.extend(error.problems)

    @property
    def value(self) -> object:
        """The whole document; None when it could not be read."""
        return None if self._document is None else self._document.value

    def note(self, path: Trail, rule: str, **facts: object) -> None:
        """Note a problem at *path*."""
        if self._document is not None:
            line, column = self._document.locate(path)
            problem = Problem(rule, path, facts)
            self.problems.append(LocatedProblem(problem, self.path.as_posix(), line, column))

    def wrong(self, path: Trail, given: object, expected_vi: str, expected: str) -> None:
        """Note a value of the wrong kind; a missing key is noted by `mapping` already."""
        if self._has(path):
            self.note(
                path, "E-CAL-004", given=shorten(repr(given), 60), expected_vi=expected_vi, expected=expected
            )

    def mapping(self, path: Trail, keys: frozenset[str]) -> Mapping[str, object]:
        """Return the mapping at *path*, noting unknown and missing keys; what stands there else is empty."""
        value = self._at(path)
        if not isinstance(value, dict):
            self.wrong(path, value, "các cặp khóa và giá trị", "keys with values")
            return {}
        for key in sorted(set(value) - keys):
            self.note((*path, key), "E-CAL-002", key=key, known=", ".join(sorted(keys)))
        for key in sorted(keys - set(value)):
            self.note(path, "E-CAL-003", key=key)
        if "schema_version" in keys:
            self.same((*path, "schema_version"), value.get("schema_version"), _SCHEMA)
        return value

    def items(self, path: Trail, value: object) -> list[object]:
        """Return a list, empty when there is something else."""
        if isinstance(value, list):
            return value
        self.wrong(path, value, "một danh sách", "a list")
        return []

    def same(self, path: Trail, value: object, expected: object) -> None:
        """Note a value that contradicts the place of the file."""
        if self._has(path) and (value != expected or type(value) is not type(expected)):
            self.note(path, "E-CAL-016", key=path[-1], given=value, expected=expected)

    def label(self, path: Trail, value: object) -> tuple[str, str]:
        """Return the Vietnamese and the English label."""
        if not self._has(path):
            return "", ""
        both = self.mapping(path, frozenset({"vi", "en"}))
        texts = []
        for language in ("vi", "en"):
            text = both.get(language)
            if not isinstance(text, str) or not text.strip():
                self.wrong((*path, language), text, "một đoạn chữ", "some text")
            texts.append(text if isinstance(text, str) else "")
        return texts[0], texts[1]

    def text_or_none(self, path: Trail, value: object) -> str | None:
        """Return a text, or None for null."""
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.wrong(path, value, "một đoạn chữ hoặc null", "some text or null")
        return None

    def flag(self, path: Trail, value: object) -> bool:
        """Return a truth value."""
        if isinstance(value, bool):
            return value
        self.wrong(path, value, "true hoặc false", "true or false")
        return False

    def day(self, path: Trail, value: object) -> date | None:
        """Return a date, None when there is none."""
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        if self._has(path):
            self.note(path, "E-CAL-005", given=value)
        return None

    def _has(self, path: Trail) -> bool:
        parent = self._at(path[:-1]) if path else None
        if isinstance(parent, dict):
            return path[-1] in parent
        return not path or isinstance(parent, list)

    def _at(self, path: Trail) -> object:
        value = self.value
        for step in path:
            if isinstance(value, dict):
                value = value.get(str(step))
            elif isinstance(value, list) and isinstance(step, int):
                value = value[step]
            else:
                return None
        return value
