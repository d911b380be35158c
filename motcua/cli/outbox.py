"""`motcua outbox`: messages that wait or were given up, and another try for the latter."""

from typing import Annotated, Any

import typer

from motcua.bootstrap import open_house
from motcua.cli.options import DbOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, show_json, show_table, tell, words
from motcua.services.outbox import retry, retry_all
from motcua.services.ports import OutboxMessage

app = typer.Typer(name="outbox", help="Messages that wait or were given up.", no_args_is_help=True)


@app.command("list")
def list_command(
    dead: Annotated[bool, typer.Option("--dead", help="Those that were given up.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many.")] = 100,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """List messages that still wait, the oldest first, or with --dead those that were given up.

    Example: motcua outbox list --dead
    """
    with open_house(db) as house:
        found = house.store.dead(limit) if dead else house.store.waiting(limit)
    if FACE.json:
        show_json([_plain(message) for message in found])
        return
    columns = (
        words("thông báo", "message"),
        words("hồ sơ", "dossier"),
        words("mẫu", "template"),
        words("người nhận", "recipients"),
        words("lúc", "since"),
        words("số lần", "tries"),
        words("lỗi", "error"),
    )
    rows = [tuple(_plain(message).values()) for message in found]
    show_table(columns, [(*row[:3], ", ".join(row[3]), *row[4:]) for row in rows])


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
def retry_command(
    messages: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="Ids of dead letters.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every dead letter.")] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
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
