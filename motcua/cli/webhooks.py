"""`motcua webhook`: addresses that are told what happens."""

from typing import Annotated

import typer

from motcua.bootstrap import hook_wire, operating_system_user, read_settings
from motcua.cli.dossier_view import when
from motcua.cli.lending import housed
from motcua.cli.options import LimitOption
from motcua.cli.output import show_found, show_text, tell
from motcua.cli.tables import Columns, show_rows
from motcua.services.installation import Installation
from motcua.services.webhooks import (
    Subscription,
    add_webhook,
    disable_webhook,
    listed_deliveries,
    listed_webhooks,
    replay,
    rotate,
)

app = typer.Typer(name="webhook", help="Addresses that are told what happens.", no_args_is_help=True)
_HOOKS: Columns = (
    ("mã", "id", "id"),
    ("cơ quan", "agency", "agency"),
    ("địa chỉ", "address", "url"),
    ("sự kiện", "events", lambda row: ", ".join(row["types"])),
    ("đã khóa", "disabled", lambda row: "×" if row["disabled"] else ""),
)
_DELIVERIES: Columns = (
    ("mã lần gửi", "delivery", "id"),
    ("sự kiện", "event", "type"),
    ("lúc", "at", lambda row: when(row["created_at"])),
    ("tình trạng", "status", "status"),
    ("số lần", "attempts", lambda row: str(row["attempts"])),
    ("lỗi", "error", lambda row: row["error"] or ""),
)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of the webhook.")]
ByOption = Annotated[str | None, typer.Option("--by", metavar="PERSON", help="Who does it.")]


@app.command()
@housed
def add(
    house: Installation,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where to; https, and public.")],
    agency: Annotated[str, typer.Option("--agency", metavar="CODE", help="Whose dossiers.")],
    type: Annotated[
        list[str] | None, typer.Option("--type", help="Type of events; as often as needed, else all.")
    ] = None,
    by: ByOption = None,
) -> None:
    """Tell an address what happens to dossiers of an agency from now on; its key is printed this once.

    Example: motcua webhook add https://his.songlam.example/motcua --agency H99.41
    """
    wanted = Subscription(agency, url, tuple(type or ()))
    made = add_webhook(house, hook_wire(read_settings()), wanted, by, operating_system_user())
    show_found({"id": made.id, "secret": made.secrets[0]}, show_text, f"{made.id} {made.secrets[0]}")


@app.command("list")
@housed
def list_command(house: Installation) -> None:
    """List the webhooks.

    Example: motcua webhook list --json
    """
    rows = listed_webhooks(house)
    show_found(rows, show_rows, _HOOKS, rows)


@app.command("deliveries")
@housed
def deliveries_command(house: Installation, id: IdArgument, limit: LimitOption = 100) -> None:
    """List what was sent to a webhook, the newest first.

    Example: motcua webhook deliveries 0a1b2c3d4e5f
    """
    rows = listed_deliveries(house, id, limit)
    show_found(rows, show_rows, _DELIVERIES, rows)


@app.command("replay")
@housed
def replay_command(
    house: Installation,
    id: IdArgument,
    delivery: Annotated[str, typer.Argument(metavar="DELIVERY", help="As the list of deliveries has it.")],
    by: ByOption = None,
) -> None:
    """Send a delivery again with the next round of the worker, whether it was taken or given up.

    Example: motcua webhook replay 0a1b2c3d4e5f 9f8e7d6c5b4a
    """
    replay(house, id, delivery, by, operating_system_user())
    tell(f"Sẽ gửi lại {delivery}.", f"{delivery} will be sent again.")


@app.command("rotate")
@housed
def rotate_command(house: Installation, id: IdArgument, by: ByOption = None) -> None:
    """Give a webhook another key, printed this once; the one before signs as well until the next time.

    Example: motcua webhook rotate 0a1b2c3d4e5f
    """
    changed = rotate(house, id, by, operating_system_user())
    show_found({"id": id, "secret": changed.secrets[0]}, show_text, changed.secrets[0])


@app.command("disable")
@housed
def disable_command(house: Installation, id: IdArgument, by: ByOption = None) -> None:
    """Close a webhook for good.

    Example: motcua webhook disable 0a1b2c3d4e5f
    """
    disable_webhook(house, id, by, operating_system_user())
    tell(f"Đã khóa {id}.", f"{id} is closed.")
