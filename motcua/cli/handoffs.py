"""`motcua handoff`: what waits to be taken over; acknowledge, accept, return, send by post."""

from typing import Annotated

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.dossier_view import lateness, show_moved, when
from motcua.cli.lending import reading, writing
from motcua.cli.options import CodeArgument, LimitOption, OfficerOption
from motcua.cli.output import show_found
from motcua.cli.tables import Columns, show_rows
from motcua.services import handoffs
from motcua.services.handoffs import Asked
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import parse_code

app = typer.Typer(name="handoff", help="Hand dossiers over between agencies.", no_args_is_help=True)

StateArgument = Annotated[str, typer.Argument(metavar="STATE", help="The state handed over into.")]
ExpectOption = Annotated[
    int | None, typer.Option("--expect", metavar="N", help="The version of the dossier that you saw.")
]

_WAITING: Columns = (
    ("mã hồ sơ", "dossier", "code"),
    ("bước", "state", "state"),
    ("bên giao", "from", "sender"),
    ("bên nhận", "to", "receiver"),
    ("tình trạng", "status", "status"),
    ("hạn", "due", lambda row: when(row["due"])),
    ("", "", lateness),
)


@app.command("list")
@reading
def list_command(
    house: Installation,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="CODE", help="Sent by it, or to be received by it.")
    ] = None,
    unacknowledged: Annotated[
        bool, typer.Option("--unacknowledged", help="Only those of which the receiver said nothing yet.")
    ] = False,
    limit: LimitOption = 100,
) -> None:
    """List handoffs that wait for their receiver, the nearest due instant first.

    Example: motcua handoff list --agency H99.07 --unacknowledged
    """
    rows = handoffs.waiting(house, agency, unacknowledged, limit)
    show_found({"handoffs": rows}, show_rows, _WAITING, rows)


@app.command()
@writing
def acknowledge(
    house: Installation,
    code: CodeArgument,
    state: StateArgument,
    person: OfficerOption,
    expect: ExpectOption = None,
) -> None:
    """Say that your agency has what was offered; the sender still answers for it."""
    show_moved(house, handoffs.acknowledge(house, _asked(house, code, state, person, expect)))


@app.command()
@writing
def accept(
    house: Installation,
    code: CodeArgument,
    state: StateArgument,
    person: OfficerOption,
    expect: ExpectOption = None,
) -> None:
    """Take the dossier over: custody, its clocks and the task are your agency's from now.

    Example: motcua handoff accept H99.04.01.01-260302-0001 determining_tax --as cb.h99.07-18
    """
    show_moved(house, handoffs.accept(house, _asked(house, code, state, person, expect)))


@app.command("return")
@writing
def return_command(
    house: Installation,
    code: CodeArgument,
    state: StateArgument,
    person: OfficerOption,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why; kept apart from the trail, as personal data.")
    ] = None,
    expect: ExpectOption = None,
) -> None:
    """Give the dossier back to the sender, who never ceased to answer for it."""
    show_moved(house, handoffs.give_back(house, _asked(house, code, state, person, expect), reason))


@app.command()
@writing
def dispatch(
    house: Installation,
    code: CodeArgument,
    state: StateArgument,
    person: OfficerOption,
    carrier: Annotated[str, typer.Option("--carrier", metavar="NAME", help="Who carries the papers.")],
    receipt: Annotated[str, typer.Option("--receipt", metavar="NUMBER", help="Number of its receipt.")],
    expect: ExpectOption = None,
) -> None:
    """Record that a carrier took the papers: it answers for them until they are delivered."""
    show_moved(house, handoffs.dispatch(house, _asked(house, code, state, person, expect), carrier, receipt))


@app.command()
@writing
def deliver(
    house: Installation,
    code: CodeArgument,
    state: StateArgument,
    person: OfficerOption,
    expect: ExpectOption = None,
) -> None:
    """Confirm that the carrier delivered the papers; an applicant has then got them."""
    show_moved(house, handoffs.deliver(house, _asked(house, code, state, person, expect)))


def _asked(house: Installation, code: str, state: str, person: str, expect: int | None) -> Asked:
    return Asked(parse_code(code), state, officer(house, person), expect, operating_system_user())
