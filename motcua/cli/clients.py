"""`motcua client`: systems of agencies that use the API."""

from typing import Annotated

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.lending import housed
from motcua.cli.output import show_found, show_text, tell
from motcua.cli.tables import Columns, show_rows
from motcua.services.clients import READ, Terms, add_client, disable_client, listed_clients
from motcua.services.installation import Installation

app = typer.Typer(name="client", help="Systems of agencies that use the API.", no_args_is_help=True)
_CLIENTS: Columns = (
    ("mã", "id", "id"),
    ("tên", "name", "name"),
    ("cơ quan", "agencies", lambda row: ", ".join(row["agencies"])),
    ("vị trí", "positions", lambda row: ", ".join(row["positions"])),
    ("phạm vi", "scopes", lambda row: ", ".join(row["scopes"])),
    ("đã khóa", "disabled", lambda row: "×" if row["disabled"] else ""),
)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Its name here, in small letters.")]
ByOption = Annotated[str | None, typer.Option("--by", metavar="PERSON", help="Who does it.")]


@app.command()
@housed
def add(
    house: Installation,
    id: IdArgument,
    name: Annotated[str, typer.Option("--name", help="What people call it.")],
    agency: Annotated[
        list[str], typer.Option("--agency", metavar="CODE", help="Whose system it is; as often as needed.")
    ],
    position: Annotated[
        list[str] | None, typer.Option("--position", help="Position it acts in; as often as needed.")
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", help="read, intake, act, events; or calendar alone. Else read."),
    ] = None,
    by: ByOption = None,
) -> None:
    """Let a system use the API; its token is printed this once, and stored nowhere.

    Example: motcua client add his --name "Bệnh viện Sông Lam" --agency H99.41 --scope read --scope events
    """
    terms = Terms(id, name, tuple(agency), tuple(position or ()), tuple(scope or (READ,)))
    _, token = add_client(house, terms, by, operating_system_user())
    show_found({"id": id, "token": token}, show_text, token)
    tell(
        "Hãy cất mã truy cập này ngay; hệ thống không lưu và không hiện lại.",
        "Keep this token now; it is not stored and not shown again.",
    )


@app.command("list")
@housed
def list_command(house: Installation) -> None:
    """List the client systems.

    Example: motcua client list --json
    """
    rows = listed_clients(house)
    show_found(rows, show_rows, _CLIENTS, rows)


@app.command("disable")
@housed
def disable_command(house: Installation, id: IdArgument, by: ByOption = None) -> None:
    """Close a client system for good; its next request is refused.

    Example: motcua client disable his
    """
    disable_client(house, id, by, operating_system_user())
    tell(f"Đã khóa {id}.", f"{id} is closed.")
