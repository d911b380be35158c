"""`motcua outbox`: messages that wait or were given up, and another try for the latter."""

from typing import Annotated, Any

import typer

from motcua.bootstrap import open_house
from motcua.cli.lending import housed, speaking
from motcua.cli.options import DbOption
from motcua.cli.output import FACE, show_found, show_json, tell, words
from motcua.cli.tables import Columns, show_rows
from motcua.services.installation import Installation
from motcua.services.outbox import retry, retry_all
from motcua.services.ports import OutboxMessage

app = typer.Typer(name="outbox", help="Messages that wait or were given up.", no_args_is_help=True)

_MESSAGES: Columns = (
    ("thông báo", "message", "id"),
    ("hồ sơ", "dossier", "code"),
    ("mẫu", "template", "template"),
    ("người nhận", "recipients", lambda row: ", ".join(row["recipients"])),
    ("lúc", "since", "created_at"),
    ("số lần", "tries", "attempts"),
    ("lỗi", "error", "error"),
)


@app.command("list")
@housed
def list_command(
    house: Installation,
    dead: Annotated[bool, typer.Option("--dead", help="Those that were given up.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many.")] = 100,
) -> None:
    """List messages that still wait, the oldest first, or with --dead those that were given up.

    Example: motcua outbox list --dead
    """
    found = house.store.dead(limit) if dead else house.store.waiting(limit)
    rows = [_plain(message) for message in found]
    show_found(rows, show_rows, _MESSAGES, rows)


def _plain(message: OutboxMessage) -> dict[str, Any]:
    notice = message.notice
    return {
        "id": notice.id,
        "code": notice.payload.get("code"),
        "template": notice.template,
        "recipients": list(notice.recipients),
        "created_at": notice.created_at.isoformat(),
        "attempts": message.attempts,
        "error": message.error,
    }


@app.command("retry")
@speaking
def retry_command(
    messages: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="Ids of dead letters.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every dead letter.")] = False,
    db: DbOption = None,
) -> None:
    """Let messages that were given up be tried anew by the next round of the worker.

    Example: motcua outbox retry --all
    """
    if bool(messages) is every:
        raise typer.BadParameter(words("cần các mã, hoặc --all", "ids, or --all"))
    with open_house(db) as house:
        revived = retry_all(house) if every else retry(house, messages or [])
    if FACE.json:
        show_json({"retried": revived})
    tell(f"Sẽ gửi lại {len(revived)} thông báo.", f"{len(revived)} messages will be sent again.")
