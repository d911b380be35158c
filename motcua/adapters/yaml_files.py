"""Reads a YAML file strictly: plain values, limits, no surprises, and where each thing stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from motcua.adapters.reading_once import kept
from motcua.adapters.yaml_builder import Builder, StopReading, Value
from motcua.adapters.yaml_events import FenceError, SyntaxFault, events
from motcua.adapters.yaml_hints import explained
from motcua.adapters.yaml_text import Finding, decode, read_limited
from states.errors import DomainError
from states.file_rules import RULES
from states.problem import Path as Trail
from states.problem import Problem, Rule, describe

PLAIN_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}", re.ASCII)
"""What an id looks like (`fullmatch` it); the schema decides which values are ids."""

_FILE_RULES: Mapping[str, Rule] = {rule.code: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class LocatedProblem:
    """A problem and the place in the file where a person mends it; line and column from 1."""

    problem: Problem
    file: str
    line: int
    column: int

    def message(self, language: str, rules: Mapping[str, Rule] = _FILE_RULES) -> str:
        """Return what is wrong, in *language* (`vi` or `en`), by the templates of *rules*."""
        vi, en = describe(self.problem, rules)
        return vi if language == "vi" else en


class InvalidFile(DomainError):
    """The file {file} cannot be used ({count} problems). Line {line}, column {column}: ({rule}) {first}."""

    vi = "Tệp {file} không dùng được ({count} lỗi). Dòng {line}, cột {column}: ({rule}) {first_vi}"

    def __init__(self, problems: tuple[LocatedProblem, ...], rules: Mapping[str, Rule] = _FILE_RULES) -> None:
        self.problems = problems
        head = problems[0]
        super().__init__(
            file=head.file,
            count=len(problems),
            line=head.line,
            column=head.column,
            rule=head.problem.rule,
            first=head.message("en", rules).removesuffix("."),
            first_vi=head.message("vi", rules),
        )


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """What a file says.

    Attributes:
        value: Dictionaries with text keys, lists, text, whole numbers, booleans and None only.
        file: Name for messages.
        data: The bytes as read, for hashing.
    """

    value: Value
    file: str
    data: bytes
    marks: Mapping[Trail, tuple[int, int]] = field(repr=False)

    def locate(self, path: Trail) -> tuple[int, int]:
        """Return line and column, both from 1, of a key or an item, or of its nearest ancestor."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, (1, 1))

    def located(self, problem: Problem) -> LocatedProblem:
        """Say where in this file *problem* stands."""
        return LocatedProblem(problem, self.file, *self.locate(problem.path))


def read_yaml_file(path: Path) -> YamlDocument:
    """Read the file at *path*; see `read_yaml`. Never reads much more than the limit of size.

    Raises:
        InvalidFile: It cannot be read, or it breaks a rule of `states.file_rules`.
    """
    found = kept(path.as_posix(), lambda: _tried(path))
    if isinstance(found, InvalidFile):
        raise found
    return found


def _tried(path: Path) -> YamlDocument | InvalidFile:
    try:
        return _read_file(path)
    except InvalidFile as fault:
        return fault


def _read_file(path: Path) -> YamlDocument:
    try:
        data = read_limited(path)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise _invalid([Finding("E-YAML-001", 1, 1, {"reason": reason})], path.as_posix()) from None
    return read_yaml(data, path.as_posix())


def read_yaml(data: bytes, file: str) -> YamlDocument:
    """Read one YAML document, by the core schema of YAML 1.2 cut down to what cannot surprise.

    Unquoted `true`, `false`, `null`, `~`, nothing at all, and whole decimal numbers of up to 15
    digits have their meaning. All else is text, and so is whatever stands in quotes.

    Args:
        data: The whole file.
        file: Name for messages.

    Raises:
        InvalidFile: With all the problems that can be found at once, by line.
    """
    text, findings = decode(data)
    if findings and not text:
        raise _invalid(findings, file)
    builder = Builder(events(text))
    findings += _run(builder)
    if findings:
        raise _invalid(findings, file)
    return YamlDocument(builder.value, file, data, builder.marks)


def _run(builder: Builder) -> list[Finding]:
    try:
        builder.run()
    except StopReading:
        pass
    except SyntaxFault as fault:
        return [*builder.findings, explained(fault)]
    except FenceError as fence:
        return [*builder.findings, Finding(fence.rule, fence.line, fence.column, fence.facts)]
    return builder.findings


def _invalid(findings: Sequence[Finding], file: str) -> InvalidFile:
    ordered = sorted(findings, key=lambda found: (found.line, found.column))
    return InvalidFile(
        tuple(
            LocatedProblem(Problem(found.rule, found.path, found.facts), file, found.line, found.column)
            for found in ordered
        )
    )
