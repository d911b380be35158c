"""`motcua dossier`: take dossiers in, show and explain them, move them, list them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.data_files import read_particulars, read_submission
from motcua.cli.dossier_view import (
    lateness,
    show_dossier,
    show_explained,
    show_moved,
    show_slack,
    when,
)
from motcua.cli.lending import reading, writing
from motcua.cli.options import CodeArgument, IdemOption, LimitOption, MandateOption
from motcua.cli.output import ExitCode, show_found
from motcua.cli.public_statuses import public_name
from motcua.cli.reports import show_shares
from motcua.cli.tables import Columns, show_rows
from motcua.services.citizens import check_code
from motcua.services.families import tree
from motcua.services.giving_out import POSTED, SHOWN, Handing, noting
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import parse_code, submit
from motcua.services.listing import any_late, listed
from motcua.services.presenting import describe, ordered
from motcua.services.presenting_clocks import explained
from motcua.services.responsibility import responsibility
from motcua.services.slack import time_to_spare
from motcua.services.standing_in import acting_as
from motcua.services.transitions import send
from states.commands import APPLICANT_ACTOR, Actor
from states.procedure import APPLICANT, CHANNELS

app = typer.Typer(name="dossier", help="Take dossiers in, show them, move them.", no_args_is_help=True)

FailOnLateOption = Annotated[bool, typer.Option("--fail-on-late", help="Exit 7 when a dossier is late.")]
ShownOption = Annotated[
    str | None,
    typer.Option(
        "--shown",
        metavar="|".join((*SHOWN, POSTED)),
        help="What who takes the result showed; post where the applicant chose that. Needs --receiver.",
    ),
]
ReceiverOption = Annotated[
    str | None,
    typer.Option("--receiver", metavar="NAME", help="Who takes the result; of the post, its number."),
]


_TREE: Columns = (
    ("hồ sơ", "dossier", lambda at: "  " * at[0] + (at[1]["code"] or f"({at[1]['component']})")),
    ("thủ tục", "procedure", lambda at: at[1]["procedure"] or ""),
    ("cơ quan", "agency", lambda at: at[1]["agency"] or ""),
    ("bước", "step", lambda at: ", ".join(at[1]["states"]) or at[1]["status"]),
    ("kết quả", "outcome", lambda at: at[1]["outcome"] or ""),
    ("hạn", "due", lambda at: when(at[1]["due"])),
)
_LISTED: Columns = (
    ("mã hồ sơ", "dossier", "code"),
    ("thủ tục", "procedure", "procedure"),
    ("bước", "step", lambda row: ", ".join(row["states"])),
    ("công khai", "public", lambda row: public_name(row["public_status"])),
    ("hạn", "due", lambda row: when(row["due"])),
    ("", "", lateness),
)


def acting(house: Installation, person: str | None) -> Actor:
    """Return who acts: an officer by id, or the applicant."""
    return APPLICANT_ACTOR if person in (None, APPLICANT) else officer(house, str(person))


@app.command()
@writing
def new(
    house: Installation,
    procedure: Annotated[str, typer.Argument(metavar="PROCEDURE", help="Code of the procedure.")],
    channel: Annotated[str, typer.Option("--channel", metavar="|".join(CHANNELS), help="How it came in.")],
    data: Annotated[str, typer.Option("--data", metavar="FILE.json", help="Its data; - reads stdin.")],
    person: Annotated[
        str | None, typer.Option("--as", metavar="OFFICER", help="Who took it in; else the applicant did.")
    ] = None,
    idem: IdemOption = None,
) -> None:
    """Take a dossier in; "motcua schema --data PROCEDURE" describes FILE.json.

    Example: motcua dossier new 1.009756 --channel counter --data dossier.json --json
    """
    submission = read_submission(data, procedure, channel)
    show_moved(house, submit(house, submission, acting(house, person), operating_system_user(), idem))


@app.command("send")
@writing
def send_command(
    house: Installation,
    code: CodeArgument,
    transition: Annotated[str, typer.Argument(metavar="TRANSITION", help="What to do; show lists it.")],
    person: Annotated[str, typer.Option("--as", metavar="OFFICER", help="An officer's id, or: applicant.")],
    expect: Annotated[
        int, typer.Option("--expect", metavar="VERSION", min=0, help="The version that was looked at.")
    ],
    data: Annotated[
        str | None, typer.Option("--data", metavar="FILE.json", help="What comes with it; - reads stdin.")
    ] = None,
    mandate: MandateOption = "",
    shown: ShownOption = None,
    receiver: ReceiverOption = None,
    idem: IdemOption = None,
) -> None:
    """Move a dossier along one transition, or extend its term; with --mandate in the name of whoever gave it.

    A ready result is given out only with --shown and --receiver: what who takes it showed, and their name.

    Example: motcua dossier send H99.05-260302-0001 accept --as cb.h99.01-7 --expect 1 --json
    """
    particulars, auth, dossier = read_particulars(data), operating_system_user(), parse_code(code)
    handing = None if shown is None and receiver is None else Handing(shown or "", receiver or "")
    with acting_as(house, acting(house, person), auth, mandate, transition, dossier) as who:
        reason = noting(house, house.store.load(dossier), transition, particulars.reason, handing)
        given = replace(particulars, reason=reason)
        stored = send(house, dossier, transition, who, expect, given, auth, idem)
    show_moved(house, stored)


@app.command()
@reading
def show(house: Installation, code: CodeArgument) -> None:
    """Show a dossier: its state, clocks and tasks, what may be done next and by whom."""
    view = describe(house, house.store.load(parse_code(code)))
    show_found(view, show_dossier, view)


@app.command("tree")
@reading
def tree_command(house: Installation, code: CodeArgument) -> None:
    """Show the submission that a dossier is part of, with all its components."""
    found = tree(house, parse_code(code))
    show_found(found, show_rows, _TREE, list(_branches(found, 0)))


def _branches(branch: dict[str, Any], depth: int) -> Iterator[tuple[int, dict[str, Any]]]:
    yield depth, branch
    for child in branch["children"]:
        yield from _branches(child, depth + 1)


@app.command()
@reading
def explain(house: Installation, code: CodeArgument) -> None:
    """Say for each clock, day by day, why it is due when it is."""
    stored = house.store.load(parse_code(code))
    clocks, orders = explained(house, stored), ordered(house, stored)
    told = {"code": code, "clocks": clocks, "orders": orders}
    show_found(told, show_explained, clocks, orders)


@app.command("slack")
@reading
def slack_command(house: Installation, code: CodeArgument) -> None:
    """Say how much time each term has to spare, if everybody ahead takes all the time that is theirs."""
    found = time_to_spare(house, house.store.load(parse_code(code)))
    show_found({"code": code, "clocks": found}, show_slack, found)


@app.command("check-code")
@reading
def check_code_command(house: Installation, code: CodeArgument) -> None:
    """Print the check code by which the applicant looks the dossier up; give it to nobody else."""
    found = check_code(house, house.store.load(parse_code(code)).id)
    show_found({"code": code, "check": found}, print, found)


@app.command("responsibility")
@reading
def responsibility_command(house: Installation, code: CodeArgument) -> None:
    """Say whose every second it was, planned against actual, and who made it late."""
    found = responsibility(house, house.store.load(parse_code(code)))
    show_found(found, show_shares, found["parties"])


@app.command("list")
@reading
def list_command(
    house: Installation,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="CODE", help="Of this lead agency.")
    ] = None,
    procedure: Annotated[
        str | None, typer.Option("--procedure", metavar="CODE", help="Of this procedure.")
    ] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Only those that have not ended.")] = False,
    late: Annotated[bool, typer.Option("--late", help="Only those past their appointment.")] = False,
    fail_on_late: FailOnLateOption = False,
    limit: LimitOption = 100,
) -> None:
    """List dossiers, the nearest due instant first.

    Example: motcua dossier list --agency H99.05 --open --late --fail-on-late
    """
    rows = listed(house, agency=agency, procedure=procedure, open_only=open_only, late_only=late, limit=limit)
    failed = fail_on_late and any_late(house, agency=agency, procedure=procedure)
    show_found({"dossiers": rows}, show_rows, _LISTED, rows)
    if failed:
        raise typer.Exit(ExitCode.LATE)
