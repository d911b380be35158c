"""`motcua dossier`: take dossiers in, show and explain them, move them, list them."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.data_files import read_particulars, read_submission
from motcua.cli.dated import AtOption, reading_house, writing_house
from motcua.cli.dossier_view import (
    show_dossier,
    show_explanation,
    show_order,
    show_slack,
    show_summary,
    when,
)
from motcua.cli.options import DbOption, IdemOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, ExitCode, show_json, show_table, words
from motcua.cli.public_statuses import public_name
from motcua.cli.reports import show_shares
from motcua.services.families import tree
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import parse_code, submit
from motcua.services.listing import any_late, listed
from motcua.services.presenting import describe, ordered, summary
from motcua.services.presenting_clocks import explained
from motcua.services.responsibility import responsibility
from motcua.services.slack import time_to_spare
from motcua.services.transitions import send
from states.commands import APPLICANT_ACTOR, Actor
from states.procedure import APPLICANT, CHANNELS

app = typer.Typer(name="dossier", help="Take dossiers in, show them, move them.", no_args_is_help=True)

CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="Code of the dossier.")]
FailOnLateOption = Annotated[bool, typer.Option("--fail-on-late", help="Exit 7 when a dossier is late.")]


def acting(house: Installation, person: str | None) -> Actor:
    """Return who acts: an officer by id, or the applicant."""
    return APPLICANT_ACTOR if person in (None, APPLICANT) else officer(house, str(person))


@app.command()
def new(
    procedure: Annotated[str, typer.Argument(metavar="PROCEDURE", help="Code of the procedure.")],
    channel: Annotated[str, typer.Option("--channel", metavar="|".join(CHANNELS), help="How it came in.")],
    data: Annotated[str, typer.Option("--data", metavar="FILE.json", help="Its data; - reads stdin.")],
    person: Annotated[
        str | None, typer.Option("--as", metavar="OFFICER", help="Who took it in; else the applicant did.")
    ] = None,
    idem: IdemOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Take a dossier in; "motcua schema --data PROCEDURE" describes FILE.json.

    Example: motcua dossier new 1.009756 --channel counter --data dossier.json --json
    """
    submission = read_submission(data, procedure, channel)
    with writing_house(db, at) as house:
        stored = submit(house, submission, acting(house, person), operating_system_user(), idem)
        _show(summary(house, stored))


@app.command("send")
def send_command(
    code: CodeArgument,
    transition: Annotated[str, typer.Argument(metavar="TRANSITION", help="What to do; show lists it.")],
    person: Annotated[str, typer.Option("--as", metavar="OFFICER", help="An officer's id, or: applicant.")],
    expect: Annotated[
        int, typer.Option("--expect", metavar="VERSION", min=0, help="The version that was looked at.")
    ],
    data: Annotated[
        str | None, typer.Option("--data", metavar="FILE.json", help="What comes with it; - reads stdin.")
    ] = None,
    idem: IdemOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Move a dossier along one transition, or extend its term.

    Example: motcua dossier send H99.05-260302-0001 accept --as cb.h99.01-7 --expect 1 --json
    """
    particulars = read_particulars(data)
    with writing_house(db, at) as house:
        actor = acting(house, person)
        stored = send(
            house, parse_code(code), transition, actor, expect, particulars, operating_system_user(), idem
        )
        _show(summary(house, stored))


@app.command()
def show(
    code: CodeArgument,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Show a dossier: its state, clocks and tasks, what may be done next and by whom."""
    with reading_house(db, at) as house:
        view = describe(house, house.store.load(parse_code(code)))
    if FACE.json:
        show_json(view)
    else:
        show_dossier(view)


@app.command("tree")
def tree_command(
    code: CodeArgument,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Show the submission that a dossier is part of, with all its components."""
    with reading_house(db, at) as house:
        found = tree(house, parse_code(code))
    if FACE.json:
        show_json(found)
        return
    columns = (
        words("hồ sơ", "dossier"),
        words("thủ tục", "procedure"),
        words("cơ quan", "agency"),
        words("bước", "step"),
        words("kết quả", "outcome"),
        words("hạn", "due"),
    )
    show_table(columns, list(_rows(found, 0)))


def _rows(branch: dict[str, Any], depth: int) -> Iterator[tuple[str, ...]]:
    name = branch["code"] or f"({branch['component']})"
    steps = ", ".join(branch["states"]) or branch["status"]
    yield (
        f"{'  ' * depth}{name}",
        branch["procedure"] or "",
        branch["agency"] or "",
        steps,
        branch["outcome"] or "",
        when(branch["due"]),
    )
    for child in branch["children"]:
        yield from _rows(child, depth + 1)


@app.command()
def explain(
    code: CodeArgument,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Say for each clock, day by day, why it is due when it is."""
    with reading_house(db, at) as house:
        stored = house.store.load(parse_code(code))
        clocks, orders = explained(house, stored), ordered(house, stored)
    if FACE.json:
        show_json({"code": code, "clocks": clocks, "orders": orders})
        return
    for clock in clocks:
        show_explanation(clock)
    for order in orders:
        show_order(order)


@app.command("slack")
def slack_command(
    code: CodeArgument,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Say how much time each term has to spare, if everybody ahead takes all the time that is theirs."""
    with reading_house(db, at) as house:
        found = time_to_spare(house, house.store.load(parse_code(code)))
    if FACE.json:
        show_json({"code": code, "clocks": found})
    else:
        show_slack(found)


@app.command("responsibility")
def responsibility_command(
    code: CodeArgument,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Say whose every second it was, planned against actual, and who made it late."""
    with reading_house(db, at) as house:
        found = responsibility(house, house.store.load(parse_code(code)))
    if FACE.json:
        show_json(found)
    else:
        show_shares(found["parties"])


@app.command("list")
def list_command(
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="CODE", help="Of this lead agency.")
    ] = None,
    procedure: Annotated[
        str | None, typer.Option("--procedure", metavar="CODE", help="Of this procedure.")
    ] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Only those that have not ended.")] = False,
    late: Annotated[bool, typer.Option("--late", help="Only those past their appointment.")] = False,
    fail_on_late: FailOnLateOption = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="At most so many.")] = 100,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List dossiers, the nearest due instant first.

    Example: motcua dossier list --agency H99.05 --open --late --fail-on-late
    """
    with reading_house(db, at) as house:
        rows = listed(
            house, agency=agency, procedure=procedure, open_only=open_only, late_only=late, limit=limit
        )
        failed = fail_on_late and any_late(house, agency=agency, procedure=procedure)
    if FACE.json:
        show_json({"dossiers": rows})
    else:
        show_list(rows)
    if failed:
        raise typer.Exit(ExitCode.LATE)


def show_list(rows: list[dict[str, Any]]) -> None:
    """Print dossiers as a table."""
    columns = (
        words("mã hồ sơ", "dossier"),
        words("thủ tục", "procedure"),
        words("bước", "step"),
        words("công khai", "public"),
        words("hạn", "due"),
        "",
    )
    show_table(
        columns,
        [
            (
                row["code"],
                row["procedure"],
                ", ".join(row["states"]),
                public_name(row["public_status"]),
                when(row["due"]),
                words("QUÁ HẠN", "LATE") if row["late"] else "",
            )
            for row in rows
        ],
    )


def _show(found: dict[str, Any]) -> None:
    if FACE.json:
        show_json(found)
    else:
        show_summary(found)
