"""`motcua dispatch`: the queue of dossiers whose competent agency is not known, and naming that agency."""

from typing import Annotated

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.dossier_view import show_moved, when
from motcua.cli.lending import reading, writing
from motcua.cli.options import CodeArgument, OfficerOption
from motcua.cli.output import show_found
from motcua.cli.tables import Columns, show_rows
from motcua.services.dispatching import queue, route
from motcua.services.giving_up import give_up
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import parse_code
from states.wire import to_wire

app = typer.Typer(name="dispatch", help="Dossiers without a known agency.", no_args_is_help=True)

_WAITING: Columns = (
    ("mã hồ sơ", "dossier", "code"),
    ("thủ tục", "procedure", "procedure"),
    ("nơi nhận", "received at", "received"),
    ("từ", "since", lambda row: when(row["since"])),
    ("hạn", "due", lambda row: when(row["due"])),
    ("bị trả lại bởi", "given back by", lambda row: row["returned_by"] or ""),
    ("lý do", "reason", lambda row: row["reason"] or ""),
)


@app.command("list")
@reading
def list_command(house: Installation) -> None:
    """List what waits for a dispatcher, the most urgent first; what an agency gave back is told with its reason.

    Example: motcua dispatch list --json
    """
    rows = [
        {**to_wire(item), "since": item.since.isoformat(), "due": item.due and item.due.isoformat()}
        for item in queue(house)
    ]
    show_found({"waiting": rows}, show_rows, _WAITING, rows)


@app.command("route")
@writing
def route_command(
    house: Installation,
    code: CodeArgument,
    agency: Annotated[str, typer.Option("--to", metavar="AGENCY", help="Code of the competent agency.")],
    person: OfficerOption,
    expect: Annotated[
        int, typer.Option("--expect", metavar="VERSION", min=0, help="The version that was looked at.")
    ],
) -> None:
    """Name the competent agency; the worker opens the real dossier there, with all that came with this one.

    Example: motcua dispatch route H99.01-260302-0001 --to H99.41.03 --as cb.h99.01-7 --expect 1
    """
    actor = officer(house, person)
    show_moved(house, route(house, parse_code(code), agency, actor, expect, operating_system_user()))


@app.command("give-up")
@writing
def give_up_command(
    house: Installation,
    code: CodeArgument,
    component: Annotated[str, typer.Argument(metavar="COMPONENT", help="The part that cannot be opened.")],
    person: OfficerOption,
    reason: Annotated[
        str, typer.Option("--reason", help="Why; kept apart from the trail, as personal data.")
    ],
    expect: Annotated[
        int | None, typer.Option("--expect", metavar="VERSION", min=0, help="The version that was looked at.")
    ] = None,
) -> None:
    """Do not wait any more for a component whose dossier cannot be opened: by the head of the lead agency.

    A dispatcher's dossier is in the queue again; a group goes on without it, and the applicant is told.

    Example: motcua dispatch give-up H99.06-260302-0001 health --as cb.h99.06-1 --reason "cơ quan đã giải thể"
    """
    actor = officer(house, person)
    auth = operating_system_user()
    show_moved(house, give_up(house, parse_code(code), component, actor, reason, expect, auth))
