"""`motcua report`: whose time it was, over all dossiers."""

from typing import Annotated, Any

import typer

from motcua.cli.lending import reading
from motcua.cli.output import show_found
from motcua.cli.parties import responsible
from motcua.cli.tables import Columns, show_rows
from motcua.services.installation import Installation
from motcua.services.responsibility import report

app = typer.Typer(name="report", help="Reports over all dossiers.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Reports over all dossiers."""


@app.command()
@reading
def responsibility(
    house: Installation,
    anew: Annotated[
        bool, typer.Option("--anew", help="Count everything from the records, kept figures aside.")
    ] = False,
) -> None:
    """Say what each party had of the lead times, planned against actual, and who made dossiers late.

    What ended dossiers add is kept from one report to the next.

    Example: motcua report responsibility --json
    """
    found = report(house, anew=anew)
    show_found(found, show_shares, found["parties"])


def show_shares(rows: list[dict[str, Any]]) -> None:
    """Print what each party had, in hours by the clock and in working minutes."""
    show_rows(_SHARES, rows)


_SHARES: Columns = (
    ("bên chịu trách nhiệm", "responsible", responsible),
    ("giờ", "hours", lambda row: f"{row['microseconds'] / 3_600_000_000:.1f}"),
    ("phút làm việc", "working minutes", "working_minutes"),
    ("định mức", "planned", lambda row: "" if row["planned_minutes"] is None else row["planned_minutes"]),
    ("vượt", "over", "over_minutes"),
    ("làm quá hạn", "made late", lambda row: row.get("made_late", "")),
)
