"""How problems of config files are shown: as text by file, as JSON, and as annotations of a forge."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from motcua.cli.output import FACE, show_text, tell

if TYPE_CHECKING:
    from motcua.bootstrap import ConfigFolder, LocatedProblem


def problem_json(config: "ConfigFolder", found: "LocatedProblem") -> dict[str, Any]:
    """Return a problem as programs read it; `path` is a JSON Pointer into the file."""
    return {
        "code": found.problem.rule,
        "severity": config.severity(found),
        "file": found.file,
        "line": found.line,
        "column": found.column,
        "path": _pointer(found.problem.path),
        "message": {"vi": config.message(found, "vi"), "en": config.message(found, "en")},
    }


def show_problems(config: "ConfigFolder", problems: Sequence["LocatedProblem"]) -> None:
    """Print problems file by file as `file:line:column CODE message`, and count them on stderr."""
    for number, (_, group) in enumerate(groupby(problems, key=lambda found: found.file)):
        if number:
            show_text("")
        for found in group:
            place = f"{found.file}:{found.line}:{found.column}"
            show_text(f"{place} {found.problem.rule} {config.message(found, FACE.lang)}")
    errors = sum(config.severity(found) == "error" for found in problems)
    warnings = len(problems) - errors
    tell(f"{errors} lỗi, {warnings} cảnh báo", f"{errors} errors, {warnings} warnings")


def show_annotations(config: "ConfigFolder", problems: Sequence["LocatedProblem"]) -> None:
    """Print problems as workflow commands that a forge shows beside the lines."""
    for found in problems:
        place = f"file={_property(found.file)},line={found.line},col={found.column}"
        title = _property(found.problem.rule)
        message = _escaped(config.message(found, FACE.lang))
        show_text(f"::{config.severity(found)} {place},title={title}::{message}")


def _pointer(path: Sequence[str | int]) -> str:
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
