"""Tables as files: read back, every cell is what it was, and none is a formula."""

import csv
import zipfile
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest

from motcua.web.sheets import Cell, Sheet, as_csv, csv_bytes, xlsx_bytes

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
EVIL = (
    "=HYPERLINK(\"http://a.example\",\"x\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1",
    "＝1", "|calc", "%x",
)  # fmt: skip
MILD = (
    "Nguyễn Thị Ánh Nguyệt",
    "H99.01-260302-0001",
    'phẩy, "nháy"\nxuống dòng',
    "https://a.example",
    "007",
    "",
)


def read_csv(sheet: Sheet) -> list[list[str]]:
    """The rows of a table's CSV, as a spreadsheet reads them."""
    return list(csv.reader(StringIO(csv_bytes(sheet).decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes, number: int = 1) -> list[tuple[str | None, str]]:
    """Type and content of each cell of a worksheet; shared and inline texts are told as they are."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        page = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            texts = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(one.itertext()) for one in texts.findall("m:si", _NS)]
    assert [] == page.findall(".//m:f", _NS) + page.findall(".//m:hyperlink", _NS)
    found: list[tuple[str | None, str]] = []
    for cell in page.findall(".//m:c", _NS):
        kind, text = cell.get("t"), "".join(cell.itertext())
        found.append(("text", shared[int(text)]) if kind == "s" else ("text" if kind else None, text))
    return found


def test_csv_keeps_every_text_and_lets_none_be_a_formula() -> None:
    """A byte order mark, lines by RFC 4180, an apostrophe before whatever a spreadsheet would reckon."""
    sheet = Sheet("x", ("=A", "b"), [[text, 1] for text in (*EVIL, *MILD)])
    head, *rows = read_csv(sheet)

    assert csv_bytes(sheet).startswith(b"\xef\xbb\xbf") and csv_bytes(sheet).endswith(b"\r\n")
    assert ["'=A", "b"] == head
    assert [*(f"'{text}" for text in EVIL), *MILD] == [row[0] for row in rows]


def test_a_workbook_holds_texts_and_numbers_and_nothing_else() -> None:
    """Whatever a text begins with it stays that text; numbers are numbers; what is missing is an empty cell."""
    rows: list[list[Cell]] = [[text, 1.5] for text in ("=1+1", "@SUM(A1)", "https://a.example", "007", "Ánh")]
    content = xlsx_bytes([Sheet("Bảng: a/b?", ("chữ", "số"), [*rows, [None, 3]])])
    cells = read_xlsx(content)

    assert [("text", "chữ"), ("text", "số")] == cells[:2]
    assert [("text", row[0]) for row in rows] == cells[2:12:2]
    assert [(None, "1.5")] * 5 + [(None, "3")] == [*cells[3:12:2], *cells[12:]]


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "a\ud800b", "x" * 40_000])
def test_what_no_spreadsheet_can_hold_breaks_none(text: str) -> None:
    """Control characters, halves of letters and endless texts leave files that can be read."""
    sheet = Sheet("x", ("h",), [[text]])

    [_, (_, told)] = read_xlsx(xlsx_bytes([sheet]))
    assert len(told) <= 32_000 and told[0] == text[0]
    assert told == read_csv(sheet)[1][0]


def test_a_file_is_saved_and_not_kept_on_the_way() -> None:
    """It has a name and a type; a table that does not exist is the first."""
    answer = as_csv([Sheet("a", ("h",), [[1]]), Sheet("b", ("h",), [[2]])], 9, "tong-quan")

    assert b"\xef\xbb\xbfh\r\n1\r\n" == answer.body
    assert ('attachment; filename="tong-quan.csv"', "no-store", "text/csv; charset=utf-8") == tuple(
        answer.headers[name] for name in ("content-disposition", "cache-control", "content-type")
    )


def test_the_same_table_is_the_same_file() -> None:
    """Nothing in a workbook says when or by whom it was made."""
    sheet = Sheet("x", ("h",), [["a", 1]])

    assert xlsx_bytes([sheet]) == xlsx_bytes([sheet])
