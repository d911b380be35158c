"""`motcua sla` and `motcua worker`: keep the deadlines, once or until stopped, and deliver notices."""

import json
import os
import signal
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.embedded import Round, Worker, run_round
from motcua.bootstrap import (
    environment_of,
    hook_wire,
    national_portal,
    notice_channel,
    open_house,
    paper_press,
    read_settings,
)
from motcua.cli.dossier_view import when
from motcua.cli.lending import reading_house, speaking, writing_house
from motcua.cli.options import AtOption, DbOption
from motcua.cli.output import FACE, ExitCode, show_found, show_text, tell, words
from motcua.cli.tables import Columns, show_rows
from motcua.services.deadlines import Foreseen, Swept, foresee, mend_timers, pass_deadlines
from motcua.services.installation import Installation
from motcua.services.listing import any_late
from motcua.services.reorganising import take_effect
from motcua.settings import Settings, known_engine
from states.errors import DomainError, Kind


class NoPrefectServer(DomainError):
    """No Prefect server is named. Set PREFECT_API_URL, or use the embedded engine."""

    kind = Kind.NOT_READY
    vi = "Chưa chỉ ra máy chủ Prefect. Hãy đặt PREFECT_API_URL, hoặc dùng bộ điều phối embedded."


app = typer.Typer(help="Keep the deadlines.", no_args_is_help=True)
sla = typer.Typer(name="sla", help="Sweep the deadlines once.", no_args_is_help=True)
app.add_typer(sla)


@sla.callback()
def _sla() -> None:
    """Sweep the deadlines once."""


@sla.command()
@speaking
def sweep(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is due.")] = False,
    fail_on_late: Annotated[
        bool, typer.Option("--fail-on-late", help="Exit 7 when a dossier is past its appointment.")
    ] = False,
    at: AtOption = None,
    db: DbOption = None,
) -> None:
    """Let everything that fell due take effect: escalations, silences, clocks that ran out.

    Example: motcua sla sweep --dry-run
    """
    lend = reading_house if dry_run else writing_house
    with lend(at, db) as house:
        failed = _foresee(house) if dry_run else _sweep(house)
        late = fail_on_late and any_late(house)
    for code, reason in failed.items():
        tell(f"{code}: chưa quyết định được: {reason}", f"{code}: cannot be decided: {reason}")
    if failed:
        raise typer.Exit(ExitCode.INVALID)
    if late:
        raise typer.Exit(ExitCode.LATE)


def _sweep(house: Installation) -> dict[str, str]:
    take_effect(house)
    mend_timers(house)
    swept = pass_deadlines(house)
    show_found({"dry_run": False, **_counts(swept)}, show_text, _swept_line(swept))
    return swept.failed


def _counts(swept: Swept) -> dict[str, Any]:
    return {"rungs": swept.rungs, "lapsed": swept.lapsed, "outrun": swept.outrun, "failed": swept.failed}


def _swept_line(swept: Swept) -> str:
    return words(
        f"đã nhắc hạn {swept.rungs}, tự động chuyển {swept.lapsed}, chưa quyết định được {len(swept.failed)}",
        f"{swept.rungs} rungs fired, {swept.lapsed} moved by the clock, {len(swept.failed)} undecided",
    )


def _foresee(house: Installation) -> dict[str, str]:
    due, failed = foresee(house)
    rows = [_due(house, item) for item in due]
    show_found({"dry_run": True, "due": rows, "failed": failed}, show_rows, _DUE, rows)
    return failed


_DUE: Columns = (
    ("mã hồ sơ", "dossier", "code"),
    ("loại", "kind", "kind"),
    ("đồng hồ", "clock", "clock"),
    ("tên", "name", "name"),
    ("đến hạn lúc", "due at", lambda row: when(row["due_at"])),
)


def _due(house: Installation, item: Foreseen) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind,
        "clock": item.clock or None,
        "name": item.name,
        "due_at": None if item.due_at is None else _local(house, item.due_at),
    }


def _local(house: Installation, at: datetime) -> str:
    directory = house.worlds.directory
    return house.worlds.calendars[directory.get(directory.province).calendar].local(at).isoformat()


