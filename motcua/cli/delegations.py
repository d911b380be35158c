"""`motcua delegation`: who acts for whom, by which paper."""

from typing import Annotated

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.dossier_view import when
from motcua.cli.lending import housed, writing
from motcua.cli.output import show_found, show_text, tell
from motcua.cli.tables import Columns, show_rows
from motcua.services.calendars import read_instant
from motcua.services.delegating import Terms, grant, listed_delegations, revoke
from motcua.services.identity import calendar_of_province
from motcua.services.installation import Installation

app = typer.Typer(
    name="delegation", help="Mandates: who acts for whom, by which paper.", no_args_is_help=True
)
ByOption = Annotated[str | None, typer.Option("--by", metavar="PERSON", help="Who enters it.")]
_GIVEN: Columns = (
    ("mã", "id", "id"),
    ("người ủy quyền", "whose authority", "grantor"),
    ("người được ủy quyền", "who may use it", "holder"),
    ("văn bản", "paper", "document"),
    ("cơ quan", "agency", "agency"),
    ("từ", "since", lambda row: when(row["since"])),
    ("đến", "until", lambda row: when(row["until"])),
    ("hiệu lực", "in force", lambda row: "×" if row["in_force"] else ""),
    ("tiếp theo", "follows", lambda row: row["follows"] or ""),
)


@app.command("grant")
@writing
def grant_command(
    house: Installation,
    grantor: Annotated[str, typer.Argument(metavar="GRANTOR", help="Whose authority it is.")],
    holder: Annotated[str, typer.Argument(metavar="HOLDER", help="Who may use it.")],
    document: Annotated[str, typer.Option("--document", help="Number of the signed paper.")],
    agency: Annotated[str, typer.Option("--agency", metavar="CODE", help="Where the grantor has the post.")],
    since: Annotated[str, typer.Option("--from", metavar="INSTANT", help="From when on.")],
    until: Annotated[str, typer.Option("--until", metavar="INSTANT", help="Until when, exclusive.")],
    procedure: Annotated[
        list[str] | None, typer.Option("--procedure", metavar="CODE", help="For these only.")
    ] = None,
    action: Annotated[
        list[str] | None, typer.Option("--action", metavar="ID", help="For these transitions only.")
    ] = None,
    by: ByOption = None,
) -> None:
    """Let an officer act with the authority of another, for a time.

    Example: motcua delegation grant cb.a cb.b --document 15/UQ --agency H99.05 --from 2026-03-02 --until 2026-03-09
    """
    calendar = calendar_of_province(house)
    start, end = read_instant(since, calendar), read_instant(until, calendar)
    scope = (tuple(procedure or ()), tuple(action or ()))
    made = grant(
        house, Terms(grantor, holder, document, agency, start, end, *scope), by, operating_system_user()
    )
    show_found({"delegation": made.id}, show_text, made.id)


@app.command("revoke")
@writing
def revoke_command(
    house: Installation,
    delegation: Annotated[str, typer.Argument(metavar="ID", help="As the list shows it.")],
    by: ByOption = None,
) -> None:
    """Take a mandate back: from the next act on it counts no more.

    Example: motcua delegation revoke 5f0c...
    """
    revoke(house, delegation, by, operating_system_user())
    tell("Đã thu hồi ủy quyền.", "The mandate was taken back.")


@app.command("list")
@housed
def list_command(house: Installation) -> None:
    """List every mandate that was ever given.

    Example: motcua delegation list --json
    """
    rows = listed_delegations(house)
    show_found(rows, show_rows, _GIVEN, rows)
