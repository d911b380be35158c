"""`motcua handoff`: what waits to be taken over; acknowledge, accept, return, send by post."""

from typing import Annotated, Any

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.dated import AtOption, reading_house, writing_house
from motcua.cli.dossier_view import show_summary, when
from motcua.cli.options import DbOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, show_json, show_table, words
from motcua.services import handoffs
from motcua.services.handoffs import Asked
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import parse_code
from motcua.services.ports import Stored
from motcua.services.presenting import summary

app = typer.Typer(name="handoff", help="Hand dossiers over between agencies.", no_args_is_help=True)

CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="Code of the dossier.")]
StateArgument = Annotated[str, typer.Argument(metavar="STATE", help="The state handed over into.")]
OfficerOption = Annotated[str, typer.Option("--as", metavar="OFFICER", help="Who does it, by id.")]
ExpectOption = Annotated[
    int | None, typer.Option("--expect", metavar="N", help="The version of the dossier that you saw.")
]


@app.command("list")
def list_command(
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="CODE", help="Sent by it, or to be received by it.")
    ] = None,
    unacknowledged: Annotated[
        bool, typer.Option("--unacknowledged", help="Only those of which the receiver said nothing yet.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="At most so many.")] = 100,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List handoffs that wait for their receiver, the nearest due instant first.

    Example: motcua handoff list --agency H99.07 --unacknowledged
    """
    with reading_house(db, at) as house:
        rows = handoffs.waiting(house, agency, unacknowledged, limit)
    if FACE.json:
        show_json({"handoffs": rows})
        return
    show_table(
        (
            words("mã hồ sơ", "dossier"),
            words("bước", "state"),
            words("bên giao", "from"),
            words("bên nhận", "to"),
            words("tình trạng", "status"),
            words("hạn", "due"),
            "",
        ),
        [_line(row) for row in rows],
    )


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    late = words("QUÁ HẠN", "LATE") if row["late"] else ""
    return row["code"], row["state"], row["sender"], row["receiver"], row["status"], when(row["due"]), late


@app.command()
def acknowledge(
    code: CodeArgument,
    state: StateArgument,
    person: OfficerOption,
    expect: ExpectOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say that your agency has what was offered; the sender still answers for it."""
    with writing_house(db, at) as house:
        _show(house, handoffs.acknowledge(house, _asked(house, code, state, person, expect)))


@app.command()
def accept(
    code: CodeArgument,
    state: StateArgument,
    person: OfficerOption,
    expect: ExpectOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Take the dossier over: custody, its clocks and the task are your agency's from now.

    Example: motcua handoff accept H99.04.01.01-260302-0001 determining_tax --as cb.h99.07-18
    """
    with writing_house(db, at) as house:
        _show(house, handoffs.accept(house, _asked(house, code, state, person, expect)))


@app.command("return")
def return_command(
    code: CodeArgument,
    state: StateArgument,
    person: OfficerOption,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why; kept apart from the trail, as personal data.")
    ] = None,
    expect: ExpectOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Give the dossier back to the sender, who never ceased to answer for it."""
    with writing_house(db, at) as house:
        _show(house, handoffs.give_back(house, _asked(house, code, state, person, expect), reason))


@app.command()
def dispatch(
    code: CodeArgument,
    state: StateArgument,
    person: OfficerOption,
    carrier: Annotated[str, typer.Option("--carrier", metavar="NAME", help="Who carries the papers.")],
    receipt: Annotated[str, typer.Option("--receipt", metavar="NUMBER", help="Number of its receipt.")],
    expect: ExpectOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Record that a carrier took the papers: it answers for them until they are delivered."""
    with writing_house(db, at) as house:
        asked = _asked(house, code, state, person, expect)
        _show(house, handoffs.dispatch(house, asked, carrier, receipt))


@app.command()
def deliver(
    code: CodeArgument,
    state: StateArgument,
    person: OfficerOption,
    expect: ExpectOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Confirm that the carrier delivered the papers; an applicant has then got them."""
    with writing_house(db, at) as house:
        _show(house, handoffs.deliver(house, _asked(house, code, state, person, expect)))


def _asked(house: Installation, code: str, state: str, person: str, expect: int | None) -> Asked:
    return Asked(parse_code(code), state, officer(house, person), expect, operating_system_user())


def _show(house: Installation, stored: Stored) -> None:
    found = summary(house, stored)
    if FACE.json:
        show_json(found)
    else:
        show_summary(found)