@app.command("worker")
@speaking
def worker_command(
    once: Annotated[bool, typer.Option("--once", help="Do all jobs once and exit.")] = False,
    every: Annotated[
        int, typer.Option("--every", metavar="SECONDS", min=1, max=3600, help="Look at least so often.")
    ] = 30,
    engine: Annotated[
        str | None,
        typer.Option("--engine", metavar="embedded|prefect", help="Else MOTCUA_ENGINE, else settings."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="What a Prefect server knows this worker by.")
    ] = None,
    deployments: Annotated[
        Path | None,
        typer.Option("--deployments", metavar="FILE", help="A prefect.yaml with other schedules."),
    ] = None,
    db: DbOption = None,
) -> None:
    """Keep the deadlines, draft owed papers and deliver notices until stopped; two at once do nothing twice.

    Example: motcua worker --db sqlite:///motcua.db --every 30
    """
    settings = read_settings()
    if known_engine(engine or settings.engine) == "prefect" and not once:
        _work_for_prefect(settings, db, name, deployments)
        return
    with open_house(db, settings=settings) as house:
        press, channel = paper_press(settings), notice_channel(house, settings)
        portal, hooks = national_portal(settings), hook_wire(settings)
        if once:
            mend_timers(house)
            _tell_round(run_round(house, press, channel, portal, hooks), always=True)
            return
        _keep(Worker(house, press, channel, _tell_round, timedelta(seconds=every), portal, hooks))


def _keep(worker: Worker) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    tell("Bắt đầu trực hạn; dừng bằng Ctrl+C.", "Keeping the deadlines; stop with Ctrl+C.")
    worker.run()
    tell("Đã dừng.", "Stopped.")


def _work_for_prefect(settings: Settings, db: str | None, name: str | None, deployments: Path | None) -> None:
    """Run as a process worker; its runs happen in folders of their own, so they get settings that fit anywhere."""
    if "PREFECT_API_URL" not in os.environ:
        raise NoPrefectServer
    os.environ.update(environment_of(settings, db))
    with open_house(db, settings=settings) as house:
        mend_timers(house)
    from flows.prefect_worker import work_until_stopped

    tell("Bắt đầu làm việc cho máy chủ Prefect.", "Working for the Prefect server.")
    work_until_stopped(name, deployments)
    tell("Đã dừng.", "Stopped.")


def _tell_portal_round(done: Round) -> None:
    """Print a line for what passed between here and the portal."""
    told, pulled = done.told, done.pulled
    outage = told.outage or pulled.outage
    if not any((told.sent, told.retried, told.dead, pulled.taken, pulled.refused, outage)):
        return
    if FACE.json:
        counts = {"told": told.sent, "taken": len(pulled.taken), "refused": len(pulled.refused)}
        print(json.dumps({"portal": {**counts, "dead": told.dead, "outage": outage}}), flush=True)
        return
    said = words(
        f"Cổng: đã báo {told.sent}, nhận về {len(pulled.taken)}, không nhận {len(pulled.refused)}",
        f"portal: {told.sent} told, {len(pulled.taken)} taken in, {len(pulled.refused)} refused",
    )
    print(f"{said}; {outage}" if outage else said, flush=True)


def _tell_webhooks(done: Round) -> None:
    """Print a line for what webhooks were told."""
    told = done.hooked
    if not any((told.queued, told.sent, told.retried, told.dead)):
        return
    if FACE.json:
        print(json.dumps({"webhooks": asdict(told)}), flush=True)
        return
    said = words(
        f"Webhook: thêm {told.queued}, đã gửi {told.sent}, gửi lại sau {told.retried}, bỏ lại {told.dead}",
        f"webhooks: {told.queued} queued, {told.sent} sent, {told.retried} to be tried again, {told.dead} given up",
    )
    print(said, flush=True)


def _tell_round(done: Round, always: bool = False) -> None:
    """Print a line for a round, or a job of it, that did something."""
    _tell_portal_round(done)
    _tell_webhooks(done)
    swept, drafted, relayed = done.swept, done.drafted, done.relayed
    failed = {message: error.message("en") for message, error in drafted.failed.items()}
    did = (swept.rungs, swept.lapsed, swept.failed, drafted.drafted, failed)
    if not always and not any((*did, relayed.sent, relayed.retried, relayed.dead)):
        return
    if FACE.json:
        papers = {"drafted": drafted.drafted, "undrafted": failed}
        sent = {"sent": relayed.sent, "retried": relayed.retried, "dead": relayed.dead}
        print(json.dumps({**_counts(swept), **papers, **sent}, ensure_ascii=False), flush=True)
    else:
        others = words(
            f"; đã soạn {drafted.drafted} giấy tờ, chưa soạn được {len(failed)}"
            f"; đã gửi {relayed.sent}, gửi lại sau {relayed.retried}, không gửi được {relayed.dead}",
            f"; {drafted.drafted} papers drafted, {len(failed)} could not be"
            f"; {relayed.sent} notices sent, {relayed.retried} to be tried again, {relayed.dead} given up",
        )
        print(_swept_line(swept) + others, flush=True)
