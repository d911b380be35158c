"""`motcua task`: what lies on officers' desks; claim, release, reassign, and acknowledge an escalation."""

from typing import Annotated

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.dated import AtOption, reading_house, writing_house
from motcua.cli.dossier_view import show_summary, when
from motcua.cli.options import DbOption, IdemOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, show_json, show_table, words
from motcua.services import tasks
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import parse_code
from motcua.services.listing import open_tasks
from motcua.services.ports import Stored
from motcua.services.presenting import summary

app = typer.Typer(name="task", help="List and claim tasks.", no_args_is_help=True)

CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="Code of the dossier.")]
TaskArgument = Annotated[str, typer.Argument(metavar="TASK", help="Id of the task, such as submitted#1.")]
OfficerOption = Annotated[str, typer.Option("--as", metavar="OFFICER", help="Who does it, by id.")]


@app.command("list")
def list_command(
    agency: Annotated[str | None, typer.Option("--agency", metavar="CODE", help="Of this agency.")] = None,
    position: Annotated[
        str | None, typer.Option("--position", metavar="ID", help="Of this position.")
    ] = None,
    assignee: Annotated[str | None, typer.Option("--of", metavar="OFFICER", help="In this hand.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="At most so many.")] = 100,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List open tasks, the nearest appointment first.

    Example: motcua task list --agency H99.05 --position officer
    """
    with reading_house(db) as house:
        rows = open_tasks(house, agency=agency, position=position, assignee=assignee, limit=limit)
    if FACE.json:
        show_json({"tasks": rows})
        return
    columns = (
        words("mã hồ sơ", "dossier"),
        words("việc", "task"),
        words("cơ quan", "agency"),
        words("vị trí", "position"),
        words("người giữ", "in hand of"),
        words("hạn", "due"),
    )
    show_table(
        columns,
        [(r["code"], r["task"], r["agency"], r["position"], r["assignee"], when(r["due"])) for r in rows],
    )


@app.command()
def claim(
    code: CodeArgument,
    task: TaskArgument,
    person: OfficerOption,
    idem: IdemOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Take a task from the pool.

    Example: motcua task claim H99.05-260302-0001 submitted#1 --as cb.h99.01-7
    """
    with writing_house(db, at) as house:
        actor = officer(house, person)
        _show(house, tasks.claim(house, parse_code(code), task, actor, operating_system_user(), idem))


@app.command()
def release(
    code: CodeArgument,
    task: TaskArgument,
    person: OfficerOption,
    idem: IdemOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Give a task back to the pool."""
    with writing_house(db, at) as house:
        actor = officer(house, person)
        _show(house, tasks.release(house, parse_code(code), task, actor, operating_system_user(), idem))


@app.command()
def reassign(
    code: CodeArgument,
    task: TaskArgument,
    to: Annotated[str, typer.Option("--to", metavar="OFFICER", help="Who gets it, by id.")],
    person: OfficerOption,
    idem: IdemOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Give a task to another officer; only who hands out work in the agency may."""
    with writing_house(db, at) as house:
        actor = officer(house, person)
        _show(house, tasks.reassign(house, parse_code(code), task, to, actor, operating_system_user(), idem))


@app.command()
def acknowledge(
    code: CodeArgument,
    clock: Annotated[str, typer.Argument(metavar="CLOCK", help="Such as legal, or step:signing.")],
    rung: Annotated[str, typer.Argument(metavar="RUNG", help="Id of the rung; show lists those waiting.")],
    person: OfficerOption,
    idem: IdemOption = None,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Confirm that an escalation was seen."""
    with writing_house(db, at) as house:
        actor = officer(house, person)
        _show(
            house,
            tasks.acknowledge(house, parse_code(code), clock, rung, actor, operating_system_user(), idem),
        )


def _show(house: Installation, stored: Stored) -> None:
    found = summary(house, stored)
    if FACE.json:
        show_json(found)
    else:
        show_summary(found)
