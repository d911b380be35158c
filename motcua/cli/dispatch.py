"""`motcua dispatch`: the queue of dossiers whose competent agency is not known, and naming that agency."""

from typing import Annotated

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.dated import AtOption, reading_house, writing_house
from motcua.cli.dossier_view import show_summary, when
from motcua.cli.options import DbOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, show_json, show_table, words
from motcua.services.dispatching import queue, route
from motcua.services.identity import officer
from motcua.services.intake import parse_code
from motcua.services.presenting import summary
from states.wire import to_wire

app = typer.Typer(name="dispatch", help="Dossiers without a known agency.", no_args_is_help=True)


@app.command("list")
def list_command(
    at: AtOption = None, db: DbOption = None, as_json: JsonOption = False, lang: LangOption = None
) -> None:
    """List what waits for a dispatcher, the most urgent first.

    Example: motcua dispatch list --json
    """
    with reading_house(db, at) as house:
        rows = [to_wire(item) for item in queue(house)]
    if FACE.json:
        show_json({"waiting": rows})
        return
    columns = (
        words("mã hồ sơ", "dossier"),
        words("thủ tục", "procedure"),
        words("nơi nhận", "received at"),
        words("từ", "since"),
        words("hạn", "due"),
    )
    show_table(
        columns,
        [(r["code"], r["procedure"], r["received"], when(r["since"]), when(r["due"])) for r in rows],
    )


@app.command("route")
def route_command(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code of the dossier that waits.")],
    agency: Annotated[str, typer.Option("--to", metavar="AGENCY", help="Code of the competent agency.")],
    person: Annotated[str, typer.Option("--as", metavar="OFFICER", help="The dispatcher, by id.")],
    expect: Annotated[
        int, typer.Option("--expect", metavar="VERSION", min=0, help="The version that was looked at.")
    ],
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Name the competent agency; the worker opens the real dossier there, with all that came with this one.

    Example: motcua dispatch route H99.01-260302-0001 --to H99.41.03 --as cb.h99.01-7 --expect 1
    """
    with writing_house(db, at) as house:
        actor = officer(house, person)
        found = summary(house, route(house, parse_code(code), agency, actor, expect, operating_system_user()))
    if FACE.json:
        show_json(found)
    else:
        show_summary(found)
