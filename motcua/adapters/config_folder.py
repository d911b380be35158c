"""What the designer writes, as use cases take it: the procedures, calendars and agencies of one config folder."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motcua.adapters.yaml_files import InvalidFile, LocatedProblem, read_yaml_file
from states.calendar import CalendarDefinition
from states.directory import Directory
from states.errors import DomainError, Kind
from states.order import Order
from states.problem import Rule
from states.procedure import Label, Procedure

if TYPE_CHECKING:
    from motcua.adapters.procedure_files import Surroundings
    from motcua.services.ports import ClauseMap
    from states.reorganisation import RegistryChange

PROCEDURE = "procedure.yaml"
SCENARIOS = "scenarios.yaml"


class ProcedureFileNotFound(DomainError):
    """There is no procedure file for "{name}". Give its file, its folder, or its code; known here: {known}."""

    kind = Kind.NOT_FOUND
    vi = "Không có tệp thủ tục cho «{name}». Hãy ghi tệp, thư mục hoặc mã thủ tục; hiện có: {known}."


class CalendarNotFound(DomainError):
    """There is no calendar "{calendar}". Known here: {known}."""

    kind = Kind.NOT_FOUND
    vi = "Không có lịch làm việc «{calendar}». Hiện có: {known}."


@dataclass(frozen=True, slots=True)
class ProcedureSource:
    """A procedure as read: its file, the file's bytes, what it compiles to, and the warnings."""

    file: Path
    source: bytes
    procedure: Procedure
    warnings: tuple[LocatedProblem, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft as read from its bytes: what it compiles to, None where it has errors, and all problems by place."""

    source: ProcedureSource | None
    problems: tuple[LocatedProblem, ...]


class ConfigFolder:
    """One config folder; each part is read, and the reader imported, when it is asked for."""

    def __init__(self, root: Path, templates: Path | None = None) -> None:
        self.root, self.templates = root, templates
        self._around: dict[Path, Surroundings] = {}
        self._neighbours: dict[Path, ConfigFolder] = {}

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule that a config file is held to, by code."""
        from motcua.adapters.procedure_files import ALL_RULES

        return ALL_RULES

    @property
    def schema_kinds(self) -> tuple[str, ...]:
        """The kinds of file that have a published schema."""
        from motcua.adapters.schema import KINDS

        return tuple(KINDS)

    def schema(self, kind: str) -> dict[str, Any]:
        """Return the JSON Schema of one of the `schema_kinds`."""
        from motcua.adapters.schema import json_schema

        return json_schema(kind)

    @cached_property
    def calendars(self) -> dict[str, CalendarDefinition]:
        """The calendars by id. Raises: InvalidFile."""
        from motcua.adapters.calendar_files import read_calendars

        return read_calendars(self.root / "calendars")

    @cached_property
    def directory(self) -> Directory:
        """Agencies and posts. Raises: InvalidFile."""
        from motcua.adapters.agency_files import read_directory

        return read_directory(self.root)

    @cached_property
    def rooms(self) -> dict[str, tuple[dict[str, str], tuple[str, ...]]]:
        """By position: what it is called, and which rooms of the pages its holders enter. Raises: InvalidFile."""
        from motcua.adapters.procedure_files import read_rooms

        return read_rooms(self.root)

    @cached_property
    def agency_kinds(self) -> dict[str, dict[str, str]]:
        """What kinds of agencies are called, by id. Raises: InvalidFile."""
        from motcua.adapters.agency_files import read_kind_names

        return read_kind_names(self.root)

    def registry_change(self, file: Path) -> "RegistryChange":
        """Read a reorganisation of agencies. Raises: InvalidFile."""
        from motcua.adapters.change_files import read_change
        from motcua.adapters.procedure_files import read_positions

        return read_change(file, read_positions(self.root))

    def clauses(self, edition: str) -> "ClauseMap":
        """Return the map of an edition of ISO 9001. Raises: EditionNotFound, InvalidFile."""
        from motcua.adapters.iso_files import read_clauses

        if edition not in self._editions:
            self._editions[edition] = read_clauses(self.root, edition)
        return self._editions[edition]

    @cached_property
    def _editions(self) -> dict[str, "ClauseMap"]:
        return {}

    def order(self, file: Path) -> Order:
        """Read a mass order. Raises: InvalidFile."""
        from motcua.adapters.order_files import read_order

        return read_order(file)

    def calendar(self, id: str) -> CalendarDefinition:
        """Return one calendar. Raises: CalendarNotFound, InvalidFile."""
        if id not in self.calendars:
            raise CalendarNotFound(calendar=id, known=", ".join(sorted(self.calendars)) or "-")
        return self.calendars[id]

    def validate(self, paths: Iterable[Path]) -> list[LocatedProblem]:
        """Return all that is wrong with the config files among *paths* and below them."""
        from motcua.adapters.procedure_files import validate_paths

        return validate_paths(paths, self.root, self.templates)

    def message(self, located: LocatedProblem, language: str) -> str:
        """Put a problem into words, in `vi` or `en`."""
        return located.message(language, self.rules)

    def severity(self, located: LocatedProblem) -> str:
        """Return `error` or `warning`."""
        rule = self.rules.get(located.problem.rule)
        return "error" if rule is None else rule.severity.value

    def find(self, name: str) -> Path:
        """Return the procedure file that *name* means: a file, a folder, a folder's name here, or a code.

        Raises:
            ProcedureFileNotFound: Nothing is meant.
        """
        given = Path(name)
        if given.is_dir() and (given / PROCEDURE).is_file():
            return given / PROCEDURE
        if given.is_file():
            return given
        folders = [file.parent for file in self.procedure_files(self.root / "procedures")]
        for folder in folders:
            if folder.name == name or folder.name.startswith(f"{name}-"):
                return folder / PROCEDURE
        raise ProcedureFileNotFound(name=name, known=", ".join(folder.name for folder in folders) or "-")

    def procedure_files(self, path: Path) -> list[Path]:
        """Return the procedure files at or below a path, in order."""
        return sorted(path.rglob(PROCEDURE)) if path.is_dir() else [path]

    def load(self, file: Path) -> ProcedureSource:
        """Read and compile one procedure.

        Raises:
            InvalidFile: It has errors; all of them are told.
        """
        from motcua.adapters.procedure_files import compile_file

        document = read_yaml_file(file)
        procedure, problems = compile_file(document, self._surroundings(file))
        if procedure is None:
            raise InvalidFile(tuple(problems), self.rules)
        return ProcedureSource(file, document.data, procedure, tuple(problems))

    def judge(self, data: bytes) -> Judged:
        """Read and compile the bytes of a procedure file as if it stood in this folder; nothing is written.

        Its scenarios are those of the procedure of the same code here, if there is one.
        """
        from motcua.adapters.procedure_files import read_procedure_bytes

        draft = self.root / "procedures" / "draft" / PROCEDURE
        procedure, problems = read_procedure_bytes(data, PROCEDURE, self._surroundings(draft))
        if procedure is None:
            return Judged(None, tuple(problems))
        return Judged(ProcedureSource(self._file_of(procedure, draft), data, procedure, ()), tuple(problems))

    def source_of(self, procedure: Procedure, data: bytes) -> ProcedureSource:
        """Return a published version with the file that stands for its code here, for its scenarios."""
        draft = self.root / "procedures" / "draft" / PROCEDURE
        return ProcedureSource(self._file_of(procedure, draft), data, procedure, ())

    def _file_of(self, procedure: Procedure, otherwise: Path) -> Path:
        try:
            return self.find(procedure.code)
        except ProcedureFileNotFound:
            return otherwise

    @cached_property
    def public_statuses(self) -> dict[int, Label]:
        """The names of all national statuses by code; none where the folder has no list."""
        file = self.root / "public_statuses.toml"
        named = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        return {int(code): Label(words["vi"], words["en"]) for code, words in named.items()}

    def around(self, file: Path) -> "ConfigFolder":
        """Return the config folder that a file stands in, if that has calendars and agencies; else this one."""
        from motcua.adapters.procedure_files import find_root

        root = find_root(file) or self.root
        whole = all((root / part).is_dir() for part in ("calendars", "agencies"))
        if not whole or root.resolve() == self.root.resolve():
            return self
        return self._neighbours.setdefault(root, ConfigFolder(root, self.templates))

    def scenarios(self, source: ProcedureSource) -> Sequence[Mapping[str, Any]]:
        """Read the scenarios beside a procedure; none when there is no file.

        Raises:
            InvalidFile: The file has problems; all of them are told.
        """
        from motcua.adapters.procedure_files import read_scenarios

        file = source.file.parent / SCENARIOS
        if not file.is_file():
            return ()
        scenarios, problems = read_scenarios(file, source.procedure)
        if problems:
            raise InvalidFile(tuple(problems), self.rules)
        return scenarios

    def _surroundings(self, file: Path) -> "Surroundings":
        from motcua.adapters.procedure_files import find_root, read_surroundings

        root = find_root(file) or self.root
        if root not in self._around:
            self._around[root] = read_surroundings(root)
        return self._around[root]
