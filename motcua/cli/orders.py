"""`motcua order`: propose, approve, apply, reverse and show mass orders on deadlines."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from motcua.bootstrap import config_folder, operating_system_user
from motcua.cli.dated import AtOption, reading_house, writing_house
from motcua.cli.options import DbOption, JsonOption, LangOption, QuietOption
from motcua.cli.output import FACE, ExitCode, progress, show_json, show_table, show_text, tell, words
from motcua.services.installation import Installation
from motcua.services.ordering import (
    Carried,
    approve_order,
    carry_out,
    continue_orders,
    find,
    order_of,
    propose_order,
    survey,
)
from motcua.services.ports import OrderRow
from states.errors import DomainError
from states.order import Instrument, Order, OrderFilter, OrderKind, Past
from states.wire import to_wire


class NotADay(DomainError):
    """No day: "{given}". Write it like 2026-09-12."""

    vi = "Không phải ngày: «{given}». Hãy viết như 2026-09-12."


app = typer.Typer(
    name="order", help="Mass orders on deadlines: suspend, extend, reverse.", no_args_is_help=True
)
ByOption = Annotated[str, typer.Option("--by", metavar="OFFICER", help="Who does it.")]
NameArgument = Annotated[str, typer.Argument(metavar="ID|DIGEST", help="An order, by its id or its digest.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Only say which dossiers it would reach.")]


@app.command()
def propose(
    file: Annotated[Path, typer.Argument(help="The order's YAML file.")],
    by: ByOption,
    dry_run: DryOption = False,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Store an order as a proposal; nothing changes until another person approves it.

    Example: motcua order propose bao-so-3.yaml --by an
    """
    order = config_folder().order(file)
    with writing_house(db, at) as house:
        row = propose_order(house, order, by, operating_system_user())
        done = carry_out(house, row.digest, dry_run=True) if dry_run else None
    _show(row, done, dry_run)


