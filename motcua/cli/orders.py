"""`motcua order`: propose, approve, apply, reverse and show mass orders on deadlines."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from motcua.bootstrap import config_folder, operating_system_user
from motcua.cli.lending import housed, reading, writing
from motcua.cli.options import ByOption
from motcua.cli.output import ExitCode, progress, show_found, show_text, tell, words
from motcua.cli.tables import Columns, show_rows
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
NameArgument = Annotated[str, typer.Argument(metavar="ID|DIGEST", help="An order, by its id or its digest.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Only say which dossiers it would reach.")]

_COUNTED = {
    "reached": ("hồ sơ đã áp dụng", "dossiers it reached"),
    "holding": ("đang tạm dừng", "whose clocks it holds"),
    "reversed": ("đã thu hồi", "on which it was taken back"),
    "outstanding": ("chưa áp dụng", "that it is about and has not reached"),
    "untouched": ("đã kết thúc, không đụng tới", "ended and left untouched"),
    "marked": ("bậc cảnh báo đã phát trong thời gian lệnh", "rungs that fired meanwhile, marked"),
}
_ORDERS: Columns = (
    ("lệnh", "order", lambda row: row.id),
    ("loại", "kind", lambda row: order_of(row).kind),
    ("văn bản", "instrument", lambda row: order_of(row).instrument.number),
    ("đề xuất", "proposed by", lambda row: row.proposed_by),
    ("phê duyệt", "approved by", lambda row: row.approved_by),
    ("mã băm", "digest", lambda row: row.digest),
)


@app.command()
@writing
def propose(
    house: Installation,
    file: Annotated[Path, typer.Argument(help="The order's YAML file.")],
    by: ByOption,
    dry_run: DryOption = False,
) -> None:
    """Store an order as a proposal; nothing changes until another person approves it.

    Example: motcua order propose bao-so-3.yaml --by an
    """
    order = config_folder().order(file)
    row = propose_order(house, order, by, operating_system_user())
    done = carry_out(house, row.digest, dry_run=True) if dry_run else None
    _show(row, done, dry_run)


@app.command()
@writing
def approve(house: Installation, name: NameArgument, by: ByOption, dry_run: DryOption = False) -> None:
    """Approve an order as a second person, and apply it to every dossier that it is about.

    Example: motcua order approve bao-so-3 --by binh
    """
    row = find(house, name) if dry_run else approve_order(house, name, by, operating_system_user())
    done = _carry(house, row.digest, dry_run)
    _show(row, done, dry_run)


@app.command()
@writing
def apply(
    house: Installation,
    name: Annotated[
        str | None, typer.Argument(metavar="ID|DIGEST", help="Else all that are approved.")
    ] = None,
    dry_run: DryOption = False,
) -> None:
    """Carry on with an approved order: what it reached already stays as it is.

    Example: motcua order apply bao-so-3
    """
    if name is None:
        reached = continue_orders(house)
        show_found({"applied": reached}, show_text, str(reached))
        return
    row, done = find(house, name), _carry(house, name, dry_run)
    _show(row, done, dry_run)


@app.command()
@writing
def reverse(
    house: Installation,
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
) -> None:
    """Propose to take an order back; another person approves that proposal, by the digest that is printed."""
    paper = Instrument(number, _day(signed), signer, basis, source, False)
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
        tell=taken_back.tell,
    )
    row = propose_order(house, order, by, operating_system_user())
    _show(row, None, False)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADay(given=text) from None


@app.command("list")
@housed
def list_command(house: Installation) -> None:
    """List all orders, the oldest first."""
    rows = house.store.orders()
    show_found([_row_json(row) for row in rows], show_rows, _ORDERS, rows)


@app.command()
@reading
def show(house: Installation, name: NameArgument) -> None:
    """Show an order and how it stands: reached, holding, reversed, outstanding, untouched, marked."""
    row = find(house, name)
    counts = asdict(survey(house, row))
    order = order_of(row)
    told = {**_row_json(row), "order": to_wire(order), "counts": counts}
    show_found(told, _show_standing, row, order, counts)


def _show_standing(row: OrderRow, order: Order, counts: Mapping[str, int]) -> None:
    show_text(f"{row.id} ({order.kind}) {order.basis}")
    show_text(words(order.cause.vi, order.cause.en))
    show_text(row.digest)
    for key, (vi, en) in _COUNTED.items():
        show_text(f"  {counts[key]:>7} {words(vi, en)}")


def _carry(house: Installation, name: str, dry_run: bool) -> Carried:
    with progress("Đang áp dụng lệnh", "Applying the order"):
        return carry_out(house, name, dry_run)


def _show(row: OrderRow, done: Carried | None, dry_run: bool) -> None:
    told = {**_row_json(row), "dry_run": dry_run, "carried": None if done is None else asdict(done)}
    show_found(told, _tell, row, done, dry_run)
    if done is not None and done.failed:
        raise typer.Exit(ExitCode.INVALID)


def _tell(row: OrderRow, done: Carried | None, dry_run: bool) -> None:
    show_text(row.digest)
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
