"""`motcua portal`: keep the national portal informed, compare it with what is true here, take in what it has."""

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Any

import typer

from motcua.bootstrap import needed_portal, read_settings
from motcua.cli.lending import housed, reading, writing
from motcua.cli.output import FACE, ExitCode, show_found, show_json, show_text, tell, words
from motcua.cli.tables import Columns, show_rows
from motcua.services.installation import Installation
from motcua.services.portal import Lag, Pulled, lag, mend, pull, reconcile, refused, tell_portal

app = typer.Typer(name="portal", help="The national portal.", no_args_is_help=True)

_KINDS = {
    "missing": ("Cổng chưa có", "missing there"),
    "status": ("khác trạng thái", "other status"),
    "appointment": ("khác hẹn trả", "other appointment"),
    "unknown": ("ở đây không có", "unknown here"),
}
_REFUSED: Columns = (
    ("mã nộp", "submission", lambda item: item.submission),
    ("lúc", "at", lambda item: item.at.isoformat()),
    ("lý do", "reason", lambda item: item.reason),
    ("", "", lambda item: words(item.vi, item.en)),
)
_DIFFERENCES: Columns = (
    ("mã hồ sơ", "dossier", lambda item: item.code),
    ("sai khác", "difference", lambda item: words(*_KINDS[item.kind])),
    ("ở đây", "here", lambda item: item.ours),
    ("ở Cổng", "there", lambda item: item.theirs),
)
_BEHIND: Columns = (
    ("mã hồ sơ", "dossier", lambda item: item.code),
    ("từ lúc", "since", lambda item: item.since.isoformat()),
    ("số lần thử", "attempts", lambda item: item.attempts),
    ("lý do", "reason", lambda item: item.error),
)


@app.command("tell")
@writing
def tell_command(house: Installation) -> None:
    """Tell the portal what it is owed now; exits 8 when it cannot be reached.

    Example: motcua portal tell
    """
    told = tell_portal(house, needed_portal(read_settings()))
    said = words(
        f"đã báo {told.sent}, báo lại sau {told.retried}, bị từ chối {told.dead}",
        f"{told.sent} told, {told.retried} to be tried again, {told.dead} given up",
    )
    show_found(asdict(told), show_text, said)
    _unless_reached(told.outage)


@app.command("pull")
@writing
def pull_command(house: Installation) -> None:
    """Take in what citizens submitted there, once each; what is wrong is answered with its reason.

    Example: motcua portal pull --json
    """
    pulled = pull(house, needed_portal(read_settings()))
    show_found(asdict(pulled), _show_pulled, pulled)
    _unless_reached(pulled.outage)


def _show_pulled(pulled: Pulled) -> None:
    rows = [
        *((id, words("đã tiếp nhận vào hệ thống", "taken in"), code) for id, code in pulled.taken.items()),
        *((id, words("không nhận", "refused"), reason) for id, reason in pulled.refused.items()),
        *((id, words("để sau", "later"), reason) for id, reason in pulled.later.items()),
    ]
    show_rows((("mã nộp", "submission", 0), ("", "", 1), ("hồ sơ, lý do", "dossier, reason", 2)), rows)


@app.command("refused")
@housed
def refused_command(house: Installation) -> None:
    """List submissions that were not taken in, with the reason that the portal was told.

    Example: motcua portal refused
    """
    found = refused(house)
    show_found([asdict(item) for item in found], show_rows, _REFUSED, found)


@app.command("reconcile")
@writing
def reconcile_command(
    house: Installation,
    mending: Annotated[bool, typer.Option("--mend", help="Owe the portal anew what differs there.")] = False,
    days: Annotated[
        int, typer.Option("--days", min=0, max=3660, help="Also dossiers that ended within so many days.")
    ] = 30,
) -> None:
    """List what the portal says otherwise: dossiers missing there or unknown here, other status, other appointment.

    Example: motcua portal reconcile --mend
    """
    found = reconcile(house, needed_portal(read_settings()), timedelta(days=days))
    mended = mend(house, found) if mending else []
    if FACE.json:
        show_json({**asdict(found), "mended": mended})
    else:
        show_rows(_DIFFERENCES, found.differences)
        tell(
            f"đã so {found.compared}, đang chờ báo {found.waiting}, báo lại {len(mended)}",
            f"{found.compared} compared, {found.waiting} still to be told, {len(mended)} owed anew",
        )


@app.command("lag")
@reading
def lag_command(
    house: Installation,
    days: Annotated[
        int, typer.Option("--days", min=1, max=3660, help="Of the changes of so many days.")
    ] = 30,
) -> None:
    """Say what share of the changes of status the portal knew within the legal term, and which wait longer.

    Example: motcua portal lag --days 7
    """
    table = needed_portal(read_settings()).table
    found = lag(house, table, house.now() - timedelta(days=days))
    show_found(_plain(found), _show_lag, found)


def _plain(found: Lag) -> dict[str, Any]:
    return {
        "within_minutes": found.within // timedelta(minutes=1),
        "source": found.source,
        "told": found.told,
        "in_time": found.in_time,
        "share": None if found.share is None else round(found.share, 4),
        "slowest_seconds": found.slowest.total_seconds(),
        "outdated": found.outdated,
        "waiting": found.waiting,
        "behind": [
            {
                "code": item.code,
                "since": item.since.isoformat(),
                "waited_seconds": item.waited.total_seconds(),
                "attempts": item.attempts,
                "error": item.error,
            }
            for item in found.behind
        ],
    }


def _show_lag(found: Lag) -> None:
    minutes, changes = found.within // timedelta(minutes=1), found.told + found.outdated + len(found.behind)
    share = "–" if found.share is None else f"{found.share:.1%}"
    slowest = f"{found.slowest.total_seconds():.0f}"
    title = words(f"Chờ báo Cổng quá {minutes} phút", f"Waiting for the portal longer than {minutes} minutes")
    show_rows(_BEHIND, found.behind, title)
    show_text(
        words(
            f"{found.in_time} trong {changes} thay đổi trạng thái đến Cổng trong {minutes} phút"
            f" ({share.replace('.', ',')}; {found.source}); chậm nhất {slowest} giây; {found.waiting} đang trên đường",
            f"{found.in_time} of {changes} changes of status reached the portal within {minutes} minutes"
            f" ({share}; {found.source}); the slowest took {slowest} s; {found.waiting} on their way",
        )
    )


def _unless_reached(outage: str) -> None:
    if outage:
        tell(f"Không liên lạc được với Cổng: {outage}", f"The portal cannot be reached: {outage}")
        raise typer.Exit(ExitCode.NOT_READY)
