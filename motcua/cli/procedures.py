"""`motcua validate`, `explain`, `schema` and `diagram`: what a designer asks of procedure files."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from motcua.bootstrap import config_folder, open_house
from motcua.cli.lending import speaking
from motcua.cli.options import DbOption, LangOption, QuietOption
from motcua.cli.output import FACE, ExitCode, show_found, show_json, show_text, tell, words
from motcua.cli.problems import problem_json, show_annotations, show_problems
from states.errors import DomainError, Kind
from states.procedure import Procedure

app = typer.Typer()


class Format(StrEnum):
    """How `validate` reports."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class UnknownRule(DomainError):
    """There is no rule {given}. Rules look like E-FLOW-003; motcua validate names them."""

    kind = Kind.NOT_FOUND
    vi = "Không có quy tắc {given}. Mã quy tắc có dạng E-FLOW-003, do motcua validate nêu ra."


class UnknownSchema(DomainError):
    """There is no kind of file called {given}. Known: {known}."""

    kind = Kind.NOT_FOUND
    vi = "Không có loại tệp {given}. Hiện có: {known}."


@app.command()
@speaking
def validate(
    paths: Annotated[
        list[Path], typer.Argument(help="Files, folders of procedures, or whole config folders.")
    ],
    form: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.TEXT,
) -> None:
    """Check config files and say all that is wrong: code, file, line, column; exit 3 when there is an error.

    Example: motcua validate config --format json
    """
    FACE.json = FACE.json or form is Format.JSON
    config = config_folder()
    with _without_collecting():
        problems = config.validate(paths)
    failed = any(config.severity(problem) == "error" for problem in problems)
    told = {"ok": not failed, "problems": [problem_json(config, problem) for problem in problems]}
    show_found(told, show_annotations if form is Format.GITHUB else show_problems, config, problems)
    raise typer.Exit(ExitCode.INVALID if failed else ExitCode.OK)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Thousands of small trees are built and all are kept: looking for garbage takes a quarter of the time."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


@app.command()
@speaking
def explain(code: Annotated[str, typer.Argument(help="Code of a rule, such as E-FLOW-003.")]) -> None:
    """Explain a rule: what it says, why it exists, how to satisfy it."""
    rule = config_folder().rules.get(code.upper())
    if rule is None:
        raise UnknownRule(given=code)
    message, why = {"vi": rule.vi, "en": rule.en}, {"vi": rule.why_vi, "en": rule.why_en}
    severity = {"error": words("lỗi", "error"), "warning": words("cảnh báo", "warning")}[rule.severity]
    told = {"code": rule.code, "severity": rule.severity, "message": message, "why": why}
    show_found(told, show_text, f"{rule.code} ({severity})\n\n{words(**message)}\n\n{words(**why)}")


@app.command()
@speaking
def schema(
    kind: Annotated[
        str, typer.Argument(help="procedure, scenarios, ladder, positions, iso9001...")
    ] = "procedure",
    data: Annotated[
        str | None,
        typer.Option("--data", metavar="PROCEDURE", help="Describe the data of `dossier new` instead."),
    ] = None,
    db: DbOption = None,
) -> None:
    """Print a JSON Schema: of a kind of config file, or of the data that a procedure's dossiers begin with.

    With --db the version in force there is described, else the one in the config folder.

    Example: motcua schema --data 1.001612
    """
    show_json(_file_schema(kind) if data is None else _data_schema(data, db))


@app.command()
def diagram(
    procedure: Annotated[str, typer.Argument(help="A code, a folder or a file.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A .svg or a .mmd file; else Mermaid on stdout.")
    ] = None,
    db: DbOption = None,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Draw a procedure: lanes as SVG, or the chart as Mermaid.

    Example: motcua diagram 1.001612 -o household.svg
    """
    from states.diagram import lanes_svg, mermaid

    if output is not None and output.suffix not in (".svg", ".mmd"):
        raise typer.BadParameter("the file must end in .svg or .mmd", param_hint="--output")
    drawn = procedure_of(procedure, db)
    text = lanes_svg(drawn, FACE.lang) if output is not None and output.suffix == ".svg" else mermaid(drawn)
    if output is None:
        show_text(text.rstrip("\n"))
        return
    output.write_text(text, encoding="utf-8")
    tell(f"Đã ghi {output}", f"Wrote {output}")


def procedure_of(name: str, db: str | None) -> Procedure:
    """Return a procedure as it is in force in a database or, without one, as it stands in the config folder."""
    if db is None:
        config = config_folder()
        return config.load(config.find(name)).procedure
    from motcua.services.opening import version_in_force

    with open_house(db) as house:
        return house.worlds.procedure(version_in_force(house, name, house.now()).digest)


def _file_schema(kind: str) -> dict[str, Any]:
    config = config_folder()
    if kind not in config.schema_kinds:
        raise UnknownSchema(given=kind, known=", ".join(config.schema_kinds))
    return config.schema(kind)


def _data_schema(name: str, db: str | None) -> dict[str, Any]:
    from motcua.services.data_schema import data_schema

    return data_schema(procedure_of(name, db))
