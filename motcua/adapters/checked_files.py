"""Reads a YAML file, checks its shape, then what its shape cannot say; all problems at once."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from motcua.adapters.schema import check_shape
from motcua.adapters.yaml_files import InvalidFile, LocatedProblem, YamlDocument, read_yaml_file
from states.problem import Problem, Rule

Faults = Callable[[Any], Iterable[Problem]]


def read_checked(file: Path, kind: str, faults: Faults) -> tuple[YamlDocument | None, list[LocatedProblem]]:
    """Read a file, None where it is no YAML; *faults* is asked only about a value of the right shape."""
    try:
        document = read_yaml_file(file)
    except InvalidFile as fault:
        return None, list(fault.problems)
    problems = check_shape(kind, document.value) or list(faults(document.value))
    return document, [document.located(problem) for problem in problems]


def read_sound(file: Path, kind: str, faults: Faults, rules: Mapping[str, Rule]) -> YamlDocument:
    """Read a file that may have warnings.

    Raises:
        InvalidFile: It has errors; all of them are told.
    """
    document, problems = read_checked(file, kind, faults)
    errors = tuple(found for found in problems if found.problem.rule.startswith("E"))
    if document is None or errors:
        raise InvalidFile(errors, rules)
    return document
