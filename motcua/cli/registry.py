"""`motcua registry`: agencies over time, and reorganisations that one person proposes and a second one approves."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from motcua.bootstrap import config_folder, operating_system_user
from motcua.cli.lending import housed, writing
from motcua.cli.options import ByOption, read_day
from motcua.cli.output import ExitCode, show_found, show_text, tell, words
from motcua.cli.tables import Columns, show_rows
from motcua.services import registry as service
from motcua.services.describing_agencies import agency_at, history_of, listed
from motcua.services.installation import Installation
from motcua.services.previewing import Preview
from motcua.services.previewing import preview as look_ahead
from motcua.services.reorganising import Effected, take_effect
from states.wire import to_wire

app = typer.Typer(name="registry", help="Agencies over time, and reorganisations.", no_args_is_help=True)

OnOption = Annotated[
    date | None,
    typer.Option("--on", metavar="DAY", parser=read_day, help="As it was on a local day; else today."),
]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="Code of the agency.")]

_STATUS = {
    "proposed": ("chờ phê duyệt", "proposed"),
    "approved": ("đã duyệt, chờ hiệu lực", "approved"),
    "effected": ("đã có hiệu lực", "in effect"),
}
_AGENCIES: Columns = (
    ("mã", "code", "code"),
    ("tên", "name", "name"),
    ("loại", "kind", "kind"),
    ("cấp trên", "parent", "parent"),
)
_CHANGES: Columns = (
    ("hiệu lực từ", "effective", lambda one: one.change.effective),
    ("loại", "kind", lambda one: one.change.kind),
    ("cơ quan", "agencies", lambda one: ", ".join(one.change.agencies)),
    ("tình trạng", "status", lambda one: words(*_STATUS[one.status])),
    ("đề xuất", "proposed by", lambda one: one.proposed_by),
    ("phê duyệt", "approved by", lambda one: one.approved_by),
    ("mã băm", "digest", lambda one: one.digest),
)


@app.command("list")
@housed
def list_command(house: Installation, on: OnOption = None) -> None:
    """List the agencies that are open on a day.

    Example: motcua registry list --on 2026-07-01
    """
    rows = listed(house, on or service.today(house))
    show_found({"agencies": rows}, show_rows, _AGENCIES, rows)


@app.command()
@housed
def show(house: Installation, code: CodeArgument, on: OnOption = None) -> None:
    """Show an agency as it is on a day: name, period, who answers for it, desks, people.

    Example: motcua registry show H99.41.01 --on 2026-07-01
    """
    told = agency_at(house, code, on or service.today(house))
    show_found(told, _show, told)


@app.command()
@housed
def history(house: Installation, code: CodeArgument) -> None:
    """Show an agency's names, period and successors over time, and the reorganisations that name it."""
    told = history_of(house, code)
    show_found(told, _show, told)


@app.command()
@writing
def propose(
    house: Installation,
    file: Annotated[Path, typer.Argument(metavar="CHANGE.yaml", help="The reorganisation.")],
    by: ByOption,
) -> None:
    """Propose a reorganisation and print its digest; a second person approves it by that digest.

    Example: motcua registry propose merge.yaml --by an
    """
    change = config_folder().registry_change(file)
    done = service.propose(house, change, by, operating_system_user())
    show_found(_reviewed(done), _show_reviewed, done, [])


@app.command()
@writing
def approve(
    house: Installation,
    digest: Annotated[str, typer.Argument(metavar="DIGEST", help="The digest of the proposal.")],
    by: ByOption,
) -> None:
    """Approve a reorganisation as the second person; it takes effect now, or on its day by the worker.

    Example: motcua registry approve DIGEST --by binh
    """
    service.approve(house, digest, by, operating_system_user())
    effected = take_effect(house)
    done = service.find(house, digest)
    show_found(_reviewed(done), _show_reviewed, done, effected)
    failed = {code: reason for one in effected for code, reason in one.failed.items()}
    for code, reason in failed.items():
        tell(f"{code}: chưa chuyển được: {reason}", f"{code}: not re-bound yet: {reason}")
    if failed:
        raise typer.Exit(ExitCode.INVALID)


@app.command()
@housed
def preview(
    house: Installation,
    digest: Annotated[str, typer.Argument(metavar="DIGEST", help="The digest of the proposal.")],
) -> None:
    """Show what a reorganisation would touch: open dossiers, tasks, mandates, people; nothing is written.

    Example: motcua registry preview DIGEST
    """
    told = _previewed(look_ahead(house, service.find(house, digest)))
    show_found(told, _show, told)


@app.command()
@housed
def pending(
    house: Installation,
    everything: Annotated[bool, typer.Option("--all", help="Those that took effect, too.")] = False,
) -> None:
    """List reorganisations that were proposed or approved and have not taken effect everywhere."""
    found = [one for one in service.reviews(house) if everything or one.status != "effected"]
    show_found({"changes": [_reviewed(one) for one in found]}, show_rows, _CHANGES, found)


def _reviewed(one: service.Reviewed) -> dict[str, Any]:
    return {
        "digest": one.digest,
        "status": one.status,
        "proposed_by": one.proposed_by,
        "proposed_at": one.proposed_at,
        "approved_by": one.approved_by,
        "approved_at": one.approved_at,
        "effected_at": one.effected_at,
        "effect": dict(one.effect),
        "change": to_wire(one.change),
    }


def _previewed(found: Preview) -> dict[str, Any]:
    return {
        "dossiers": [f"{way}: {count}" for way, count in sorted(found.dossiers.items())],
        "tasks": found.tasks,
        "mandates": [
            {
                "mandate": one.former.id,
                "document": one.former.document,
                "grantor": one.former.grantor,
                "holder": one.former.holder,
                "agency": one.former.agency,
                "goes_on": ", ".join(one.scopes) or None,
                "reason": one.reason,
            }
            for one in found.mandates
        ],
        "joining": [
            {"officer": post.officer, "agency": post.agency, "position": post.position}
            for post in found.joining
        ],
        "leaving": found.leaving,
    }


def _show_reviewed(done: service.Reviewed, effected: list[Effected]) -> None:
    show_text(done.digest)
    if done.status == "proposed":
        tell(
            f"Đã đề xuất; người thứ hai phê duyệt: motcua registry approve {done.digest} --by …",
            f"Proposed; a second person approves: motcua registry approve {done.digest} --by …",
        )
    elif done.status == "approved":
        tell(
            f"Đã phê duyệt; có hiệu lực từ {done.change.effective}.",
            f"Approved; it takes effect on {done.change.effective}.",
        )
    else:
        moved = sum(one.rebound for one in effected)
        tell(f"Đã có hiệu lực; chuyển {moved} hồ sơ.", f"In effect; {moved} dossiers re-bound.")


def _show(told: dict[str, Any]) -> None:
    for name, value in told.items():
        lines = value if isinstance(value, list) else [value]
        for line in lines or ["-"]:
            shown = "  ".join(f"{k}={v}" for k, v in line.items()) if isinstance(line, dict) else line
            show_text(f"{name}: {'-' if shown is None else shown}")
