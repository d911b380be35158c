"""Tables as files: CSV that spreadsheets open with the right letters, and XLSX; no cell is ever a formula."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO

from starlette.responses import Response
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = tuple("=+-@\t\r\n＝＋－＠|%")
_LONGEST = 32_000
_UNNAMED = re.compile(r"[\[\]:*?/\\']")
_UNWRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_STILL = datetime(2000, 1, 1)
"""Stands in the properties of every workbook, so that the same table is the same file."""


@dataclass(frozen=True)
class Sheet:
    """One table.

    Attributes:
        name: Of the sheet; also of the file that holds it alone.
        heads: Of its columns.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def csv_bytes(sheet: Sheet) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, lines as in RFC 4180, texts guarded by an apostrophe.

    Source: OWASP, CSV Injection.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_guarded(head) for head in sheet.heads])
    writer.writerows([_guarded(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return tables as a workbook, written row by row; texts stay texts, whatever they begin with."""
    file = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(file, options) as book:
        book.set_properties({"created": _STILL})
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(_UNNAMED.sub(" ", sheet.name)[:31])
            page.freeze_panes(1, 1)
            page.set_column(0, max(0, len(sheet.heads) - 1), 22)
            for place, head in enumerate(sheet.heads):
                page.write_string(0, place, _readable(head), bold)
            for number, row in enumerate(sheet.rows, 1):
                _write(page, number, row)
    return file.getvalue()


def download(content: bytes, name: str, media_type: str) -> Response:
    """Answer with a file that is saved, not shown."""
    disposition = f'attachment; filename="{name}"'
    headers = {"content-disposition": disposition, "cache-control": "no-store"}
    return Response(content, 200, headers, media_type)


def as_csv(sheets: Sequence[Sheet], wanted: int, name: str) -> Response:
    """Answer with one of several tables; the first, where there is no such one."""
    sheet = sheets[wanted] if 0 <= wanted < len(sheets) else sheets[0]
    return download(csv_bytes(sheet), f"{name}.csv", "text/csv; charset=utf-8")


def as_xlsx(sheets: Sequence[Sheet], name: str) -> Response:
    """Answer with all tables in one workbook."""
    return download(xlsx_bytes(sheets), f"{name}.xlsx", XLSX)


def _write(page: Worksheet, number: int, row: Sequence[Cell]) -> None:
    for place, cell in enumerate(row):
        if isinstance(cell, str):
            page.write_string(number, place, _readable(cell))
        elif cell is not None:
            page.write_number(number, place, cell)


def _guarded(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = _readable(cell)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text


def _readable(text: str) -> str:
    """Leave out what no spreadsheet can hold."""
    return _UNWRITTEN.sub(" ", text)[:_LONGEST]
