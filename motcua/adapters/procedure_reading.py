"""Reads procedures, scenarios, ladders and positions: shape, soundness, transition table, all problems at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from motcua.adapters.agency_files import read_directory
from motcua.adapters.calendar_files import read_calendars
from motcua.adapters.composing import Composed, Fragments, compose
from motcua.adapters.fragment_files import read_fragments
from motcua.adapters.schema import check_shape
from motcua.adapters.yaml_files import InvalidFile, LocatedProblem, YamlDocument, read_yaml, read_yaml_file
from states.agency_rules import RULES as AGENCY_RULES
from states.calendar import BusinessCalendar
from states.calendar_rules import RULES as CALENDAR_RULES
from states.chart import AmbiguousTransition, ChartTooLarge, InvalidChart, OrderDependent, compile_table
from states.directory import Directory
from states.errors import DomainError
from states.file_rules import RULES as FILE_RULES
from states.iso_rules import RULES as ISO_RULES
from states.ladder_parsing import parse_ladder
from states.order_rules import RULES as ORDER_RULES
from states.paper_rules import RULES as PAPER_RULES
from states.parsing import parse_procedure
from states.portal_rules import RULES as PORTAL_RULES
from states.problem import Problem, Rule, Severity
from states.procedure import Ladder, Procedure
from states.procedure_rules import RULES as PROCEDURE_RULES
from states.soundness import Context, check, check_ladder, check_outline, check_scenarios, check_table

_RULES = (
    *FILE_RULES,
    *PROCEDURE_RULES,
    *CALENDAR_RULES,
    *AGENCY_RULES,
    *ISO_RULES,
    *ORDER_RULES,
    *PAPER_RULES,
    *PORTAL_RULES,
)
ALL_RULES: Mapping[str, Rule] = {rule.code: rule for rule in _RULES}
"""Every rule that a config file is held to, by code."""

PROCEDURE = "procedure.yaml"
SCENARIOS = "scenarios.yaml"
POSITIONS = Path("roles", "positions.yaml")
T = TypeVar("T")
Problems = list[LocatedProblem]
Scenarios = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What procedures of one config folder are read against, and what is wrong with its ladders and fragments."""

    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    context: Context = field(default_factory=Context)
    problems: tuple[LocatedProblem, ...] = ()
    fragments: Fragments = field(default_factory=dict)


def read_surroundings(root: Path) -> Surroundings:
    """Read what procedures under the config folder *root* may name; a broken file counts as not known here.

    Its problems show when it is read itself, not at every procedure.
    """
    positions = _readable(read_positions, root)
    context = Context(positions=positions)
    ladders, problems = _ladders(root, context)
    fragments, broken = read_fragments(root)
    calendars = _readable(read_calendars, root / "calendars")
    directory = _readable(read_directory, root)
    known = {id: BusinessCalendar(definition) for id, definition in calendars.items()} if calendars else None
    kinds = None if directory is None else _kinds_served(directory)
    context = replace(context, calendars=known, party_kinds=kinds, templates=_templates(root))
    return Surroundings(ladders, context, (*problems, *broken), fragments)


def _kinds_served(directory: Directory) -> frozenset[str]:
    """Return the kinds for which an agency answers for good: one of that kind, or who took over from one."""
    kinds = {agency.kind for agency in directory.agencies}
    return frozenset(kind for kind in kinds if directory.seats_of(kind, date.max, ""))


def read_positions(root: Path) -> dict[str, bool]:
    """Read the positions of a config folder: by id, whether a person holds them.

    Raises:
        InvalidFile: With all its problems.
    """
    document = read_yaml_file(root / POSITIONS)
    problems = [document.located(problem) for problem in check_positions(document.value)]
    value: Any = document.value
    if problems:
        raise InvalidFile(tuple(problems), ALL_RULES)
    return {position["id"]: position["human"] for position in value["positions"]}


def read_rooms(root: Path) -> dict[str, tuple[dict[str, str], tuple[str, ...]]]:
    """Read what positions are called, and which rooms of the pages their holders enter; by id. Raises: InvalidFile."""
    read_positions(root)
    value: Any = read_yaml_file(root / POSITIONS).value
    return {
        position["id"]: (dict(position["label"]), tuple(position.get("enters", ())))
        for position in value["positions"]
    }


def read_ladders(root: Path) -> dict[str, Ladder]:
    """Read the ladders of a config folder, by `name@version`.

    Raises:
        InvalidFile: With the problems of all the ladders at once.
    """
    found, problems = _ladders(root, Context(positions=_readable(read_positions, root)))
    if has_errors(problems):
        raise InvalidFile(tuple(problems), ALL_RULES)
    return found


def read_ladder(path: Path, context: Context) -> tuple[Ladder | None, Problems]:
    """Read one ladder file; the ladder is None when there is an error."""
    try:
        document = read_yaml_file(path)
    except InvalidFile as fault:
        return None, list(fault.problems)
    problems = check_shape("ladder", document.value)
    value: Any = document.value
    ladder = None if problems else parse_ladder(value)
    if ladder is not None:
        problems = check_ladder(ladder, context)
    return (None if problems else ladder), [document.located(problem) for problem in problems]


