"""`motcua demo`: run a province for sixty working days, verify its trail, show a forgery being caught."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer

from motcua.bootstrap import config_folder, read_settings
from motcua.bootstrap.rehearsal import forged_copy, notice_file, rehearsal_house, stand_in_line
from motcua.cli.demo_view import Run, show_demo
from motcua.cli.lending import speaking
from motcua.cli.living import serve_province
from motcua.cli.output import FACE, ExitCode, progress, show_found
from motcua.services.demonstrating import (
    Period,
    Played,
    Verdict,
    figures,
    figures_informed,
    judge,
    perform,
    period_of,
    publish_all,
)
from motcua.services.installation import Installation
from motcua.settings import Settings
from states.calendar import BusinessCalendar
from states.diagram import lanes_svg
from states.procedure import Procedure

app = typer.Typer(help="Run a province for sixty working days.")

FOLDER = Path(".demo")
DATABASE = "motcua.db"
NOTICES = "notices.txt"
PARTS = 5


@app.command("demo")
@speaking
def demo_command(
    dossiers: Annotated[
        int, typer.Option("--dossiers", metavar="N", min=1, max=50_000, help="How many.")
    ] = 1200,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="The same seed gives the same province.")
    ] = 2026,
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="URL", help="An empty database; else an SQLite file in the folder."),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="DIR", help="Folder of all that is made; else .demo here."),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Then serve the pages, with a role picker, an hour a minute.")
    ] = False,
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65535, help="Port.")] = 8000,
) -> None:
    """Run a fictional province for sixty working days, verify its trail, show a forgery being caught.

    Example: motcua demo --dossiers 300 --seed 7 --keep province --serve
    """
    with _seldom_collecting():
        run = _run(dossiers, seed, db, keep)
    show_found({"seconds": round(run.seconds, 2), **run.figures}, show_demo, run)
    if not run.ok:
        raise typer.Exit(ExitCode.UNSOUND)
    if serve:
        serve_province(run.url, (keep or FOLDER).absolute(), read_settings(), seed, port)


def _run(dossiers: int, seed: int, db: str | None, keep: Path | None) -> Run:
    began, settings = perf_counter(), read_settings()
    folder = (keep or FOLDER).absolute()
    url = db or f"sqlite:///{folder / DATABASE}"
    _clear(folder, ours=keep is None, database=db is None)
    config = config_folder(settings)
    sources = [config.load(file) for file in config.procedure_files(config.root / "procedures")]
    calendar = BusinessCalendar(config.calendar(sources[0].procedure.calendar))
    period = period_of(calendar)
    with (
        rehearsal_house(url, settings, period.begins, seed) as (house, clock),
        notice_file(folder / NOTICES) as notices,
        stand_in_line(settings, seed, folder) as line,
    ):
        publish_all(house, [(source.procedure, source.source) for source in sources])
        with _days(period, calendar) as told:
            raised = perf_counter()
            played = perform(
                house, clock, notices, period, dossiers=dossiers, seed=seed, told=told, line=line
            )
            stage_seconds = perf_counter() - raised
        verdict = _verdict(house, period, url, settings)
        diagram = _draw(house, verdict, [source.procedure for source in sources], folder)
        told_of = _figures(house, verdict, played, len(sources), stage_seconds)
        if played.informed is not None:
            told_of["portal"] = figures_informed(played.informed, calendar)
    labels = {(s.procedure.code, state.id): state.label for s in sources for state in s.procedure.states}
    return Run(url, folder, diagram, played, verdict, told_of, labels, perf_counter() - began)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for garbage in cycles only when `_collect` is called; elsewise a quarter of the time would go into it."""
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()


def _collect() -> None:
    """Let go of what nobody needs, and never look again at what lives: most of a province lives to the end."""
    gc.collect()
    gc.freeze()


def _clear(folder: Path, ours: bool, database: bool) -> None:
    """Make the folder; take away what the last demonstration left in our own one."""
    folder.mkdir(parents=True, exist_ok=True)
    if ours:
        old = [folder / NOTICES, *folder.glob("*.svg"), *(folder.glob(f"{DATABASE}*") if database else ())]
        for path in old:
            path.unlink(missing_ok=True)


@contextmanager
def _days(period: Period, calendar: BusinessCalendar) -> Iterator[Callable[[datetime], None]]:
    """Show a bar that grows by one for every day that passes."""
    total = (period.last_day - period.first_day).days
    with progress("Tỉnh Sông Lam làm việc", "The province at work", total=total) as step:
        last = period.first_day

        def told(at: datetime) -> None:
            nonlocal last
            day: date = calendar.local_date(at)
            if day > last:
                _collect()
                step((day - last).days)
                last = day

        yield told


def _verdict(house: Installation, period: Period, url: str, settings: Settings) -> Verdict:
    with progress("Kiểm tra nhật ký", "Verifying the trail", total=PARTS) as step:

        def told(parts: int) -> None:
            _collect()
            step(parts)

        return judge(house, period.ends, partial(forged_copy, url, settings), told)


def _draw(house: Installation, verdict: Verdict, procedures: list[Procedure], folder: Path) -> Path:
    """Draw the procedure with the most states that hold dossiers now."""
    sums = verdict.standing
    procedure = max(procedures, key=lambda p: (len(sums.states.get(p.code, ())), p.code))
    path = folder / f"motcua-demo-{procedure.code}.svg"
    counts, late = sums.states.get(procedure.code, Counter()), sums.late.get(procedure.code, Counter())
    path.write_text(lanes_svg(procedure, FACE.lang, counts, late), encoding="utf-8")
    return path


def _figures(
    house: Installation, verdict: Verdict, played: Played, procedures: int, seconds: float
) -> dict[str, Any]:
    directory = house.worlds.directory
    return {
        **figures(verdict, procedures, len(directory.agencies)),
        "notices": played.sent,
        "refused": dict(played.refused),
        "transitions_per_second": round(verdict.transitions / seconds, 1),
        "on_time_by_agency": [
            {
                "agency": code,
                "name": directory.get(code).name,
                "finished": kept.finished,
                "on_time": kept.on_time,
                "late_open": kept.late,
            }
            for code, kept in sorted(verdict.standing.agencies.items())
        ],
    }
