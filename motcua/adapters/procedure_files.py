"""What `motcua validate` does: finds the config files under some paths and reports every problem in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from motcua.adapters.agency_files import read_directory
from motcua.adapters.calendar_files import read_calendar
from motcua.adapters.fragment_files import FOLDER, ref_of, unused
from motcua.adapters.iso_files import FOLDER as ISO_FOLDER
from motcua.adapters.iso_files import check_clauses
from motcua.adapters.order_files import FOLDER as ORDER_FOLDER
from motcua.adapters.order_files import check_order
from motcua.adapters.portal_table import NAME as PORTAL
from motcua.adapters.portal_table import check_portal_table
from motcua.adapters.procedure_reading import (
    ALL_RULES,
    POSITIONS,
    PROCEDURE,
    SCENARIOS,
    Problems,
    Surroundings,
    check_positions,
    compile_file,
    has_errors,
    is_error,
    read_ladder,
    read_ladders,
    read_positions,
    read_procedure,
    read_procedure_bytes,
    read_rooms,
    read_scenarios,
    read_surroundings,
)
from motcua.adapters.reading_once import one_look
from motcua.adapters.signer_files import NAME as SIGNERS
from motcua.adapters.signer_files import check_signers, missing_signers
from motcua.adapters.yaml_files import InvalidFile, LocatedProblem, YamlDocument, read_yaml_file
from states.problem import Problem
from states.procedure import Procedure
from states.soundness.groups import check_members
from states.wire import to_wire

__all__ = [
    "ALL_RULES",
    "Surroundings",
    "compile_document",
    "compile_file",
    "find_root",
    "has_errors",
    "is_error",
    "read_ladders",
    "read_positions",
    "read_procedure",
    "read_procedure_bytes",
    "read_rooms",
    "read_scenarios",
    "read_surroundings",
    "validate_paths",
]

MAX_FILES = 5_000
_PARTS = ("procedures", "ladders", "calendars", "agencies", "roles")
Target = tuple[str, Path]
Checks = Mapping[str, Callable[[Path], Problems]]


def compile_document(procedure: Procedure) -> dict[str, Any]:
    """Return the compiled form of a procedure as plain JSON values: what is stored, and whose digest it is."""
    document: dict[str, Any] = to_wire(procedure)
    return document


def find_root(path: Path) -> Path | None:
    """Return the nearest config folder at or above *path*: one that holds at least two of its usual parts."""
    for folder in (path, *path.parents, *path.absolute().parents):
        if sum((folder / part).is_dir() for part in _PARTS) >= 2:
            return folder
    return None


def validate_paths(
    paths: Iterable[Path], default_root: Path | None = None, templates: Path | None = None
) -> list[LocatedProblem]:
    """Judge every config file among *paths*, and all of them inside folders.

    Args:
        paths: Files, folders of procedures, or whole config folders.
        default_root: The config folder that a file outside of any is read against; None for none, so that
            nothing is held against surroundings that are not known.
        templates: The folder whose forms of papers must have signers; None for none.

    Returns:
        Every problem once, in the order of files, then of places in them; errors and warnings.
    """
    validation = _Validation(default_root, templates)
    targets = dict.fromkeys(target for path in paths for target in _targets(path))
    with one_look():
        found = {_key(problem): problem for target in targets for problem in validation.check(*target)}
    return [found[key] for key in sorted(found)]


def _key(located: LocatedProblem) -> tuple[str, int, int, str, str]:
    problem = located.problem
    return located.file, located.line, located.column, problem.rule, repr(problem.path)


def _targets(path: Path) -> Iterator[Target]:
    """Yield the kind and place of everything to judge at *path*, a folder or a file."""
    if not path.is_dir():
        yield _target(path)
        return
    below = (file for file in path.rglob("*.yaml") if file.is_file() and not _hidden(file.relative_to(path)))
    files = sorted(below)[:MAX_FILES]
    if not files:
        yield "nothing", path
    if (path / POSITIONS).is_file():
        yield "root", path
    yield from map(_target, files)


def _hidden(path: Path) -> bool:
    """Tell whether a file belongs to a tool, such as .pre-commit-config.yaml, and not to the configuration."""
    return any(part.startswith(".") for part in path.parts)


def _target(file: Path) -> Target:
    """Tell by its name and folder what a file is; calendars and agencies are judged as a whole."""
    folder = file.parent
    if (folder / "calendar.yaml").is_file() and folder.parent.name == "calendars":
        return "calendar", folder
    if folder.name == "agencies":
        return "agencies", folder.parent
    named = {PROCEDURE: "procedure", SCENARIOS: "scenarios", POSITIONS.name: "positions", PORTAL: "portal"}
    if (folder.name, file.name) == SIGNERS.parts:
        return "papers", file
    if file.name in named:
        return named[file.name], file
    foldered = {"ladders": "ladder", FOLDER: "fragment", ISO_FOLDER: "iso9001", ORDER_FOLDER: "order"}
    return foldered.get(folder.name, "any"), file


class _Validation:
    """One run over many files; surroundings and procedures are read once each."""

    def __init__(self, default_root: Path | None, templates: Path | None = None) -> None:
        self._default_root = default_root
        self._surroundings: dict[Path | None, Surroundings] = {}
        self._procedures: dict[Path, tuple[Procedure | None, Problems]] = {}
        self._checks: Checks = {
            "any": self._any,
            "agencies": lambda root: _of(read_directory, root),
            "calendar": lambda folder: _of(read_calendar, folder),
            "fragment": self._fragment,
            "iso9001": check_clauses,
            "ladder": self._ladder,
            "order": check_order,
            "papers": partial(check_signers, templates=templates),
            "nothing": lambda folder: [_at_start("E-SCHEMA-011", folder)],
            "portal": check_portal_table,
            "root": partial(missing_signers, templates=templates),
            "positions": _positions,
            "procedure": self._whole,
            "scenarios": self._scenarios,
        }

    def check(self, kind: str, path: Path) -> Problems:
        """Judge one file, or one folder that is judged as a whole."""
        return self._checks[kind](path)

    def _around(self, path: Path, otherwise: Path | None = None) -> Surroundings:
        root = find_root(path) or otherwise or self._default_root
        if root not in self._surroundings:
            self._surroundings[root] = Surroundings() if root is None else read_surroundings(root)
        return self._surroundings[root]

    def _whole(self, file: Path) -> Problems:
        """Judge a procedure, and a group against the procedures of its components that stand beside it."""
        procedure, problems = self._procedure(file)
        if procedure is None or not procedure.components:
            return problems
        beside = {
            component.procedure: self._procedure(found)[0]
            for component in procedure.components
            for found in file.parent.parent.glob(f"{component.procedure}-*/{PROCEDURE}")
        }
        known = {code: member for code, member in beside.items() if code and member}
        document = read_yaml_file(file)
        return problems + [document.located(problem) for problem in check_members(procedure, known)]

    def _procedure(self, file: Path) -> tuple[Procedure | None, Problems]:
        if file not in self._procedures:
            self._procedures[file] = read_procedure(file, self._around(file))
        return self._procedures[file]

    def _scenarios(self, file: Path) -> Problems:
        beside = file.parent / PROCEDURE
        procedure = self._procedure(beside)[0] if beside.is_file() else None
        return read_scenarios(file, procedure)[1]

    def _ladder(self, file: Path) -> Problems:
        around = self._around(file)
        twins = [found for found in around.problems if found.file == file.as_posix()]
        return twins or read_ladder(file, around.context)[1]

    def _fragment(self, file: Path) -> Problems:
        """Judge a fragment among those of its folder; one that nobody uses is told, where procedures are known."""
        root = find_root(file) or file.parent.parent
        around = self._around(file, root)
        found = [problem for problem in around.problems if problem.file == file.as_posix()]
        ref = None if found else ref_of(file)
        if ref is not None and unused(root, ref):
            found.append(LocatedProblem(Problem("W-FRAG-004", (), {"fragment": ref}), file.as_posix(), 1, 1))
        return found

    def _any(self, file: Path) -> Problems:
        """Judge a file that only its root key tells about."""
        try:
            document = read_yaml_file(file)
        except InvalidFile as fault:
            return list(fault.problems)
        kinds = {
            "procedure": "procedure",
            "scenarios": "scenarios",
            "ladder": "ladder",
            "positions": "positions",
            "fragment": "fragment",
            "edition": "iso9001",
            "order": "order",
            "papers": "papers",
            "portal": "portal",
        }
        kind = next((kinds[key] for key in kinds if key in _keys(document)), None)
        return [_at_start("E-SCHEMA-010", file)] if kind is None else self.check(kind, file)


def _positions(file: Path) -> Problems:
    try:
        document = read_yaml_file(file)
    except InvalidFile as fault:
        return list(fault.problems)
    return [document.located(problem) for problem in check_positions(document.value)]


def _of(read: Callable[[Path], object], path: Path) -> Problems:
    try:
        read(path)
    except InvalidFile as fault:
        return list(fault.problems)
    return []


def _keys(document: YamlDocument) -> frozenset[object]:
    return frozenset(document.value) if isinstance(document.value, dict) else frozenset()


def _at_start(rule: str, path: Path) -> LocatedProblem:
    return LocatedProblem(Problem(rule, ()), path.as_posix(), 1, 1)
