"""`motcua test` plays the scenarios of procedures; `motcua simulate` lets a designer step through one."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motcua.bootstrap import SystemClock, config_folder
from motcua.cli.lending import speaking
from motcua.cli.output import FACE, BadFile, ExitCode, show_found, show_json, show_text, tell, words
from motcua.cli.stepping import Stepper, session_json
from motcua.cli.tables import Columns, show_rows
from motcua.services.calendars import read_instant
from motcua.services.procedures import Rehearsal, Session, first_facts, rehearse, sketch_world
from states.errors import DomainError, Kind
from states.simulate import Failure
from states.world import World

if TYPE_CHECKING:
    from motcua.bootstrap import ConfigFolder, ProcedureSource

app = typer.Typer()


class NothingToPlay(DomainError):
    """There is no scenarios.yaml at or below {path}. Name a procedure that has one, or write one beside it."""

    kind = Kind.NOT_FOUND
    vi = "Không có scenarios.yaml tại {path}. Hãy chỉ thủ tục đã có kịch bản, hoặc viết tệp này cạnh thủ tục."


@app.command()
@speaking
def test(
    path: Annotated[
        str | None, typer.Argument(help="A procedure, or a folder of them; else all of config.")
    ] = None,
) -> None:
    """Play the scenarios of procedures and compare with what they expect; exit 3 when one differs.

    Example: motcua test config/procedures
    """
    played = _play(path)
    told = {"ok": _ok(played), "procedures": [_rehearsal_json(*item) for item in played]}
    show_found(told, _show_rehearsals, played)
    raise typer.Exit(ExitCode.OK if _ok(played) else ExitCode.INVALID)


@app.command()
@speaking
def simulate(
    procedure: Annotated[str, typer.Argument(help="A code, a folder or a file.")],
    at: Annotated[
        str | None, typer.Option("--at", metavar="INSTANT", help="When it is submitted; else now.")
    ] = None,
    channel: Annotated[str, typer.Option("--channel", help="How it is submitted.")] = "counter",
    fact: Annotated[
        list[str] | None, typer.Option("--fact", metavar="ID=VALUE", help="A fact from the start.")
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option("--document", metavar="ID", help="A paper handed in; else all.")
    ] = None,
) -> None:
    """Step through a procedure with a clock that you move; commands come from stdin, so it can be scripted.

    Commands: a number or an id of what is allowed (with `by=ROLE fact=value docs=a,b`), `+30m`, `+2h`, `+3d`
    (calendar days), `+1wd` (working days), `+4wh` (working hours), `due` (go to the next due instant), `quit`.

    Example: motcua simulate 1.001612 --at 2026-03-02T08:30 --json < steps.txt
    """
    config = config_folder()
    source = config.load(config.find(procedure))
    drawn, world = source.procedure, _world(config, source)
    now = SystemClock().now() if at is None else read_instant(at, world.calendar)
    stepper = Stepper(
        Session(
            world=world,
            now=now.replace(second=0, microsecond=0),
            channel=channel,
            facts={**first_facts(drawn), **Stepper.read_facts(drawn, fact or ())},
            documents=[item.id for item in drawn.documents] if document is None else document,
        )
    )
    stepper.run(sys.stdin)
    if FACE.json:
        show_json(session_json(stepper.session))
    raise typer.Exit(ExitCode.CONFLICT if stepper.refused and not sys.stdin.isatty() else ExitCode.OK)


def _play(path: str | None) -> list[tuple[str, str, Rehearsal]]:
    """Play what is at or below a path; by code and file."""
    config = config_folder()
    folder = config.root / "procedures" if path is None else Path(path)
    files = config.procedure_files(folder) if folder.is_dir() else [config.find(path or "")]
    if folder.is_dir() and not files:
        raise BadFile(file=folder, reason="no procedure.yaml")
    played = []
    for file in files:
        source = config.load(file)
        scenarios = config.scenarios(source)
        if scenarios:
            rehearsal = rehearse(_world(config, source), scenarios)
            played.append((source.procedure.code, file.as_posix(), rehearsal))
            tell(
                f"{source.procedure.code}: {len(scenarios)} kịch bản",
                f"{source.procedure.code}: {len(scenarios)} played",
            )
    if not played:
        raise NothingToPlay(path=folder)
    return played


def _world(config: "ConfigFolder", source: "ProcedureSource") -> World:
    """Sketch the world of a procedure by the calendars and agencies that it stands among."""
    around = config.around(source.file)
    return sketch_world(source.procedure, around.calendars, around.directory)


def _ok(played: list[tuple[str, str, Rehearsal]]) -> bool:
    return all(rehearsal.ok for _, _, rehearsal in played)


def _rehearsal_json(code: str, file: str, rehearsal: Rehearsal) -> dict[str, Any]:
    return {
        "code": code,
        "file": file,
        "ok": rehearsal.ok,
        "scenarios": [
            {
                "id": trace.scenario,
                "ok": trace.ok,
                "failures": [_failure_json(item) for item in trace.failures],
            }
            for trace in rehearsal.traces
        ],
        "coverage": {
            "used": rehearsal.used,
            "possible": rehearsal.possible,
            "unused": rehearsal.unused,
        },
    }


def _failure_json(failure: Failure) -> dict[str, Any]:
    return {
        "step": failure.step,
        "what": failure.what,
        "expected": failure.expected,
        "actual": failure.actual,
    }


def _show_rehearsals(played: list[tuple[str, str, Rehearsal]]) -> None:
    for code, _, rehearsal in played:
        _show_rehearsal(code, rehearsal)


def _show_rehearsal(code: str, rehearsal: Rehearsal) -> None:
    show_rows(_TRACES, rehearsal.traces, title=code)
    for trace in rehearsal.traces:
        for failure in trace.failures:
            show_text(f"  {trace.scenario} {_where(failure)}: {_differs(failure)}")
    unused = f": {', '.join(rehearsal.unused)}" if rehearsal.unused else ""
    share = f"{rehearsal.used}/{rehearsal.possible}"
    show_text(
        words(
            f"Bước chuyển đã đi qua {share}; chưa qua{unused or ': –'}",
            f"Transitions taken {share}; not taken{unused or ': –'}",
        )
    )


def _where(failure: Failure) -> str:
    names = {0: words("lúc nộp", "at submission"), -1: words("lúc kết thúc", "at the end")}
    return names.get(failure.step, words(f"bước {failure.step}", f"step {failure.step}"))


def _differs(failure: Failure) -> str:
    expected, actual = failure.expected, failure.actual
    return words(
        f"{failure.what}: mong đợi {expected}, thực tế {actual}",
        f"{failure.what}: expected {expected}, got {actual}",
    )


_TRACES: Columns = (
    ("kịch bản", "scenario", lambda trace: trace.scenario),
    ("kết quả", "result", lambda trace: words("đạt", "ok") if trace.ok else words("SAI", "FAILED")),
    ("bước", "rows", lambda trace: len(trace.rows)),
    ("kết thúc ở", "ends in", lambda trace: ", ".join(trace.rows[-1].dossier.states) if trace.rows else None),
)