@app.command()
def approve(
    name: NameArgument,
    by: ByOption,
    dry_run: DryOption = False,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Approve an order as a second person, and apply it to every dossier that it is about.

    Example: motcua order approve bao-so-3 --by binh
    """
    with writing_house(db, at) as house:
        row = find(house, name) if dry_run else approve_order(house, name, by, operating_system_user())
        done = _carry(house, row.digest, dry_run)
    _show(row, done, dry_run)


@app.command()
def apply(
    name: Annotated[
        str | None, typer.Argument(metavar="ID|DIGEST", help="Else all that are approved.")
    ] = None,
    dry_run: DryOption = False,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Carry on with an approved order: what it reached already stays as it is.

    Example: motcua order apply bao-so-3
    """
    with writing_house(db, at) as house:
        if name is None:
            reached = continue_orders(house)
            show_json({"applied": reached}) if FACE.json else show_text(str(reached))
            return
        row, done = find(house, name), _carry(house, name, dry_run)
    _show(row, done, dry_run)


@app.command()
def reverse(
    name: NameArgument,
    by: ByOption,
    number: Annotated[str, typer.Option("--number", help="Number of the signed paper.")],
    signed: Annotated[str, typer.Option("--signed", metavar="DAY", help="The day it was signed.")],
    signer: Annotated[str, typer.Option("--signer", help="Who signed it.")],
    basis: Annotated[str, typer.Option("--basis", help="The law that lets the signer do this.")],
    source: Annotated[str, typer.Option("--source", help="Where its text can be read.")],
    past: Annotated[
        Past, typer.Option("--past", help="Whether what the order gave already goes too.")
    ] = Past.STANDS,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Propose to take an order back; another person approves that proposal, by the digest that is printed."""
    paper = Instrument(number, _day(signed), signer, basis, source, False)
    with writing_house(db, at) as house:
        taken_back = order_of(find(house, name))
        order = Order(
            id=f"{taken_back.id}-reversal",
            kind=OrderKind.REVERSE,
            instrument=paper,
            cause=taken_back.cause,
            since=taken_back.since,
            until=None,
            term=None,
            clocks=(),
            later=False,
            filter=OrderFilter(),
            reverses=taken_back.id,
            past=past,
        )
        row = propose_order(house, order, by, operating_system_user())
    _show(row, None, False)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADay(given=text) from None


@app.command("list")
def list_command(
    db: DbOption = None, as_json: JsonOption = False, lang: LangOption = None, quiet: QuietOption = False
) -> None:
    """List all orders, the oldest first."""
    with reading_house(db) as house:
        rows = house.store.orders()
    if FACE.json:
        show_json([_row_json(row) for row in rows])
        return
    columns = (
        words("lệnh", "order"),
        words("loại", "kind"),
        words("văn bản", "instrument"),
        words("đề xuất", "proposed by"),
        words("phê duyệt", "approved by"),
        words("mã băm", "digest"),
    )
    told = [(row, order_of(row)) for row in rows]
    show_table(
        columns,
        [(r.id, o.kind, o.instrument.number, r.proposed_by, r.approved_by, r.digest) for r, o in told],
    )


@app.command()
def show(
    name: NameArgument,
    at: AtOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show an order and how it stands: reached, holding, reversed, outstanding, untouched, marked."""
    with reading_house(db, at) as house:
        row = find(house, name)
        counts = asdict(survey(house, row))
    if FACE.json:
        show_json({**_row_json(row), "order": to_wire(order_of(row)), "counts": counts})
        return
    order = order_of(row)
    show_text(f"{row.id} ({order.kind}) {order.basis}")
    show_text(words(order.cause.vi, order.cause.en))
    show_text(row.digest)
    said = {
        "reached": ("hồ sơ đã áp dụng", "dossiers it reached"),
        "holding": ("đang tạm dừng", "whose clocks it holds"),
        "reversed": ("đã thu hồi", "on which it was taken back"),
        "outstanding": ("chưa áp dụng", "that it is about and has not reached"),
        "untouched": ("đã kết thúc, không đụng tới", "ended and left untouched"),
        "marked": ("bậc cảnh báo đã phát trong thời gian lệnh", "rungs that fired meanwhile, marked"),
    }
    for key, (vi, en) in said.items():
        show_text(f"  {counts[key]:>7} {words(vi, en)}")


def _carry(house: Installation, name: str, dry_run: bool) -> Carried:
    with progress("Đang áp dụng lệnh", "Applying the order"):
        return carry_out(house, name, dry_run)


def _show(row: OrderRow, done: Carried | None, dry_run: bool) -> None:
    if FACE.json:
        show_json({**_row_json(row), "dry_run": dry_run, "carried": None if done is None else asdict(done)})
    else:
        show_text(row.digest)
        _tell(row, done, dry_run)
    if done is not None and done.failed:
        raise typer.Exit(ExitCode.INVALID)


def _tell(row: OrderRow, done: Carried | None, dry_run: bool) -> None:
    if row.approved_by is None and not dry_run:
        tell(
            f"Đã đề xuất {row.id}; người thứ hai phê duyệt: motcua order approve {row.id} --by …",
            f"Proposed {row.id}; a second person approves: motcua order approve {row.id} --by …",
        )
    if done is None:
        return
    if done.waiting:
        tell("Lệnh chưa tới lúc có hiệu lực.", "The order takes effect later.")
    if dry_run:
        for code in done.codes:
            show_text(code)
    tell(
        f"{done.matched} hồ sơ thuộc lệnh: áp dụng {done.applied}, đã có {done.already}, bị vượt {done.outrun}",
        f"{done.matched} dossiers matched: {done.applied} applied, {done.already} already, {done.outrun} outrun",
    )
    for code, reason in done.failed.items():
        tell(f"{code}: {reason}", f"{code}: {reason}")


def _row_json(row: OrderRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "digest": row.digest,
        "kind": order_of(row).kind.value,
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at,
        "approved_by": row.approved_by,
        "approved_at": row.approved_at,
    }
