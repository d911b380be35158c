"""`motcua report`: whose time it was, over all dossiers."""

from typing import Any

import typer

from motcua.cli.dated import AtOption, reading_house
from motcua.cli.options import DbOption, JsonOption, LangOption
from motcua.cli.output import FACE, show_json, show_table, words
from motcua.services.responsibility import report

app = typer.Typer(name="report", help="Reports over all dossiers.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Reports over all dossiers."""


@app.command()
def responsibility(
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Say what each party had of the lead times, planned against actual, and who made dossiers late.

    Example: motcua report responsibility --json
    """
    with reading_house(db, at) as house:
        found = report(house)
    if FACE.json:
        show_json(found)
    else:
        show_shares(found["parties"])


def show_shares(rows: list[dict[str, Any]]) -> None:
    """Print what each party had, in hours by the clock and in working minutes."""
    columns = (
        words("bên chịu trách nhiệm", "responsible"),
        words("giờ", "hours"),
        words("phút làm việc", "working minutes"),
        words("định mức", "planned"),
        words("vượt", "over"),
        words("làm quá hạn", "made late"),
    )
    show_table(columns, [_line(row) for row in rows])


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    hours = f"{row['microseconds'] / 3_600_000_000:.1f}"
    planned = "" if row["planned_minutes"] is None else str(row["planned_minutes"])
    numbers = str(row["working_minutes"]), planned, str(row["over_minutes"]), str(row.get("made_late", ""))
    return row["name"] or row["party"], hours, *numbers
