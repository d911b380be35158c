"""Reads who signs each paper from a config folder, and says what is wrong with it."""

import tomllib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from motcua.adapters.checked_files import read_checked, read_sound
from motcua.adapters.yaml_files import InvalidFile, LocatedProblem, read_yaml_file
from motcua.services.ports import Signers
from states.file_rules import RULES as FILE_RULES
from states.paper_rules import RULES
from states.problem import Path as Trail
from states.problem import Problem
from states.procedure_rules import RULES as SHAPE_RULES

NAME = Path("roles") / "papers.yaml"
_RULES = {rule.code: rule for rule in (*RULES, *FILE_RULES, *SHAPE_RULES)}
_STAGES = ("intake", "settlement")


def read_signers(root: Path) -> dict[str, tuple[Signers, ...]]:
    """Return by form who signs it; nobody, where a config folder has no such file. Raises: InvalidFile."""
    file = root / NAME
    if not file.is_file():
        return {}
    value: Any = read_sound(file, "papers", partial(_faults, _people(file), frozenset()), _RULES).value
    return {paper["form"]: tuple(map(_signers, paper["signers"])) for paper in value["papers"]}


def check_signers(file: Path, templates: Path | None = None) -> list[LocatedProblem]:
    """Return all that is wrong with such a file; the forms of *templates* that officers sign must stand in it."""
    return read_checked(file, "papers", partial(_faults, _people(file), signed_forms(templates)))[1]


def missing_signers(root: Path, templates: Path | None) -> list[LocatedProblem]:
    """Return the problem that a config folder names nobody who signs the forms of *templates*; none where it does."""
    forms = ", ".join(sorted(signed_forms(templates)))
    file = root / NAME
    if not forms or file.is_file():
        return []
    problem = Problem("E-PAPER-005", (), {"file": NAME.as_posix(), "forms": forms})
    return [LocatedProblem(problem, file.as_posix(), 1, 1)]


def signed_forms(templates: Path | None) -> frozenset[str]:
    """Return the forms of a folder of templates under which an officer's name stands."""
    files = [] if templates is None else (templates / "papers").glob("*.toml")
    found = ((file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)
    return frozenset(
        name for name, raw in found if any(one.get("signer") for one in raw.get("signatures", ()))
    )


def _signers(given: dict[str, Any]) -> Signers:
    stage = given.get("stage")
    return Signers(
        tuple(given["positions"]),
        given.get("of") == "dossier",
        None if stage is None else stage != _STAGES[0],
    )


def _people(file: Path) -> frozenset[str]:
    """Return the positions that people hold, by the file beside; none where that is unreadable or missing."""
    try:
        value: Any = read_yaml_file(file.with_name("positions.yaml")).value
        return frozenset(one["id"] for one in value["positions"] if one["human"])
    except (InvalidFile, OSError, LookupError, TypeError):
        return frozenset()


def _faults(people: frozenset[str], forms: frozenset[str], value: Any) -> Iterator[Problem]:
    """Each form once, signed by somebody at each stage, by positions and sources that exist."""
    sources = {source["id"] for source in value["sources"]}
    seen: set[str] = set()
    for at, paper in enumerate(value["papers"]):
        form, path = paper["form"], ("papers", at)
        if form in seen:
            yield Problem("E-PAPER-002", (*path, "form"), {"form": form})
        seen.add(form)
        yield from _unsigned(form, paper["signers"], path)
        for number, line in enumerate(paper["signers"]):
            yield from _line(line, (*path, "signers", number), sources, people)
    if missing := ", ".join(sorted(forms - seen)):
        yield Problem("E-PAPER-001", ("papers",), {"form": missing, "stage": ", ".join(_STAGES)})


def _unsigned(form: str, lines: Any, path: Trail) -> Iterator[Problem]:
    named = {one.get("stage") for one in lines if one["positions"]}
    without = [] if None in named else [stage for stage in _STAGES if stage not in named]
    if without:
        yield Problem("E-PAPER-001", (*path, "signers"), {"form": form, "stage": ", ".join(without)})


def _line(line: Any, where: Trail, sources: set[str], people: frozenset[str]) -> Iterator[Problem]:
    if line["source"] not in sources:
        yield Problem("E-PAPER-004", (*where, "source"), {"source": line["source"]})
    for position in line["positions"] if people else ():
        if position not in people:
            facts = {"position": position, "known": ", ".join(sorted(people))}
            yield Problem("E-PAPER-003", (*where, "positions"), facts)
