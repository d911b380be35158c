"""`motcua drill`: proof by trying that nothing dies silently."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from random import SystemRandom
from typing import Annotated

import typer

from flows.cluster.signals import ended_in_order
from flows.handoff_drill import drill as handing
from flows.kill_drill.drill import Held, hold
from motcua.bootstrap import read_settings
from motcua.cli.lending import speaking
from motcua.cli.output import ExitCode, progress, show_found, tell, words
from motcua.cli.tables import show_rows

MEMORY = Path("/dev/shm")
ROOM, ROOM_EACH = 2**28, 2**18

app = typer.Typer(name="drill", help="Prove by trying that nothing dies silently.", no_args_is_help=True)

_NAMES = {
    "handoffs": ("lần bàn giao", "handoffs"),
    "kills": ("lần dừng đột ngột", "kills"),
    "acknowledged": ("yêu cầu đã được xác nhận", "commands acknowledged"),
    "lost": ("bị mất", "lost"),
    "double": ("bị lặp", "double"),
    "doubled": ("bị lặp", "doubled"),
    "missed": ("bị bỏ sót", "missed"),
    "holder_conflicts": ("tranh chấp người giữ", "holder conflicts"),
    "verified": (
        "cả hai nhật ký đúng, dẫn chiếu nhau và Cổng nói như vậy",
        "both trails verify and name each other, and the portal says the same",
    ),
    "recovery_seconds_max": ("phục hồi lâu nhất (giây)", "longest recovery (s)"),
}


@app.callback()
def _drill() -> None:
    """Prove by trying that nothing dies silently."""


@app.command()
@speaking
def kill(
    kills: Annotated[int, typer.Option("--kills", metavar="N", min=1, max=10_000, help="How many.")] = 10,
    db: Annotated[
        str | None,
        typer.Option(
            "--db",
            metavar="URL",
            help="An empty database; postgresql alone: a trial server; else an SQLite file for the time.",
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", help="Who is killed and when; else by chance.")
    ] = None,
) -> None:
    """Kill clients, workers and the database server at random, and look for what was lost, doubled or missed.

    On PostgreSQL the whole server of the database is killed and started again, so it must be one of this machine
    that serves nothing else.

    Example: motcua drill kill --kills 50 --db postgresql --json
    """
    chosen = SystemRandom().randrange(10**6) if seed is None else seed
    tell(f"Số gieo: {chosen}", f"Seed: {chosen}")
    folder = Path(tempfile.mkdtemp(prefix="motcua-drill-"))
    try:
        with ended_in_order(), progress("Đang dừng đột ngột", "Killing", total=kills) as step:
            held = hold(kills, db, chosen, read_settings(), folder, lambda: step(1))
    finally:
        with suppress(OSError):
            folder.rmdir()  # it goes if nothing was written, as when the database is refused
    _show(held)
    if held.losses.none:
        shutil.rmtree(folder, ignore_errors=True)
        return
    _explain(held, folder)
    raise typer.Exit(ExitCode.UNSOUND)


@app.command()
@speaking
def handoffs(
    count: Annotated[
        int, typer.Option("--count", metavar="N", min=2, max=100_000, help="How many are handed over.")
    ] = 200,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", help="Who dies and what goes astray; else by chance.")
    ] = None,
) -> None:
    """Let two installations hand dossiers to each other over a bad wire while both are killed at random.

    A fifth of all messages is doubled, delayed, overtaken or lost. Afterwards both trails are put together: no dossier
    may be lost or double, and each must have had exactly one holder at every instant.

    Example: motcua drill handoffs --count 2000 --json
    """
    chosen = SystemRandom().randrange(10**6) if seed is None else seed
    tell(f"Số gieo: {chosen}", f"Seed: {chosen}")
    folder = Path(tempfile.mkdtemp(prefix="motcua-drill-", dir=_in_memory(count)))
    with ended_in_order(), progress("Đang bàn giao", "Handing over", total=count) as step:
        held = handing.hold(count, chosen, read_settings(), folder, step)
    _show_handoffs(held)
    if held.good:
        shutil.rmtree(folder, ignore_errors=True)
        return
    _explain_handoffs(held, folder)
    raise typer.Exit(ExitCode.UNSOUND)


def _in_memory(count: int) -> Path | None:
    """Return a folder in memory with room for the databases: a killed process loses nothing that a disk would keep."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free > ROOM + count * ROOM_EACH else None


def _explain_handoffs(held: handing.Held, folder: Path) -> None:
    verdict = held.verdict
    for name, found in (
        ("lost", verdict.lost),
        ("double", verdict.double),
        ("holder conflict", verdict.conflicts),
        ("unnamed", verdict.unnamed),
        ("unsound", set(held.unsound)),
        ("lost to the portal", held.heard.lost),
        ("contradictory at the portal", held.heard.contradictory),
    ):
        for what in sorted(found)[:5]:
            tell(f"{name}: {what}", f"{name}: {what}")
    tell(f"Cơ sở dữ liệu và nhật ký: {folder}", f"Databases and logs: {folder}")


def _show_handoffs(held: handing.Held) -> None:
    verdict, heard = held.verdict, held.heard
    figures = {
        "handoffs": verdict.handoffs,
        "lost": len(verdict.lost),
        "double": len(verdict.double),
        "holder_conflicts": len(verdict.conflicts),
        "verified": held.verified,
    }
    tell(
        f"{held.deaths} lần chết đột ngột, {held.troubled} trong {held.carried} thông điệp bị gây rối, "
        f"Cổng trục trặc {heard.troubled} trong {heard.asked} lần",
        f"{held.deaths} sudden deaths, {held.troubled} of {held.carried} messages troubled, "
        f"the portal misbehaved {heard.troubled} of {heard.asked} times",
    )
    told = {"dossiers": heard.dossiers, "steps": heard.steps}
    wrong = {"lost": len(heard.lost), "contradictory": len(heard.contradictory)}
    show_found({**figures, "portal": {**told, **wrong}}, _show_rows_of, figures)


def _show(held: Held) -> None:
    losses = held.losses
    figures = {
        "kills": len(held.recovery_seconds),
        "acknowledged": held.acknowledged,
        "lost": len(losses.lost),
        "doubled": len(losses.doubled),
        "missed": len(losses.missed),
        "recovery_seconds_max": round(max(held.recovery_seconds), 2),
    }
    _show_figures(figures)


def _show_figures(figures: Mapping[str, object]) -> None:
    show_found(figures, _show_rows_of, figures)


def _show_rows_of(figures: Mapping[str, object]) -> None:
    show_rows((("", "", 0), ("", "", 1)), [(words(*_NAMES[k]), v) for k, v in figures.items()])


def _explain(held: Held, folder: Path) -> None:
    """Name some of what went wrong, and where the ledgers and logs lie."""
    losses = held.losses
    for name in ("lost", "doubled", "missed", "unsound"):
        for what in sorted(getattr(losses, name))[:5]:
            tell(f"{name}: {what}", f"{name}: {what}")
    tell(f"Sổ của máy khách và nhật ký: {folder}", f"Ledgers and logs: {folder}")