def read_procedure(path: Path, surroundings: Surroundings) -> tuple[Procedure | None, Problems]:
    """Read the procedure at *path*, its file or its folder, and compile its table.

    Returns:
        The compiled procedure, None when there is an error, and every problem found, warnings too.
    """
    file = path / PROCEDURE if path.is_dir() else path
    try:
        document = read_yaml_file(file)
    except InvalidFile as fault:
        return None, list(fault.problems)
    return compile_file(document, surroundings)


def read_procedure_bytes(
    data: bytes, file: str, surroundings: Surroundings
) -> tuple[Procedure | None, Problems]:
    """Read a procedure from the bytes of its file; *file* is its name for messages."""
    try:
        document = read_yaml(data, file)
    except InvalidFile as fault:
        return None, list(fault.problems)
    return compile_file(document, surroundings)


def compile_file(document: YamlDocument, surroundings: Surroundings) -> tuple[Procedure | None, Problems]:
    """Judge a procedure that was read as plain values and compile it; see `read_procedure`."""
    composed, faults = compose(document, surroundings.fragments)
    if composed is None:
        return None, faults
    procedure, problems = _compile(composed, surroundings)
    return procedure, sorted(
        (composed.located(problem) for problem in problems), key=lambda found: (found.line, found.column)
    )


def read_scenarios(path: Path, procedure: Procedure | None) -> tuple[Scenarios, Problems]:
    """Read the scenarios of a procedure as plain values; none when there is a problem.

    Args:
        path: The file, or the folder of the procedure.
        procedure: None when it is broken; then only the shape is judged.
    """
    file = path / SCENARIOS if path.is_dir() else path
    try:
        document = read_yaml_file(file)
    except InvalidFile as fault:
        return (), list(fault.problems)
    value: Any = document.value
    problems = check_shape("scenarios", value)
    if procedure is not None and not problems:
        problems = check_scenarios(value, procedure)
    found = () if problems else tuple(value["scenarios"])
    return found, [document.located(problem) for problem in problems]


def check_positions(value: Any) -> list[Problem]:
    """Judge the content of positions.yaml."""
    problems = check_shape("positions", value)
    seen: set[str] = set()
    for index, position in enumerate([] if problems else value["positions"]):
        if position["id"] in seen:
            facts = {"kind": "positions", "id": position["id"]}
            problems.append(Problem("E-ID-001", ("positions", index, "id"), facts))
        seen.add(position["id"])
    return problems


def has_errors(problems: Problems) -> bool:
    """Say whether a problem is among them that forbids publishing."""
    return any(is_error(found.problem) for found in problems)


def is_error(problem: Problem) -> bool:
    """Say whether a problem forbids publishing; one of an unknown code does."""
    rule = ALL_RULES.get(problem.rule)
    return rule is None or rule.severity is Severity.ERROR


def _compile(document: Composed, surroundings: Surroundings) -> tuple[Procedure | None, list[Problem]]:
    value: Any = document.value
    problems = check_shape("procedure", value)
    if problems:
        return None, problems
    outline = check_outline(value)
    if any(problem.rule in ("E-SIZE-001", "E-ID-001") for problem in outline):
        return None, outline
    procedure = parse_procedure(value, surroundings.ladders, document.sha256)
    problems = outline + check(procedure, surroundings.context, chart=not outline)
    if any(map(is_error, problems)):
        return None, problems
    compiled, found = add_table(procedure)
    return compiled, problems + found


def add_table(procedure: Procedure) -> tuple[Procedure | None, list[Problem]]:
    """Compile the transition table of a procedure that its rules found nothing against, and judge it.

    Returns:
        The procedure with its table, None when there is an error, and what is wrong with the table.
    """
    try:
        chart = compile_table(procedure.states, procedure.transitions, procedure.initial[0])
    except (InvalidChart, AmbiguousTransition, OrderDependent, ChartTooLarge) as fault:
        return None, [_chart_problem(fault)]
    compiled = replace(procedure, initial=chart.initial, table=chart.table)
    problems = check_table(compiled)
    return (None if any(map(is_error, problems)) else compiled), problems


def _chart_problem(fault: DomainError) -> Problem:
    if isinstance(fault, ChartTooLarge):
        return Problem("E-SIZE-002", ("states",), fault.facts)
    facts = {"reason_vi": fault.message("vi"), "reason_en": fault.message("en")}
    return Problem("E-SHAPE-009", ("states",), facts)


def _readable(read: Callable[[Path], T], root: Path) -> T | None:
    """Return what *read* finds, or None where it is missing or broken."""
    try:
        return read(root)
    except InvalidFile:
        return None


def _ladders(root: Path, context: Context) -> tuple[dict[str, Ladder], Problems]:
    found: dict[str, Ladder] = {}
    problems: Problems = []
    for file in sorted((root / "ladders").glob("*.yaml")):
        ladder, wrong = read_ladder(file, context)
        problems += wrong
        if ladder is not None and ladder.id in found:
            facts = {"kind": "ladders", "id": ladder.id}
            problems.append(
                LocatedProblem(Problem("E-ID-001", ("ladder", "id"), facts), file.as_posix(), 1, 1)
            )
        elif ladder is not None:
            found[ladder.id] = ladder
    return found, problems


def _templates(root: Path) -> frozenset[str] | None:
    """Return the ids of the notices beside a config folder; None when there are none to compare with."""
    names = {file.name.split(".")[0] for file in (root.parent / "templates" / "notices").glob("*.j2")}
    return frozenset(names) or None
