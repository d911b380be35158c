"""`motcua task`: what lies on officers' desks; claim, release, reassign, and acknowledge an escalation."""

from typing import Annotated

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.dossier_view import show_moved, when
from motcua.cli.lending import housed, writing
from motcua.cli.options import CodeArgument, IdemOption, LimitOption, OfficerOption
from motcua.cli.output import show_found
from motcua.cli.tables import Columns, show_rows
from motcua.services import tasks
from motcua.services.identity import officer
from motcua.services.installation import Installation
from motcua.services.intake import parse_code
from motcua.services.listing import open_tasks

app = typer.Typer(name="task", help="List and claim tasks.", no_args_is_help=True)

TaskArgument = Annotated[str, typer.Argument(metavar="TASK", help="Id of the task, such as submitted#1.")]

_OPEN: Columns = (
    ("mã hồ sơ", "dossier", "code"),
    ("việc", "task", "task"),
    ("cơ quan", "agency", "agency"),
    ("vị trí", "position", "position"),
    ("người giữ", "in hand of", "assignee"),
    ("hạn", "due", lambda row: when(row["due"])),
)


@app.command("list")
@housed
def list_command(
    house: Installation,
    agency: Annotated[str | None, typer.Option("--agency", metavar="CODE", help="Of this agency.")] = None,
    position: Annotated[
        str | None, typer.Option("--position", metavar="ID", help="Of this position.")
    ] = None,
    assignee: Annotated[str | None, typer.Option("--of", metavar="OFFICER", help="In this hand.")] = None,
    limit: LimitOption = 100,
) -> None:
    """List open tasks, the nearest appointment first.

    Example: motcua task list --agency H99.05 --position officer
    """
    rows = open_tasks(house, agency=agency, position=position, assignee=assignee, limit=limit)
    show_found({"tasks": rows}, show_rows, _OPEN, rows)


@app.command()
@writing
def claim(
    house: Installation,
    code: CodeArgument,
    task: TaskArgument,
    person: OfficerOption,
    idem: IdemOption = None,
) -> None:
    """Take a task from the pool.

    Example: motcua task claim H99.05-260302-0001 submitted#1 --as cb.h99.01-7
    """
    actor = officer(house, person)
    show_moved(house, tasks.claim(house, parse_code(code), task, actor, operating_system_user(), idem))


@app.command()
@writing
def release(
    house: Installation,
    code: CodeArgument,
    task: TaskArgument,
    person: OfficerOption,
    idem: IdemOption = None,
) -> None:
    """Give a task back to the pool."""
    actor = officer(house, person)
    show_moved(house, tasks.release(house, parse_code(code), task, actor, operating_system_user(), idem))


@app.command()
@writing
def reassign(
    house: Installation,
    code: CodeArgument,
    task: TaskArgument,
    to: Annotated[str, typer.Option("--to", metavar="OFFICER", help="Who gets it, by id.")],
    person: OfficerOption,
    idem: IdemOption = None,
) -> None:
    """Give a task to another officer; only who hands out work in the agency may."""
    actor = officer(house, person)
    show_moved(house, tasks.reassign(house, parse_code(code), task, to, actor, operating_system_user(), idem))


@app.command()
@writing
def acknowledge(
    house: Installation,
    code: CodeArgument,
    clock: Annotated[str, typer.Argument(metavar="CLOCK", help="Such as legal, or step:signing.")],
    rung: Annotated[str, typer.Argument(metavar="RUNG", help="Id of the rung; show lists those waiting.")],
    person: OfficerOption,
    idem: IdemOption = None,
) -> None:
    """Confirm that an escalation was seen."""
    actor = officer(house, person)
    show_moved(
        house,
        tasks.acknowledge(house, parse_code(code), clock, rung, actor, operating_system_user(), idem),
    )
