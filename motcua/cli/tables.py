"""Tables in a terminal: what each column is called, and what it shows of an item."""

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from motcua.cli.output import words

if TYPE_CHECKING:
    from rich.table import Table

Column = tuple[str, str, str | int | Callable[[Any], object]]
"""Its name in Vietnamese and in English, and the key of what it shows of an item, or a function."""
Columns = tuple[Column, ...]

_ROOMY = 200
"""Columns of a table that no terminal limits, so that a pipe gets whole rows."""


def show_rows(columns: Columns, items: Iterable[Any], title: str | None = None) -> None:
    """Print a table on stdout, a row for each item; None shows as a dash."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for vi, en, _ in columns:
        table.add_column(words(vi, en), overflow="fold")
    for item in items:
        cells = (_cell(item, shown) for *_, shown in columns)
        table.add_row(*(Text("–" if cell is None else str(cell)) for cell in cells))
    _print(table)


def _cell(item: Any, shown: str | int | Callable[[Any], object]) -> object:
    return shown(item) if callable(shown) else item[shown]


def _print(table: "Table") -> None:
    """Print without colours where the output goes into a pipe, and without squeezing the rows."""
    from rich.console import Console

    Console(file=sys.stdout, width=None if sys.stdout.isatty() else _ROOMY, highlight=False).print(table)
