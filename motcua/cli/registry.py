"""`motcua registry`: agencies over time, and reorganisations that one person proposes and a second one approves."""

from pathlib import Path
from typing import Annotated, Any

import typer

from motcua.bootstrap import config_folder, operating_system_user
from motcua.cli.dated import AtOption, reading_house, writing_house
from motcua.cli.evidence import read_day
from motcua.cli.options import DbOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, ExitCode, show_json, show_table, show_text, tell, words
from motcua.services import registry as service
from motcua.services.describing_agencies import agency_at, history_of, listed
from motcua.services.reorganising import Effected, take_effect
from states.wire import to_wire

app = typer.Typer(name="registry", help="Agencies over time, and reorganisations.", no_args_is_help=True)

OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help="As it was on a local day; else today.")
]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="Code of the agency.")]
ByOption = Annotated[str, typer.Option("--by", metavar="OFFICER", help="Who proposes or approves.")]


@app.command("list")
def list_command(
    on: OnOption = None, db: DbOption = None, as_json: JsonOption = False, lang: LangOption = None
) -> None:
    """List the agencies that are open on a day.

    Example: motcua registry list --on 2026-07-01
    """
    day = None if on is None else read_day(on, "--on")
    with reading_house(db) as house:
        rows = listed(house, day or service.today(house))
    if FACE.json:
        show_json({"agencies": rows})
        return
    names = (words("mã", "code"), words("tên", "name"), words("loại", "kind"), words("cấp trên", "parent"))
    show_table(names, [(row["code"], row["name"], row["kind"], row["parent"]) for row in rows])


@app.command()
def show(
    code: CodeArgument,
    on: OnOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Show an agency as it is on a day: name, period, who answers for it, desks, people.

    Example: motcua registry show H99.41.01 --on 2026-07-01
    """
    day = None if on is None else read_day(on, "--on")
    with reading_house(db) as house:
        told = agency_at(house, code, day or service.today(house))
    _show(told)


@app.command()
def history(
    code: CodeArgument, db: DbOption = None, as_json: JsonOption = False, lang: LangOption = None
) -> None:
    """Show an agency's names, period and successors over time, and the reorganisations that name it."""
    with reading_house(db) as house:
        told = history_of(house, code)
    _show(told)


@app.command()
def propose(
    file: Annotated[Path, typer.Argument(metavar="CHANGE.yaml", help="The reorganisation.")],
    by: ByOption,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Propose a reorganisation and print its digest; a second person approves it by that digest.

    Example: motcua registry propose merge.yaml --by an
    """
    change = config_folder().registry_change(file)
    with writing_house(db, at) as house:
        done = service.propose(house, change, by, operating_system_user())
    _say(done, [])


@app.command()
def approve(
    digest: Annotated[str, typer.Argument(metavar="DIGEST", help="The digest of the proposal.")],
    by: ByOption,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Approve a reorganisation as the second person; it takes effect now, or on its day by the worker.

    Example: motcua registry approve DIGEST --by binh
    """
    with writing_house(db, at) as house:
        service.approve(house, digest, by, operating_system_user())
        effected = take_effect(house)
        done = service.find(house, digest)
    _say(done, effected)
    failed = {code: reason for one in effected for code, reason in one.failed.items()}
    for code, reason in failed.items():
        tell(f"{code}: chưa chuyển được: {reason}", f"{code}: not re-bound yet: {reason}")
    if failed:
        raise typer.Exit(ExitCode.INVALID)


@app.command()
def pending(
    everything: Annotated[bool, typer.Option("--all", help="Those that took effect, too.")] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List reorganisations that were proposed or approved and have not taken effect everywhere."""
    with reading_house(db) as house:
        found = [one for one in service.reviews(house) if everything or one.status != "effected"]
    if FACE.json:
        show_json({"changes": [_reviewed(one) for one in found]})
        return
    columns = (
        words("hiệu lực từ", "effective"),
        words("loại", "kind"),
        words("cơ quan", "agencies"),
        words("tình trạng", "status"),
        words("đề xuất", "proposed by"),
        words("phê duyệt", "approved by"),
        words("mã băm", "digest"),
    )
    rows = [
        (one.change.effective, one.change.kind, ", ".join(one.change.agencies), words(*_STATUS[one.status]),
         one.proposed_by, one.approved_by, one.digest)
        for one in found
    ]  # fmt: skip
    show_table(columns, rows)


_STATUS = {
    "proposed": ("chờ phê duyệt", "proposed"),
    "approved": ("đã duyệt, chờ hiệu lực", "approved"),
    "effected": ("đã có hiệu lực", "in effect"),
}


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


def _say(done: service.Reviewed, effected: list[Effected]) -> None:
    if FACE.json:
        show_json(_reviewed(done))
        return
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
    if FACE.json:
        show_json(told)
        return
    for name, value in told.items():
        lines = value if isinstance(value, list) else [value]
        for line in lines or ["-"]:
            shown = "  ".join(f"{k}={v}" for k, v in line.items()) if isinstance(line, dict) else line
            show_text(f"{name}: {'-' if shown is None else shown}")
