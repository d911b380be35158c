"""`motcua portal`: keep the national portal informed, compare it with what is true here, take in what it has."""

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer

from motcua.bootstrap import needed_portal, open_house, read_settings
from motcua.cli.dated import AtOption, writing_house
from motcua.cli.options import DbOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, ExitCode, show_json, show_table, show_text, tell, words
from motcua.services.portal import Pulled, Reconciled, mend, pull, reconcile, refused, tell_portal

app = typer.Typer(name="portal", help="The national portal.", no_args_is_help=True)

_KINDS = {
    "missing": ("Cổng chưa có", "missing there"),
    "status": ("khác trạng thái", "other status"),
    "appointment": ("khác hẹn trả", "other appointment"),
    "unknown": ("ở đây không có", "unknown here"),
}


@app.command("tell")
def tell_command(
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Tell the portal what it is owed now; exits 8 when it cannot be reached.

    Example: motcua portal tell
    """
    settings = read_settings()
    with writing_house(db, at) as house:
        told = tell_portal(house, needed_portal(settings))
    if FACE.json:
        show_json(asdict(told))
    else:
        show_text(
            words(
                f"đã báo {told.sent}, báo lại sau {told.retried}, bị từ chối {told.dead}",
                f"{told.sent} told, {told.retried} to be tried again, {told.dead} given up",
            )
        )
    _unless_reached(told.outage)


@app.command("pull")
def pull_command(
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Take in what citizens submitted there, once each; what is wrong is answered with its reason.

    Example: motcua portal pull --json
    """
    settings = read_settings()
    with writing_house(db, at) as house:
        pulled = pull(house, needed_portal(settings))
    if FACE.json:
        show_json(asdict(pulled))
    else:
        _show_pulled(pulled)
    _unless_reached(pulled.outage)


def _show_pulled(pulled: Pulled) -> None:
    rows = [
        *((id, words("đã tiếp nhận vào hệ thống", "taken in"), code) for id, code in pulled.taken.items()),
        *((id, words("không nhận", "refused"), reason) for id, reason in pulled.refused.items()),
        *((id, words("để sau", "later"), reason) for id, reason in pulled.later.items()),
    ]
    show_table((words("mã nộp", "submission"), "", words("hồ sơ, lý do", "dossier, reason")), rows)


@app.command("refused")
def refused_command(
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """List submissions that were not taken in, with the reason that the portal was told.

    Example: motcua portal refused
    """
    with open_house(db) as house:
        found = refused(house)
    if FACE.json:
        show_json([asdict(item) for item in found])
        return
    columns = (words("mã nộp", "submission"), words("lúc", "at"), words("lý do", "reason"), "")
    show_table(
        columns,
        [(item.submission, item.at.isoformat(), item.reason, words(item.vi, item.en)) for item in found],
    )


@app.command("reconcile")
def reconcile_command(
    mending: Annotated[bool, typer.Option("--mend", help="Owe the portal anew what differs there.")] = False,
    days: Annotated[
        int, typer.Option("--days", min=0, max=3660, help="Also dossiers that ended within so many days.")
    ] = 30,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """List what the portal says otherwise: dossiers missing there or unknown here, other status, other appointment.

    Example: motcua portal reconcile --mend
    """
    settings = read_settings()
    with writing_house(db, at) as house:
        found = reconcile(house, needed_portal(settings), timedelta(days=days))
        mended = mend(house, found) if mending else []
    if FACE.json:
        show_json({**asdict(found), "mended": mended})
    else:
        _show_differences(found)
        tell(
            f"đã so {found.compared}, đang chờ báo {found.waiting}, báo lại {len(mended)}",
            f"{found.compared} compared, {found.waiting} still to be told, {len(mended)} owed anew",
        )


def _show_differences(found: Reconciled) -> None:
    columns = (
        words("mã hồ sơ", "dossier"),
        words("sai khác", "difference"),
        words("ở đây", "here"),
        words("ở Cổng", "there"),
    )
    show_table(
        columns,
        [(item.code, words(*_KINDS[item.kind]), item.ours, item.theirs) for item in found.differences],
    )


def _unless_reached(outage: str) -> None:
    if outage:
        tell(f"Không liên lạc được với Cổng: {outage}", f"The portal cannot be reached: {outage}")
        raise typer.Exit(ExitCode.NOT_READY)
